// SPDX-License-Identifier: MIT
#include "host/sync/canonical.hpp"

#include <locale.h>
#include <wctype.h>

#include <cstdint>

#include "host/sync/unicode.hpp"

namespace host::sync {
namespace {

// citext compares by lower() of the database's locale: letters of every script, where there is one.
wint_t lower_letter(wint_t letter) {
  static const locale_t letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (letters != nullptr) return towlower_l(letter, letters);
  return letter < 0x80 ? towlower(letter) : letter;
}

// Of well-formed UTF-8, which the server sends.
std::string_view lower(std::string_view value, std::string& storage) {
  storage.clear();
  for (std::size_t i = 0; i < value.size();) {
    const auto lead = static_cast<unsigned char>(value[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t code = size == 1 ? lead : lead & (0x7Fu >> size);
    for (std::size_t k = 1; k < size && i + k < value.size(); ++k)
      code = code << 6 | (static_cast<unsigned char>(value[i + k]) & 0x3F);
    append_utf8(storage, static_cast<std::uint32_t>(lower_letter(code)));
    i += size;
  }
  return storage;
}

// 1.0, 1.00 and 1; NaN and Infinity as they are.
std::string_view number(std::string_view value) {
  if (value.find('.') == std::string_view::npos) return value;
  value = value.substr(0, value.find_last_not_of('0') + 1);
  if (value.back() == '.') value.remove_suffix(1);
  return value == "-0" ? value.substr(1) : value;
}

}  // namespace

CanonicalForm canonical_form(const Column& column) {
  if (column.type_name == "citext") return CanonicalForm::lower;
  if (column.type_name == "bpchar") return CanonicalForm::without_padding;
  if (column.type_name == "numeric") return CanonicalForm::number;
  if (column.type_name == "float4" || column.type_name == "float8") return CanonicalForm::real;
  return CanonicalForm::as_it_is;
}

std::string_view canonical_text(CanonicalForm form, std::string_view value, std::string& storage) {
  switch (form) {
    case CanonicalForm::lower:
      return lower(value, storage);
    case CanonicalForm::without_padding:
      return value.substr(0, value.find_last_not_of(' ') + 1);
    case CanonicalForm::number:
      return number(value);
    case CanonicalForm::real:
      return value == "-0" ? value.substr(1) : value;
    case CanonicalForm::as_it_is:
      break;
  }
  return value;
}

}  // namespace host::sync
