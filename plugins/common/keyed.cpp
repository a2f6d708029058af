// SPDX-License-Identifier: MIT
#include "plugins/common/keyed.hpp"

#include <cstring>
#include <string>

namespace plugins::common {
namespace {

std::string_view view(const std::array<unsigned char, 64>& block) {
  return {reinterpret_cast<const char*>(block.data()), block.size()};
}

}  // namespace

Draw::Draw(const KeyedHash& hash, std::string_view value)
    : hash_(&hash), block_(hash.operator()<64>(value)) {}

Draw::Draw(const KeyedHash& hash, std::string_view value, std::string_view context) : hash_(&hash) {
  // The length of the context, the context, the value.
  const std::size_t context_size = context.size();
  const std::size_t size = sizeof context_size + context.size() + value.size();
  std::array<char, 256> short_text;
  std::string long_text;
  if (size > short_text.size()) long_text.resize(size);
  char* const text = long_text.empty() ? short_text.data() : long_text.data();
  std::memcpy(text, &context_size, sizeof context_size);
  context.copy(text + sizeof context_size, context.size());
  value.copy(text + sizeof context_size + context.size(), value.size());
  block_ = hash.operator()<64>(std::string_view(text, size));
}

std::uint32_t Draw::bits32() {
  std::uint32_t bits = 0;
  if (used_ + sizeof bits > block_.size()) {
    block_ = hash_->operator()<64>(view(block_));
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
