// SPDX-License-Identifier: MIT
#include "plugins/fpe/text_cipher.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"

namespace plugins::fpe {
namespace {

bool is_separator(std::uint32_t character) {
  if (character >= 0x80) return false;
  const char c = static_cast<char>(character);
  return !common::is_letter(c) && !common::is_digit(c);
}

}  // namespace

void TextCipher::prepare(confiture::Call& call, std::string_view id, std::string_view characters,
                         std::string_view tweak) {
  id_ = id;
  alphabet_.emplace(characters);
  std::array<std::uint8_t, 32> key = call.derive_key<32>(id_ + "/1");
  cipher_.emplace(key.data(), key.size(), alphabet_->radix(), tweak);
  sodium_memzero(key.data(), key.size());
  least_length_ = least_length(alphabet_->radix());
}

std::optional<std::string_view> TextCipher::rewrite(std::string_view value, TooShort too_short,
                                                    Outside outside, const confiture::Row& row) {
  const std::string_view text = common::unpadded(value);
  read(text, outside);
  if (numerals_.empty()) return value;
  if (numerals_.size() < least_length_) {
    if (too_short == TooShort::null) return std::nullopt;
    throw confiture::Error(
        id_ + " cannot encrypt a value of fewer than " + std::to_string(least_length_) +
            " characters of its alphabet: all of them could be tried out",
        "use core.hash for this column, or `too_short: null` to replace such values by NULL");
  }
  cipher_->encrypt(numerals_.data(), numerals_.size());
  char* const begin =
      row.allocate(text.size() + numerals_.size() * (alphabet_->longest_symbol() - 1));
  char* end = begin;
  const Numeral* next = numerals_.data();
  for (std::size_t offset = 0; offset < text.size();) {
    const common::Character character = common::character_at(text, offset);
    const bool replaced = alphabet_->numeral_of(character.code) >= 0;
    const std::string_view symbol =
        replaced ? alphabet_->symbol(*next++) : text.substr(offset, character.size);
    end = std::copy(symbol.begin(), symbol.end(), end);
    offset += character.size;
  }
  return std::string_view(begin, static_cast<std::size_t>(end - begin));
}

void TextCipher::read(std::string_view value, Outside outside) {
  numerals_.clear();
  for (std::size_t offset = 0; offset < value.size();) {
    const common::Character character = common::character_at(value, offset);
    const std::int32_t numeral = alphabet_->numeral_of(character.code);
    if (numeral >= 0)
      numerals_.push_back(static_cast<Numeral>(numeral));
    else if (outside == Outside::fail && !is_separator(character.code))
      throw confiture::Error(
          id_ + " met a letter or a digit outside its alphabet, which would stay readable",
          "choose a larger alphabet for fpe.text, or `outside: keep` where that is no secret");
    offset += character.size;
  }
}

}  // namespace plugins::fpe
