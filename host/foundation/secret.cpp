// SPDX-License-Identifier: MIT
#include "host/foundation/secret.hpp"

#include <sodium.h>

#include <array>
#include <cassert>
#include <utility>

namespace host {

Secret::Secret(std::string bytes) {
  // A short string lives inside the object, so the source is wiped as well.
  bytes_.assign(bytes);
  sodium_memzero(bytes.data(), bytes.size());
}

Secret::Secret(Secret&& other) noexcept {
  *this = std::move(other);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    bytes_ = std::move(other.bytes_);
    other.wipe();
  }
  return *this;
}

Secret::~Secret() {
  wipe();
}

void Secret::wipe() noexcept {
  bytes_.resize(bytes_.capacity());
  sodium_memzero(bytes_.data(), bytes_.size());
  bytes_.clear();
}

void derive_key(const Secret& key, std::string_view label, std::span<unsigned char> out) {
  assert(out.size() >= 16 && out.size() <= crypto_generichash_BYTES_MAX);
  std::array<unsigned char, crypto_generichash_KEYBYTES_MAX> short_key{};
  const auto* key_data = reinterpret_cast<const unsigned char*>(key.reveal().data());
  std::size_t key_size = key.size();
  if (key_size > short_key.size()) {
    crypto_generichash(short_key.data(), short_key.size(), key_data, key_size, nullptr, 0);
    key_data = short_key.data();
    key_size = short_key.size();
  }
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(label.data()),
                     label.size(), key_data, key_size);
  sodium_memzero(short_key.data(), short_key.size());
}

}  // namespace host
