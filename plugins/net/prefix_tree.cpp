// SPDX-License-Identifier: MIT
#include "plugins/net/prefix_tree.hpp"

#include <cstdint>
#include <cstring>

namespace plugins::net {
namespace {

constexpr std::size_t cache_size = 1024;  // prefixes; a power of two

std::size_t slot_of(const std::array<unsigned char, 18>& prefix) {
  std::uint64_t mixed = 0xcbf29ce484222325u;
  for (const unsigned char byte : prefix) mixed = (mixed ^ byte) * 0x100000001b3u;
  return static_cast<std::size_t>(mixed >> 32) % cache_size;
}

}  // namespace

PrefixTree::PrefixTree(const KeyedHash& hash) : hash_(&hash), cache_(cache_size) {}

void PrefixTree::permute(unsigned char* address, std::size_t size, std::size_t keep,
                         std::size_t end) {
  if (keep >= end) return;
  std::array<unsigned char, 16> original;
  std::memcpy(original.data(), address, size);
  for (std::size_t byte = keep / 8; byte * 8 < end; ++byte) {
    const Choices& choices = after(original.data(), size, byte);
    unsigned node = 1;
    for (std::size_t bit = 0; bit < 8; ++bit) {
      const std::size_t position = byte * 8 + bit;
      const unsigned mask = 0x80u >> bit;
      const bool drawn = (choices[node / 8] >> node % 8 & 1) != 0;
      if (position >= keep && position < end && (drawn || position + 1 == end))
        address[byte] = static_cast<unsigned char>(address[byte] ^ mask);
      node = node * 2 + ((original[byte] & mask) != 0 ? 1 : 0);
    }
  }
}

const PrefixTree::Choices& PrefixTree::after(const unsigned char* address, std::size_t size,
                                             std::size_t bytes) {
  std::array<unsigned char, 18> prefix{};
  prefix[0] = static_cast<unsigned char>(size);
  prefix[1] = static_cast<unsigned char>(bytes);
  std::memcpy(prefix.data() + 2, address, bytes);
  Cached& cached = cache_[slot_of(prefix)];
  if (!cached.filled || cached.prefix != prefix) {
    cached.choices =
        hash_->operator()<64>({reinterpret_cast<const char*>(prefix.data()), prefix.size()});
    cached.prefix = prefix;
    cached.filled = true;
  }
  return cached.choices;
}

}  // namespace plugins::net
