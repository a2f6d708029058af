// SPDX-License-Identifier: MIT
// alphabet.hpp - the characters that fpe.text and fpe.digits replace, in the order of their
// numerals.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/fpe/ff1.hpp"

namespace plugins::fpe {

class Alphabet {
 public:
  // UTF-8; throws BadConfig for fewer than two characters, and for one that comes twice.
  explicit Alphabet(std::string_view characters);

  std::uint32_t radix() const { return static_cast<std::uint32_t>(symbols_.size()); }
  // -1: not of this alphabet.
  std::int32_t numeral_of(std::uint32_t character) const;
  std::string_view symbol(Numeral numeral) const { return symbols_[numeral]; }
  std::size_t longest_symbol() const { return longest_; }

 private:
  std::vector<std::string> symbols_;
  std::array<std::int32_t, 128> ascii_;
  std::vector<std::pair<std::uint32_t, std::int32_t>> others_;  // sorted
  std::size_t longest_ = 1;                                     // in bytes
};

}  // namespace plugins::fpe
