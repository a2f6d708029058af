// SPDX-License-Identifier: MIT
// Keyed BLAKE2b (RFC 7693) of short values, with the block of the key compressed once and for all:
// the same bytes as libsodium's crypto_generichash(), which compresses it again for each value.
#pragma once

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "plugins/common/blake2b_lanes.hpp"

#pragma GCC visibility push(hidden)
namespace plugins {

class KeyedBlake2b {
 public:
  static constexpr std::size_t key_size = 32;
  static constexpr std::size_t block_size = 128;
  // RFC 7693's constants: the first state, and which word of the message each round takes when.
  static constexpr std::array<std::uint64_t, 8> iv{
      0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
      0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  static constexpr std::array<std::array<unsigned char, 16>, 10> orders{{
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
      {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
      {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
      {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
      {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
      {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
      {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
      {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
      {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
      {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
  }};

  KeyedBlake2b() = default;
  KeyedBlake2b(const KeyedBlake2b&) = delete;
  KeyedBlake2b& operator=(const KeyedBlake2b&) = delete;
  ~KeyedBlake2b() { sodium_memzero(this, sizeof *this); }

  void set_key(const std::array<std::uint8_t, key_size>& key) {
    key_ = key;
    std::array<unsigned char, block_size> block{};
    std::memcpy(block.data(), key.data(), key.size());
    for (std::size_t size = 1; size <= largest; ++size) {
      std::array<std::uint64_t, 8>& state = after_key_[size];
      state = iv;
      state[0] ^= 0x01010000u ^ key_size << 8 ^ size;
      compress(state, block.data(), block_size, false);
    }
    sodium_memzero(block.data(), block.size());
  }

  template <std::size_t Size>
  std::array<unsigned char, Size> operator()(std::string_view value) const {
    static_assert(Size >= 1 && Size <= largest);
    std::array<unsigned char, Size> bytes;
    if (value.empty() || value.size() > block_size || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) {
      crypto_generichash(bytes.data(), Size, reinterpret_cast<const unsigned char*>(value.data()),
                         value.size(), key_.data(), key_.size());
      return bytes;
    }
    alignas(16) std::array<unsigned char, block_size> block{};
    std::memcpy(block.data(), value.data(), value.size());
    std::array<std::uint64_t, 8> state = after_key_[Size];
    compress(state, block.data(), block_size + value.size(), true);
    std::memcpy(bytes.data(), state.data(), Size);
    return bytes;
  }

  // Of `count` values, at most eight: several at once where the processor can.
  template <std::size_t Size>
  void several(const std::string_view* values, std::size_t count,
               std::array<unsigned char, Size>* results) const {
    static_assert(Size >= 1 && Size <= largest);
    const auto fits = [](std::string_view value) {
      return !value.empty() && value.size() <= block_size;
    };
    common::Blake2bBlocks blocks{after_key_[Size], block_size, {}};
    std::array<common::Blake2bState, common::blake2b_lanes> states;
    if (count >= worth_it && std::all_of(values, values + count, fits)) {
      blocks.texts.fill(values[0]);
      std::copy_n(values, count, blocks.texts.begin());
      if (common::finish_blake2b(blocks, states)) {
        for (std::size_t i = 0; i < count; ++i)
          std::memcpy(results[i].data(), states[i].data(), Size);
        return;
      }
    }
    for (std::size_t i = 0; i < count; ++i) results[i] = operator()<Size>(values[i]);
  }

 private:
  static constexpr std::size_t largest = 64;
  static constexpr std::size_t worth_it = 3;
  static std::uint64_t rotate(std::uint64_t word, int bits) {
    return word >> bits | word << (64 - bits);
  }
  static void mix(std::uint64_t& a, std::uint64_t& b, std::uint64_t& c, std::uint64_t& d,
                  std::uint64_t x, std::uint64_t y) {
    a += b + x;
    d = rotate(d ^ a, 32);
    c += d;
    b = rotate(b ^ c, 24);
    a += b + y;
    d = rotate(d ^ a, 16);
    c += d;
    b = rotate(b ^ c, 63);
  }

  template <std::size_t Round>
  static void mix_round(std::array<std::uint64_t, 16>& v, const std::array<std::uint64_t, 16>& m) {
    constexpr std::array<unsigned char, 16> s = orders[Round % 10];
    mix(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);
    mix(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);
    mix(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);
    mix(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);
    mix(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);
    mix(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);
    mix(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);
    mix(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);
  }

  // `total`: bytes so far, this block's included.
  static void compress(std::array<std::uint64_t, 8>& state, const unsigned char* block,
                       std::uint64_t total, bool last) {
    std::array<std::uint64_t, 16> m, v;
    std::memcpy(m.data(), block, block_size);
    for (std::size_t i = 0; i < 8; ++i) {
      v[i] = state[i];
      v[i + 8] = iv[i];
    }
    v[12] ^= total;
    if (last) v[14] = ~v[14];
    mix_round<0>(v, m);
    mix_round<1>(v, m);
    mix_round<2>(v, m);
    mix_round<3>(v, m);
    mix_round<4>(v, m);
    mix_round<5>(v, m);
    mix_round<6>(v, m);
    mix_round<7>(v, m);
    mix_round<8>(v, m);
    mix_round<9>(v, m);
    mix_round<10>(v, m);
    mix_round<11>(v, m);
    for (std::size_t i = 0; i < 8; ++i) state[i] ^= v[i] ^ v[i + 8];
  }

  std::array<std::uint8_t, key_size> key_{};
  std::array<std::array<std::uint64_t, 8>, largest + 1> after_key_{};  // by size of the result
};

}  // namespace plugins
#pragma GCC visibility pop
