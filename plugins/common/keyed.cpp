// SPDX-License-Identifier: MIT
#include "plugins/common/keyed.hpp"

#include <cstring>
#include <string>

namespace plugins::common {
namespace {

std::string_view view(const Draw::Block& block) {
  return {reinterpret_cast<const char*>(block.data()), block.size()};
}

}  // namespace

Draw::Draw(const KeyedHash& hash, std::string_view value)
    : hash_(&hash), block_(hash.operator()<block_size>(value)) {}

Draw::Draw(const KeyedHash& hash, std::string_view value, std::string_view context) : hash_(&hash) {
  std::string room;
  block_ = hash.operator()<block_size>(seed(value, context, room));
}

// The length of the context, the context, the value.
std::string_view Draw::seed(std::string_view value, std::string_view context, std::string& room) {
  const std::size_t context_size = context.size();
  room.resize(sizeof context_size);
  std::memcpy(room.data(), &context_size, sizeof context_size);
  room += context;
  room += value;
  return room;
}

std::uint32_t Draw::bits32() {
  std::uint32_t bits = 0;
  if (used_ + sizeof bits > block_.size()) {
    block_ = hash_->operator()<block_size>(view(block_));
    used_ = 0;
  }
  std::memcpy(&bits, block_.data() + used_, sizeof bits);
  used_ += sizeof bits;
  return bits;
}

std::uint64_t Draw::bits64() {
  const std::uint64_t high = bits32();
  return high << 32 | bits32();
}

std::uint32_t Draw::below(std::uint32_t bound) {
  return static_cast<std::uint32_t>(std::uint64_t{bits32()} * bound >> 32);
}

std::uint64_t Draw::below64(std::uint64_t bound) {
  const std::uint64_t incomplete = (0 - bound) % bound;  // 2^64 mod bound
  std::uint64_t bits = bits64();
  while (bits < incomplete) bits = bits64();
  return bits % bound;
}

double Draw::unit() {
  return static_cast<double>(bits64() >> 11) * 0x1.0p-53;
}

}  // namespace plugins::common
