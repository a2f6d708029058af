// SPDX-License-Identifier: MIT
// address.hpp - IP addresses in the text forms of inet and cidr, for net.ipv4 and net.ipv6: either
// takes both families, because a column of type inet may hold both.
#pragma once

#include <confiture/batch.hpp>
#include <cstddef>
#include <memory>
#include <string_view>

#include "plugins/keyed_hash.hpp"
#include "plugins/net/prefix_tree.hpp"

namespace plugins::net {

class AddressRewriter {
 public:
  // `id` of the strategy; its key is derived from it.
  void prepare(confiture::Call& call, std::string_view id, std::size_t keep_ipv4,
               std::size_t keep_ipv6);
  void bind(const confiture::BatchColumns& columns, std::string_view id);
  std::string_view rewrite(std::string_view value, const confiture::Row& row);

 private:
  std::string_view no_address(std::string_view value, const confiture::Row& row);

  KeyedHash hash_;
  std::unique_ptr<PrefixTree> tree_;
  std::size_t keep_ipv4_ = 0, keep_ipv6_ = 0;
  std::size_t limit_ = 0;  // of the column, in characters
  bool networks_ = false;  // cidr: no bit is set behind the mask
};

}  // namespace plugins::net
