// SPDX-License-Identifier: MIT
#include "host/sync/words.hpp"

#include <sodium.h>

#include <cstring>
#include <string>

#include "host/sync/canonical.hpp"

namespace host::sync {
namespace {

__extension__ using Product = unsigned __int128;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const Product product = static_cast<Product>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <typename Word>
std::uint64_t load(const char* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Eight ASCII bytes at once; others stay.
std::uint64_t lower(std::uint64_t bytes) {
  constexpr std::uint64_t each = 0x0101010101010101ULL;
  const std::uint64_t low = bytes & each * 0x7F;
  const std::uint64_t from_a = low + each * (0x80 - 'A');
  const std::uint64_t past_z = low + each * (0x7F - 'Z');
  const std::uint64_t upper = (from_a ^ past_z) & ~bytes & each * 0x80;
  return bytes | upper >> 2;
}

// Up to seven bytes. No two texts of a size give the same.
std::uint64_t load_few(const char* bytes, std::size_t size) {
  if (size >= 4) return load<std::uint32_t>(bytes) | load<std::uint32_t>(bytes + size - 4) << 32;
  if (size == 0) return 0;
  return load<unsigned char>(bytes) | load<unsigned char>(bytes + size / 2) << 8 |
         load<unsigned char>(bytes + size - 1) << 16;
}

bool is_ascii(std::string_view word) {
  constexpr std::uint64_t high = 0x8080808080808080ULL;
  if (word.size() < 8) return (load_few(word.data(), word.size()) & high) == 0;
  const char* const end = word.data() + word.size();
  std::uint64_t all = load<std::uint64_t>(end - 8);
  for (const char* at = word.data(); at + 8 < end; at += 8) all |= load<std::uint64_t>(at);
  return (all & high) == 0;
}

}  // namespace

WordHash::WordHash() {
  randombytes_buf(key_.data(), sizeof key_);
  for (std::uint64_t& part : key_) part |= 1;
}

std::uint64_t WordHash::operator()(std::string_view word) const {
  if (is_ascii(word)) return of_ascii(word);
  // Letters of other scripts: rarer, and slower.
  thread_local std::string storage;
  return of_ascii(canonical_text(CanonicalForm::lower, word, storage));
}

// Other letters as they are.
std::uint64_t WordHash::of_ascii(std::string_view word) const {
  // Of another size, all bits are others: '1' and '21' differ by no more than their sizes do.
  std::uint64_t hash = key_[0] ^ word.size() * 0x9E3779B97F4A7C15ULL;
  const char* const end = word.data() + word.size();
  if (word.size() < 8)
    return mix(mix(hash ^ lower(load_few(word.data(), word.size())), key_[1]), key_[2]);
  for (const char* at = word.data(); at + 8 < end; at += 8)
    hash = mix(hash ^ lower(load<std::uint64_t>(at)), key_[1]);
  return mix(mix(hash ^ lower(load<std::uint64_t>(end - 8)), key_[1]), key_[2]);
}

void Extent::add(std::string_view word) {
  ++words;
  size += word.size();
  capitals = capitals && begins_with_capital(word);
  each_block(word, [&](std::size_t, const ByteClasses& classes) {
    digits += static_cast<std::size_t>(std::popcount(classes.digits));
    address = address || classes.at != 0;
  });
}

Sought sought(std::string_view value, const WordHash& hash) {
  Sought found;
  Extent extent;
  bool at = false;
  each_word(
      value,
      [&](std::string_view word) {
        extent.size += word.size();
        extent.capitals = extent.capitals && Extent::begins_with_capital(word);
        extent.address = extent.address || (at && word.find('@') != std::string_view::npos);
        const std::uint64_t of_word = hash(word);
        if (extent.words++ == 0) found.first_word = of_word;
        found.hash = add_word(found.hash, of_word);
      },
      [&](const ByteClasses& classes) {
        extent.digits += static_cast<std::size_t>(std::popcount(classes.digits));
        at = at || classes.at != 0;
      });
  if (extent.too_short()) return {};
  found.words = extent.words;
  found.telling = extent.telling();
  found.name = extent.is_name();
  return found;
}

}  // namespace host::sync
