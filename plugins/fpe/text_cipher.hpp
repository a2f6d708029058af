// SPDX-License-Identifier: MIT
// text_cipher.hpp - FF1 over the characters of a text that belong to an alphabet; all others keep
// their places. For fpe.text and fpe.digits.
#pragma once

#include <confiture/batch.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/fpe/alphabet.hpp"
#include "plugins/fpe/ff1.hpp"

namespace plugins::fpe {

// What to do with a value that has fewer characters of the alphabet than the standard allows.
enum class TooShort { fail, null };
// What to do with letters and digits outside the alphabet. Punctuation and blanks always stay.
enum class Outside { fail, keep };

class TextCipher {
 public:
  void prepare(confiture::Call& call, std::string_view id, std::string_view characters,
               std::string_view tweak);
  // NULL only with TooShort::null.
  std::optional<std::string_view> rewrite(std::string_view value, TooShort too_short,
                                          Outside outside, const confiture::Row& row);

 private:
  // Collects the numerals of a value.
  void read(std::string_view value, Outside outside);

  std::string id_;
  std::optional<Alphabet> alphabet_;
  std::optional<Ff1> cipher_;
  std::size_t least_length_ = 0;
  std::vector<Numeral> numerals_;
};

}  // namespace plugins::fpe
