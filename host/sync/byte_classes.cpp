// SPDX-License-Identifier: MIT
#include "host/sync/byte_classes.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace host::sync {

#if defined(__SSE2__)

namespace {

std::uint64_t bits(__m128i bytes, int part) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)))
         << (16 * part);
}

// Whether each byte is from `first` to `last`, both ASCII.
__m128i within(__m128i bytes, char first, char last) {
  return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
}

__m128i is(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

}  // namespace

ByteClasses classify(const char* bytes) {
  ByteClasses found;
  for (int part = 0; part < 4; ++part) {
    const __m128i value = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * part));
    const __m128i digit = within(value, '0', '9');
    const __m128i small = within(_mm_or_si128(value, _mm_set1_epi8(0x20)), 'a', 'z');
    const __m128i beyond = _mm_cmplt_epi8(value, _mm_setzero_si128());
    const __m128i letter = _mm_or_si128(_mm_or_si128(digit, small), beyond);
    const __m128i at = is(value, '@'), plus = is(value, '+');
    const __m128i marks = _mm_or_si128(
        _mm_or_si128(_mm_or_si128(at, plus), _mm_or_si128(is(value, '.'), is(value, '_'))),
        _mm_or_si128(_mm_or_si128(is(value, '-'), is(value, '\'')), is(value, '%')));
    found.letters |= bits(letter, part);
    found.inner |= bits(_mm_or_si128(letter, marks), part);
    found.digits |= bits(digit, part);
    found.upper |= bits(within(value, 'A', 'Z'), part);
    found.at |= bits(at, part);
    found.plus |= bits(plus, part);
  }
  return found;
}

#else

ByteClasses classify(const char* bytes) {
  ByteClasses found;
  for (std::size_t i = 0; i < ByteClasses::block; ++i) {
    const char c = bytes[i];
    const std::uint64_t bit = std::uint64_t{1} << i;
    const bool digit = c >= '0' && c <= '9', upper = c >= 'A' && c <= 'Z';
    const bool letter =
        digit || upper || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (digit) found.digits |= bit;
    if (upper) found.upper |= bit;
    if (c == '@') found.at |= bit;
    if (c == '+') found.plus |= bit;
    if (letter) found.letters |= bit;
    if (letter || (c != '\0' && std::string_view("@._+-'%").find(c) != std::string_view::npos))
      found.inner |= bit;
  }
  return found;
}

#endif

}  // namespace host::sync
