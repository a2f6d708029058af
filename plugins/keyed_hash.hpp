// SPDX-License-Identifier: MIT
// Keyed BLAKE2b under a key that is derived from the project key: equal values give equal bytes,
// and without the key nobody can try values out. Wiped when it goes.
#pragma once

#include <sodium.h>

#include <array>
#include <confiture/plugin.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "plugins/blake2b.hpp"

#pragma GCC visibility push(hidden)
namespace plugins {

class KeyedHash {
 public:
  KeyedHash() = default;
  KeyedHash(const KeyedHash&) = delete;
  KeyedHash& operator=(const KeyedHash&) = delete;

  // Once. All instances with the same label agree.
  void derive(confiture::Call& call, std::string_view label) {
    if (sodium_init() < 0) throw confiture::Error("libsodium cannot be initialised");
    std::array<std::uint8_t, KeyedBlake2b::key_size> key;
    call.derive_key(label, key.data(), key.size());
    hash_.set_key(key);
    sodium_memzero(key.data(), key.size());
  }

  template <std::size_t Size>
  std::array<unsigned char, Size> operator()(std::string_view value) const {
    static_assert(Size >= crypto_generichash_BYTES_MIN && Size <= crypto_generichash_BYTES_MAX);
    return hash_.operator()<Size>(value);
  }

  // Of `count` values, at most eight, at once.
  template <std::size_t Size>
  void several(const std::string_view* values, std::size_t count,
               std::array<unsigned char, Size>* results) const {
    static_assert(Size >= crypto_generichash_BYTES_MIN && Size <= crypto_generichash_BYTES_MAX);
    hash_.several<Size>(values, count, results);
  }

 private:
  KeyedBlake2b hash_;
};

}  // namespace plugins
#pragma GCC visibility pop
