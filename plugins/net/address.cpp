// SPDX-License-Identifier: MIT
#include "plugins/net/address.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed.hpp"

namespace plugins::net {
namespace {

struct Address {
  int family = AF_INET;
  std::array<unsigned char, 16> bytes{};
  std::size_t mask = 0;        // in bits; all of them without one
  std::string_view mask_text;  // "/24", or empty

  std::size_t size() const { return family == AF_INET ? 4 : 16; }
};

// "10.1.2.3", "10.1.2.3/24", "fe80::1/64"
std::optional<Address> read(std::string_view value) {
  Address address;
  const std::size_t slash = value.find('/');
  const std::string_view host = value.substr(0, slash);
  std::array<char, INET6_ADDRSTRLEN + 1> text{};
  if (host.size() >= text.size()) return std::nullopt;
  host.copy(text.data(), host.size());
  address.family = host.find(':') == std::string_view::npos ? AF_INET : AF_INET6;
  if (inet_pton(address.family, text.data(), address.bytes.data()) != 1) return std::nullopt;
  address.mask = address.size() * 8;
  if (slash == std::string_view::npos) return address;
  address.mask_text = value.substr(slash);
  const char* const end = value.data() + value.size();
  std::size_t bits = 0;
  const auto parsed = std::from_chars(address.mask_text.data() + 1, end, bits);
  if (parsed.ec != std::errc() || parsed.ptr != end || bits > address.mask) return std::nullopt;
  address.mask = bits;
  return address;
}

std::string_view write(const Address& address, const confiture::Call& call) {
  char* const text = call.allocate(INET6_ADDRSTRLEN + address.mask_text.size());
  inet_ntop(address.family, address.bytes.data(), text, INET6_ADDRSTRLEN);
  const std::size_t size = std::strlen(text);
  address.mask_text.copy(text + size, address.mask_text.size());
  return {text, size + address.mask_text.size()};
}

}  // namespace

void AddressRewriter::prepare(confiture::Call& call, std::string_view id, std::size_t keep_ipv4,
                              std::size_t keep_ipv6) {
  hash_.derive(call, std::string(id) + "/1");
  tree_ = std::make_unique<PrefixTree>(hash_);
  keep_ipv4_ = keep_ipv4;
  keep_ipv6_ = keep_ipv6;
}

void AddressRewriter::bind(const confiture::BatchColumns& columns, std::string_view id) {
  common::require_types(columns, id, {"inet", "cidr", "text", "varchar", "bpchar", "citext"});
  networks_ = columns[0].type_name() == "cidr";
  limit_ = common::shortest_limit(columns);
}

std::string_view AddressRewriter::rewrite(std::string_view value, const confiture::Row& row) {
  const std::string_view trimmed = common::unpadded(value);
  if (trimmed.empty()) return value;
  std::optional<Address> address = read(trimmed);
  if (!address) return no_address(trimmed, row);
  const std::size_t keep = address->family == AF_INET ? keep_ipv4_ : keep_ipv6_;
  const std::size_t end = networks_ ? address->mask : address->size() * 8;
  tree_->permute(address->bytes.data(), address->size(), keep, end);
  return write(*address, row);
}

// A unique local address: 120 bits of the hash keep such texts apart.
std::string_view AddressRewriter::no_address(std::string_view value, const confiture::Row& row) {
  if (limit_ != 0 && limit_ < INET6_ADDRSTRLEN - 7)
    throw confiture::Error(
        "a value is no IP address, and the column is too short for an IPv6 address",
        "core.hash and core.redact take any text");
  Address address;
  address.family = AF_INET6;
  address.bytes = hash_.operator()<16>(value);
  address.bytes[0] = 0xfd;
  return write(address, row);
}

}  // namespace plugins::net
