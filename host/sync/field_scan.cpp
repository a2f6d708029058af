// SPDX-License-Identifier: MIT
#include "host/sync/field_scan.hpp"

#include <bit>
#include <limits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace host::sync {
namespace {

constexpr std::size_t block = 64;

// Bit i is set where byte i of the block is a tab or a newline.
std::uint64_t delimiters(const char* bytes) {
  std::uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i tab = _mm_set1_epi8('\t');
  const __m128i newline = _mm_set1_epi8('\n');
  for (int part = 0; part < 4; ++part) {
    const __m128i value = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * part));
    const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(value, tab), _mm_cmpeq_epi8(value, newline));
    mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hit)))
            << (16 * part);
  }
#else
  for (std::size_t i = 0; i < block; ++i)
    mask |= static_cast<std::uint64_t>(bytes[i] == '\t' || bytes[i] == '\n') << i;
#endif
  return mask;
}

}  // namespace

bool FieldScan::scan(std::string_view rows, std::size_t row_count) {
  row_count_ = 0;
  if (rows.size() > std::numeric_limits<std::uint32_t>::max()) return false;
  std::size_t found = 0;
  const auto note = [&](std::uint64_t mask, std::size_t offset) {
    if (ends_.size() < found + block) ends_.resize(2 * (found + block));
    for (; mask != 0; mask &= mask - 1)
      ends_[found++] = static_cast<std::uint32_t>(offset + std::countr_zero(mask));
  };
  std::size_t offset = 0;
  for (; offset + block <= rows.size(); offset += block)
    note(delimiters(rows.data() + offset), offset);
  std::uint64_t tail = 0;
  for (std::size_t i = offset; i < rows.size(); ++i)
    tail |= static_cast<std::uint64_t>(rows[i] == '\t' || rows[i] == '\n') << (i - offset);
  note(tail, offset);

  if (found != row_count * columns_) return false;
  row_count_ = row_count;
  // Each row ends in a newline, so that none is left over for the inside of a row: the sender
  // counted as many rows as newlines.
  for (std::size_t row = 0; row < row_count_; ++row)
    if (rows[end_of(row, columns_ - 1)] != '\n') return false;
  return row_count_ == 0 ? rows.empty() : end_of(row_count_ - 1, columns_ - 1) + 1 == rows.size();
}

}  // namespace host::sync
