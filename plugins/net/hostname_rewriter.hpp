// SPDX-License-Identifier: MIT
// hostname_rewriter.hpp - new names for hosts, for net.hostname and net.url.
#pragma once

#include <cstddef>
#include <string_view>

#include "plugins/keyed_hash.hpp"

namespace plugins::net {

class HostnameRewriter {
 public:
  explicit HostnameRewriter(const KeyedHash& hash) : hash_(&hash) {}

  // Writes the new name and returns its end. Takes at most name.size() + growth bytes.
  // Hosts of one domain stay in one domain: a label depends on itself and on all to its right.
  // The last `keep_labels` labels stay; if that is none, the new name ends in "example", which
  // RFC 2606 keeps free. Addresses (10.0.0.1, [fe80::1]) have their digits replaced.
  char* write(std::string_view name, std::size_t keep_labels, char* out) const;
  static constexpr std::size_t growth = 7;

 private:
  char* write_label(std::string_view name, std::size_t begin, std::size_t end, char* out) const;
  char* write_address(std::string_view name, char* out) const;

  const KeyedHash* hash_;
};

}  // namespace plugins::net
