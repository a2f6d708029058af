// SPDX-License-Identifier: MIT
// prefix_tree.hpp - a keyed permutation of addresses that keeps subnets together: two addresses
// which share their first n bits share n bits afterwards, as in Crypto-PAn (Xu, Fan, Ammar, Moon,
// 2002). Each bit is flipped or not by a keyed choice that depends on the bits before it.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "plugins/keyed_hash.hpp"

namespace plugins::net {

class PrefixTree {
 public:
  explicit PrefixTree(const KeyedHash& hash);

  // Permutes the bits [keep, end) of an address of `size` bytes, 4 or 16, in place. The last of
  // them is always flipped, so that no address stays what it is.
  void permute(unsigned char* address, std::size_t size, std::size_t keep, std::size_t end);

 private:
  // The choices for the eight bits after a prefix of whole bytes: a tree of 255 nodes, node 1 the
  // first bit, nodes 2 and 3 the second after a 0 and a 1, and so on.
  using Choices = std::array<unsigned char, 64>;
  struct Cached {
    std::array<unsigned char, 18> prefix{};
    Choices choices{};
    bool filled = false;
  };
  const Choices& after(const unsigned char* address, std::size_t size, std::size_t bytes);

  const KeyedHash* hash_;
  std::vector<Cached> cache_;
};

}  // namespace plugins::net
