// SPDX-License-Identifier: MIT
#include "host/sync/words.hpp"

#include <sodium.h>

#include <string>

#include "host/foundation/text.hpp"

namespace host::sync {

WordHash::WordHash() {
  static_assert(crypto_shorthash_KEYBYTES == 16);
  randombytes_buf(key_.data(), key_.size());
}

std::uint64_t WordHash::exact(std::string_view text) const {
  std::uint64_t hash = 0;
  static_assert(crypto_shorthash_BYTES == sizeof hash);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash),
                   reinterpret_cast<const unsigned char*>(text.data()), text.size(), key_.data());
  return hash;
}

std::uint64_t WordHash::operator()(std::string_view word) const {
  std::array<char, 64> lower;
  if (word.size() > lower.size()) return exact(lower_ascii(word));
  for (std::size_t i = 0; i < word.size(); ++i)
    lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? static_cast<char>(word[i] - 'A' + 'a') : word[i];
  return exact({lower.data(), word.size()});
}

Sought sought(std::string_view value, const WordHash& hash) {
  Sought found;
  std::size_t size = 0, digits = 0;
  bool address = false;
  each_word(value, [&](std::string_view word) {
    ++found.words;
    size += word.size();
    for (const char c : word) {
      digits += c >= '0' && c <= '9';
      address = address || c == '@';
    }
    const std::uint64_t of_word = hash(word);
    if (found.words == 1) found.first_word = of_word;
    found.hash = add_word(found.hash, of_word);
  });
  if (size < 5 || (digits == size && digits < 6)) return {};
  found.telling =
      found.words <= most_words && (address || digits >= 6 || (found.words >= 2 && size >= 8));
  return found;
}

}  // namespace host::sync
