// SPDX-License-Identifier: MIT
#include "plugins/fpe/alphabet.hpp"

#include <algorithm>
#include <confiture/error.hpp>

#include "plugins/common/utf8.hpp"

namespace plugins::fpe {

Alphabet::Alphabet(std::string_view characters) {
  ascii_.fill(-1);
  for (std::size_t offset = 0; offset < characters.size();) {
    const common::Character character = common::character_at(characters, offset);
    const std::string_view symbol = characters.substr(offset, character.size);
    const auto numeral = static_cast<std::int32_t>(symbols_.size());
    if (std::find(symbols_.begin(), symbols_.end(), symbol) != symbols_.end())
      throw confiture::BadConfig("'characters' has '" + std::string(symbol) + "' twice");
    symbols_.emplace_back(symbol);
    if (character.code < ascii_.size())
      ascii_[character.code] = numeral;
    else
      others_.emplace_back(character.code, numeral);
    longest_ = std::max(longest_, character.size);
    offset += character.size;
  }
  if (symbols_.size() < 2)
    throw confiture::BadConfig("'characters' needs at least two different characters");
  std::sort(others_.begin(), others_.end());
}

std::int32_t Alphabet::numeral_of(std::uint32_t character) const {
  if (character < ascii_.size()) return ascii_[character];
  const auto found =
      std::lower_bound(others_.begin(), others_.end(), std::pair(character, std::int32_t{0}));
  return found != others_.end() && found->first == character ? found->second : -1;
}

}  // namespace plugins::fpe
