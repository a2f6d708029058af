// SPDX-License-Identifier: MIT
#include "host/sql/psql_lines.hpp"

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sql/lexer.hpp"

namespace host::sql {
namespace {

// The length of the well-formed character at the start of `text`, or 0.
std::size_t character_length(std::string_view text) {
  for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length)
    if (is_utf8(text.substr(0, length))) return length;
  return 0;
}

// As Windows writes it: every other byte is NUL, and none of them is worth a complaint of its own.
bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

void blank_bytes(Cleaned& cleaned) {
  std::string& text = cleaned.text;
  if (is_utf16(text)) {
    cleaned.foreign.push_back({Foreign::Kind::utf16, 0, text.size()});
    text.assign(text.size(), ' ');
    return;
  }
  for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at)) {
    text[at] = ' ';
    cleaned.foreign.push_back({Foreign::Kind::nul_byte, at, at + 1});
  }
  if (is_utf8(text)) return;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(std::string_view(text).substr(at, 4));
    if (length == 0) {
      text[at] = '?';
      cleaned.foreign.push_back({Foreign::Kind::malformed_utf8, at, at + 1});
    }
    at += std::max<std::size_t>(length, 1);
  }
}

std::uint64_t line_end(std::string_view text, std::uint64_t offset) {
  return std::min(text.find('\n', offset), text.size());
}

// Past the line that says only \. or the end of the text.
std::uint64_t copy_data_end(std::string_view text, std::uint64_t offset) {
  while (offset < text.size()) {
    const std::uint64_t end = line_end(text, offset);
    std::string_view line = text.substr(offset, end - offset);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line == "\\.") return end;
    offset = end + 1;
  }
  return text.size();
}

// Follows the words of one statement as far as it takes to know COPY ... FROM stdin.
class CopyWatch {
 public:
  void see(const Lexer& lexer, const Token& token) {
    if (lexer.is_symbol(token, '(')) ++depth_;
    if (lexer.is_symbol(token, ')')) --depth_;
    if (tokens_++ == 0) copy_ = lexer.is_word(token, "copy");
    if (!copy_) return;
    if (depth_ == 0 && after_from_ && lexer.is_word(token, "stdin")) from_stdin_ = true;
    after_from_ = depth_ == 0 && lexer.is_word(token, "from");
  }
  bool in_statement() const { return tokens_ > 0; }
  bool from_stdin() const { return from_stdin_; }

 private:
  int depth_ = 0;
  std::size_t tokens_ = 0;
  bool copy_ = false, after_from_ = false, from_stdin_ = false;
};

class Blanker {
 public:
  explicit Blanker(Cleaned& cleaned) : cleaned_(cleaned), text_(cleaned.text), lexer_(text_) {}

  void run() {
    CopyWatch watch;
    for (Token token = lexer_.next(); token.kind != Token::Kind::end; token = lexer_.next()) {
      if (lexer_.is_symbol(token, '\\')) {
        const std::uint64_t end = line_end(text_, token.offset);
        // \g and its kin also end the statement before them.
        const bool sends = watch.in_statement() && text_.substr(token.offset + 1, 1) == "g";
        blank(Foreign::Kind::psql_command, token.offset, end);
        if (sends) {
          cleaned_.text[token.offset] = ';';
          watch = {};
        }
        lexer_.seek(end);
      } else if (lexer_.is_symbol(token, ';')) {
        const std::uint64_t start = line_end(text_, token.offset) + 1;
        if (watch.from_stdin() && start < text_.size()) {
          const std::uint64_t end = copy_data_end(text_, start);
          blank(Foreign::Kind::copy_data, start, end);
          lexer_.seek(end);
        }
        watch = {};
      } else {
        watch.see(lexer_, token);
      }
    }
  }

 private:
  void blank(Foreign::Kind kind, std::uint64_t offset, std::uint64_t end) {
    std::uint64_t shown_end = end;
    while (shown_end > offset && text_[shown_end - 1] == '\r') --shown_end;
    cleaned_.foreign.push_back({kind, offset, shown_end});
    for (std::uint64_t at = offset; at < end; ++at)
      if (text_[at] != '\n') cleaned_.text[at] = ' ';
  }

  Cleaned& cleaned_;
  std::string_view text_;  // of cleaned_, which keeps its length and so its buffer
  Lexer lexer_;
};

bool mentions_stdin(std::string_view text) {
  constexpr std::string_view word = "stdin";
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char a, char b) { return (a | 0x20) == b; }) != text.end();
}

}  // namespace

Cleaned blank_foreign_text(std::string_view text) {
  Cleaned cleaned{std::string(text), {}};
  blank_bytes(cleaned);
  const bool blank = !cleaned.foreign.empty() && cleaned.foreign[0].kind == Foreign::Kind::utf16;
  if (blank) return cleaned;
  if (text.find('\\') != std::string_view::npos || mentions_stdin(text)) Blanker(cleaned).run();
  std::stable_sort(cleaned.foreign.begin(), cleaned.foreign.end(),
                   [](const Foreign& a, const Foreign& b) { return a.offset < b.offset; });
  return cleaned;
}

}  // namespace host::sql
