// SPDX-License-Identifier: MIT
#include "host/cli/html.hpp"

#include <fmt/format.h>

#include "host/cli/sql_pieces.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

std::string escape(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

// The bytes of the character that a text begins with; of a malformed one, the first.
std::size_t first_character(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && size < 4 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
    ++size;
  return is_utf8(text.substr(0, size)) ? size : 1;
}

}  // namespace

std::string html_text(std::string_view text, bool marks) {
  const std::string whole = printable(text);
  if (!marks || whole == text) return escape(whole);
  std::string shown;
  std::size_t plain = 0;  // where what is not shown yet begins
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = first_character(text.substr(at));
    const std::string_view one = text.substr(at, size);
    const std::string visible = printable(one);
    if (visible != one) {
      shown += escape(text.substr(plain, at - plain));
      shown += fmt::format("<mark>{}</mark>", escape(visible));
      plain = at + size;
    }
    at += size;
  }
  return shown + escape(text.substr(plain));
}

std::string html_sql(std::string_view sql) {
  using Kind = SqlPiece::Kind;
  std::string shown;
  for (const SqlPiece& piece : sql_pieces(sql)) {
    const std::string text = html_text(piece.text);
    const char* name = piece.kind == Kind::keyword  ? "kw"
                       : piece.kind == Kind::string ? "str"
                                                    : "com";
    shown +=
        piece.kind == Kind::plain ? text : fmt::format("<span class=\"{}\">{}</span>", name, text);
  }
  return shown;
}

}  // namespace host::cli
