// SPDX-License-Identifier: MIT
#include "host/sql/source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace host::sql {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t block = 1024;

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

std::uint64_t count_continuations(std::string_view bytes) {
  return static_cast<std::uint64_t>(std::count_if(bytes.begin(), bytes.end(), is_continuation));
}

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  if (text_.starts_with(byte_order_mark)) text_.erase(0, byte_order_mark.size());
  line_starts_.push_back(0);
  const char* begin = text_.data();
  const char* end = begin + text_.size();
  for (const char* at = begin; at != end; ++at) {
    at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    if (at == nullptr) break;
    line_starts_.push_back(static_cast<std::uint64_t>(at - begin) + 1);
  }
  if (count_continuations(text_) == 0) return;
  std::uint64_t count = 0;
  for (std::size_t at = 0; at <= text_.size(); at += block) {
    continuation_counts_.push_back(count);
    count += count_continuations(std::string_view(text_).substr(at, block));
  }
}

Source::Source(Source original, std::string text, std::vector<Replacement> replacements)
    : original_(std::make_shared<const Source>(std::move(original))),
      replacements_(std::move(replacements)),
      name_(original_->name()),
      text_(std::move(text)) {}

Source Source::with_blanks(
    const std::vector<std::pair<std::uint64_t, std::uint64_t>>& parts) const {
  std::string text = text_;
  for (const auto& [begin, end] : parts)
    for (std::uint64_t at = begin; at < end; ++at)
      if (text[at] != '\n') text[at] = ' ';
  return original_ != nullptr ? Source(*original_, std::move(text), replacements_)
                              : Source(*this, std::move(text), {});
}

std::uint64_t Source::continuation_bytes(std::uint64_t offset) const {
  if (continuation_counts_.empty()) return 0;
  const std::uint64_t start = offset / block * block;
  return continuation_counts_[offset / block] +
         count_continuations(text().substr(start, offset - start));
}

Place Source::place(std::uint64_t offset) const {
  const LineColumn found = line_column(offset);
  return {name_, found.line, found.column};
}

LineColumn Source::line_column(std::uint64_t offset) const {
  offset = std::min<std::uint64_t>(offset, text_.size());
  if (original_ != nullptr) {
    const auto after = std::upper_bound(
        replacements_.begin(), replacements_.end(), offset,
        [](std::uint64_t at, const Replacement& each) { return at < each.offset; });
    if (after == replacements_.begin()) return original_->line_column(offset);
    const Replacement& last = *(after - 1);
    return original_->line_column(offset < last.end_offset
                                      ? last.original_offset
                                      : last.original_end_offset + (offset - last.end_offset));
  }
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::uint64_t start = *(next - 1);
  const std::uint64_t characters =
      offset - start - (continuation_bytes(offset) - continuation_bytes(start));
  return {static_cast<std::uint32_t>(next - line_starts_.begin()),
          static_cast<std::uint32_t>(characters + 1)};
}

Place Source::place(std::uint64_t offset, std::uint32_t line, std::uint32_t column) const {
  for (; line > 1; --line) offset = std::min(text_.find('\n', offset), text_.size() - 1) + 1;
  for (; column > 1 && offset < text_.size(); --column) {
    ++offset;
    while (offset < text_.size() && is_continuation(text_[offset])) ++offset;
  }
  return place(offset);
}

std::string_view Source::line(std::uint32_t number) const {
  if (original_ != nullptr) return original_->line(number);
  if (number == 0 || number > line_starts_.size()) return {};
  const std::uint64_t start = line_starts_[number - 1];
  std::uint64_t end = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
  if (end > start && text_[end - 1] == '\r') --end;
  return text().substr(start, end - start);
}

}  // namespace host::sql
