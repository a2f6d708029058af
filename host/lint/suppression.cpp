// SPDX-License-Identifier: MIT
#include "host/lint/suppression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

#include "host/foundation/text.hpp"
#include "host/sql/lexer.hpp"

namespace host::lint {
namespace {

constexpr std::string_view mark = "confiture:";

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// A day that there is, written as in 2027-01-31.
bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    const char* end = text.data() + at + length;
    return std::from_chars(text.data() + at, end, value).ptr == end ? value : -1;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  return year >= 0 && month > 0 && day > 0 &&
         std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

// Words of a comment, with their places.
class Words {
 public:
  Words(std::string_view text, std::uint64_t offset) : text_(text), offset_(offset) {}

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  std::string_view next() {
    skip_blanks();
    const std::size_t start = at_;
    while (at_ < text_.size() && !is_blank(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }
  Suppression::Rule rule() {
    skip_blanks();
    const std::size_t start = at_;
    while (at_ < text_.size() && is_word_character(text_[at_])) ++at_;
    return {std::string(text_.substr(start, at_ - start)), offset_ + start, offset_ + at_};
  }
  bool comma() {
    const std::size_t before = at_;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == ',') return ++at_, true;
    at_ = before;
    return false;
  }
  std::string_view rest() {
    skip_blanks();
    return trim(text_.substr(at_));
  }
  std::size_t mark_place() const { return at_; }
  void back_to(std::size_t place) { at_ = place; }

 private:
  std::string_view text_;
  std::uint64_t offset_;
  std::size_t at_ = 0;
};

class SuppressionReader {
 public:
  explicit SuppressionReader(const sql::Script& script)
      : script_(script), text_(script.source().text()) {}

  Suppressions read() {
    if (text_.find(mark) == std::string_view::npos) return {};
    sql::Lexer lexer(text_);
    std::uint64_t end = 0;
    for (;;) {
      const sql::Token token = lexer.next();
      const bool last = token.kind == sql::Token::Kind::end;
      read_gap(end, last ? text_.size() : token.offset);
      if (last) break;
      end = token.end_offset;
    }
    for (const std::size_t open : open_)
      bad(found_.all[open].offset, found_.all[open].end_offset,
          "'ignore-begin' has no 'ignore-end'", "write `-- confiture: ignore-end` below it");
    return std::move(found_);
  }

 private:
  // The comments between two tokens.
  void read_gap(std::uint64_t from, std::uint64_t to) {
    std::uint64_t at = from;
    while (at < to) {
      const std::string_view rest = text_.substr(at, to - at);
      if (rest.starts_with("--")) {
        const std::size_t line = std::min(rest.find('\n'), rest.size());
        read_comment(at, at + line, at + 2, at + line);
        at += line;
      } else if (rest.starts_with("/*")) {
        const std::size_t close = rest.find("*/");
        const std::size_t length = close == std::string_view::npos ? rest.size() : close + 2;
        read_comment(at, at + length, at + 2, at + length - 2);
        at += length;
      } else {
        ++at;
      }
    }
  }

  void read_comment(std::uint64_t offset, std::uint64_t end, std::uint64_t from, std::uint64_t to) {
    const std::string_view inside = text_.substr(from, to > from ? to - from : 0);
    const std::size_t blanks = inside.find_first_not_of(" \t");
    if (blanks == std::string_view::npos || !inside.substr(blanks).starts_with(mark)) return;
    const std::size_t start = blanks + mark.size();
    Words words(inside.substr(start), from + start);
    const std::string_view verb = words.next();
    if (verb == "ignore-end") return close_block(offset, end);
    if (verb != "ignore" && verb != "ignore-begin" && verb != "ignore-file") {
      if (verb.starts_with("ignore"))
        bad(offset, end, fmt::format("unknown word '{}' after 'confiture:'", printable(verb)),
            "known: ignore, ignore-begin, ignore-end and ignore-file");
      return;
    }
    Suppression made;
    made.offset = offset;
    made.end_offset = end;
    do made.rules.push_back(words.rule());
    while (words.comma());
    if (made.rules.back().word.empty())
      return bad(offset, end, fmt::format("'{}' names no rule", verb),
                 "name the rule that it accepts: -- confiture: ignore RULE reason");
    read_date(words, made);
    made.reason = words.rest();
    cover(made, verb);
    found_.all.push_back(std::move(made));
    if (verb == "ignore-begin") open_.push_back(found_.all.size() - 1);
  }

  void read_date(Words& words, Suppression& made) {
    const std::size_t place = words.mark_place();
    if (words.next() == "until") {
      const std::string_view date = words.next();
      if (is_date(date)) {
        made.until = date;
        return;
      }
      bad(made.offset, made.end_offset, fmt::format("'{}' is no date", printable(date)),
          "write it as in 2027-01-31; until then the comment accepts nothing");
      made.rules.clear();
      return;
    }
    words.back_to(place);
  }

  void cover(Suppression& made, std::string_view verb) const {
    made.to = text_.size();
    if (verb == "ignore-file") return;
    if (verb == "ignore-begin") {
      made.from = made.end_offset;
      return;
    }
    const std::vector<sql::Statement>& all = script_.statements();
    const auto next = std::find_if(all.begin(), all.end(), [&](const sql::Statement& one) {
      return one.end_offset > made.offset;
    });
    const auto line_start = text_.rfind('\n', made.offset);
    // Behind the end of a statement, on its last line.
    const bool inside = next != all.end() && next->offset < made.offset;
    const bool ends_line =
        !inside && next != all.begin() &&
        (line_start == std::string_view::npos || (next - 1)->end_offset > line_start);
    const auto& covered = ends_line ? next - 1 : next;
    made.from = covered == all.end() ? made.offset : covered->offset;
    made.to = covered == all.end() ? made.offset : covered->end_offset;
  }

  void close_block(std::uint64_t offset, std::uint64_t end) {
    if (open_.empty())
      return bad(offset, end, "'ignore-end' without 'ignore-begin'", "take it out");
    found_.all[open_.back()].to = offset;
    open_.pop_back();
  }

  void bad(std::uint64_t offset, std::uint64_t end, std::string message, std::string hint) {
    found_.bad.push_back({std::move(message), std::move(hint), offset, end});
  }

  const sql::Script& script_;
  std::string_view text_;
  Suppressions found_;
  std::vector<std::size_t> open_;
};

}  // namespace

Suppressions read_suppressions(const sql::Script& script) {
  return SuppressionReader(script).read();
}

}  // namespace host::lint
