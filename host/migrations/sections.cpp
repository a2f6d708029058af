// SPDX-License-Identifier: MIT
#include "host/migrations/sections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"

namespace host::migrations {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Calls `each` with the offset of every line and its text, without newline, carriage return and
// byte-order mark, until it returns false.
template <typename Function>
void for_each_line(std::string_view text, const Function& each) {
  std::uint32_t number = 0;
  for (std::uint64_t offset = 0; offset < text.size();) {
    const std::uint64_t end = std::min(text.find('\n', offset), text.size());
    std::string_view line = text.substr(offset, end - offset);
    if (offset == 0 && line.starts_with(byte_order_mark))
      line.remove_prefix(byte_order_mark.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!each(++number, offset, std::min<std::uint64_t>(end + 1, text.size()), line)) return;
    offset = end + 1;
  }
}

}  // namespace

std::vector<Marker> find_markers(std::string_view text, std::string_view mark,
                                 const std::string& shown_as) {
  std::vector<Marker> markers;
  if (text.find(mark) == std::string_view::npos) return markers;
  for_each_line(text, [&](std::uint32_t number, std::uint64_t offset, std::uint64_t end,
                          std::string_view line) {
    if (!line.starts_with("--")) return true;
    line = trim(line.substr(2));
    if (!line.starts_with(mark)) return true;
    Marker& marker = markers.emplace_back();
    marker.offset = offset;
    marker.end_offset = end;
    marker.place = Place{shown_as, number, 1};
    marker.words = trim(line.substr(mark.size()));
    return true;
  });
  return markers;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool has_marker(std::string_view text, std::string_view mark, std::string_view word) {
  const std::vector<Marker> markers = find_markers(text, mark, {});
  return std::any_of(markers.begin(), markers.end(), [&](const Marker& marker) {
    const std::vector<std::string> words = split_words(marker.words);
    return !words.empty() && lower_ascii(words.front()) == word;
  });
}

File load_section(const Entry& entry, const std::string& text, std::uint64_t begin,
                  std::uint64_t end, config::Layout layout) {
  File file;
  file.shown_as = entry.shown_as;
  file.layout = layout;
  file.text = text;
  // A mark at the start is no character of the first line: it goes when the text is read.
  const std::size_t mark = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  for (std::size_t at = mark; at < begin; ++at)
    if (file.text[at] != '\n') file.text[at] = ' ';
  file.text.resize(end);
  file.checksum = sha256_hex(std::string_view(text).substr(begin, end - begin));
  return file;
}

void refuse_sql_before(std::string_view text, std::uint64_t end, const std::string& shown_as,
                       std::string_view marker) {
  for_each_line(text.substr(0, end), [&](std::uint32_t number, std::uint64_t, std::uint64_t,
                                         std::string_view line) {
    const std::string_view content = trim(line);
    if (!content.empty() && !content.starts_with("--"))
      throw Error(errors::bad_section, fmt::format("there is SQL before '{}'", marker),
                  "move it behind that line: it would never run", Place{shown_as, number, 1});
    return true;
  });
}

}  // namespace host::migrations
