// SPDX-License-Identifier: MIT
#include "host/config/value.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "host/config/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

constexpr std::size_t most_bytes = 10'000'000;
constexpr std::size_t most_levels = 100;
constexpr const char* unclosed_quote = "a quoted text is not closed";

// From yaml-cpp's mark (a byte offset) to the place that people count, in characters.
class Marks {
 public:
  Marks(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  Place place(const YAML::Mark& mark) const {
    Place place{std::string(file_), 0, 0};
    if (mark.is_null()) return place;
    const std::size_t offset = std::min(static_cast<std::size_t>(mark.pos), text_.size());
    const std::size_t newline = offset == 0 ? text_.npos : text_.rfind('\n', offset - 1);
    const std::size_t start = newline == text_.npos ? 0 : newline + 1;
    place.line = static_cast<std::uint32_t>(mark.line) + 1;
    place.column =
        static_cast<std::uint32_t>(count_characters(text_.substr(start, offset - start))) + 1;
    return place;
  }

  // Whether a text that begins with a quote here has its closing one: yaml-cpp takes the end of
  // the file for it.
  bool closes_quote(const YAML::Mark& mark) const {
    std::size_t at = static_cast<std::size_t>(mark.pos);
    const char quote = at < text_.size() ? text_[at] : ' ';
    if (quote != '\'' && quote != '"') return true;
    while (++at < text_.size()) {
      if (quote == '"' && text_[at] == '\\') {
        ++at;
      } else if (text_[at] == quote) {
        if (quote == '"' || at + 1 == text_.size() || text_[at + 1] != quote) return true;
        ++at;
      }
    }
    return false;
  }

  // Whether a tab indents the line of the mark, which yaml-cpp reports as something else.
  bool tab_indents(const YAML::Mark& mark) const {
    if (mark.is_null()) return false;
    const std::size_t offset = std::min(static_cast<std::size_t>(mark.pos), text_.size());
    const std::size_t newline = offset == 0 ? text_.npos : text_.rfind('\n', offset - 1);
    const std::string_view line = text_.substr(newline == text_.npos ? 0 : newline + 1);
    return line.substr(0, line.find_first_not_of(" \t")).find('\t') != line.npos;
  }

 private:
  std::string_view text_, file_;
};

struct Extent {
  std::size_t bytes = 0;
  std::size_t levels = 0;
};

Extent extent_of(const Value& value) {
  Extent extent{sizeof(Value) + value.text.size(), 0};
  const auto include = [&](const Value& part) {
    const Extent inner = extent_of(part);
    extent.bytes += inner.bytes;
    extent.levels = std::max(extent.levels, inner.levels);
  };
  for (const Value& item : value.items) include(item);
  for (const auto& [key, entry] : value.entries) {
    include(key);
    include(entry);
  }
  if (value.kind == Value::Kind::list || value.kind == Value::Kind::map) ++extent.levels;
  return extent;
}

// Builds a Value from the parser's events; aliases are copied, within the limits.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(const Marks& marks) : marks_(marks) {}

  Value take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    root_.place = marks_.place(mark);
    if (documents_++ > 0) refuse("a second document begins here", mark, "keep one document a file");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Value value;
    value.place = marks_.place(mark);
    add(std::move(value), anchor, mark);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) refuse("the alias stands inside its own anchor", mark);
    const Extent extent = extent_of(found->second);
    copied_bytes_ += extent.bytes;
    if (copied_bytes_ > most_bytes)
      refuse("the aliases make this document larger than 10 MB", mark);
    if (stack_.size() + extent.levels > most_levels) refuse_depth(mark);
    add(found->second, 0, mark);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    check_tag(tag, mark);
    if (tag == "!" && !marks_.closes_quote(mark)) refuse(unclosed_quote, mark);
    Value value;
    value.kind = Value::Kind::scalar;
    value.text = text;
    value.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    value.place = marks_.place(mark);
    add(std::move(value), anchor, mark);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Value::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Value::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Value value;
    std::optional<Value> key;
    std::set<std::string, std::less<>> keys;
    YAML::anchor_t anchor = 0;
    YAML::Mark mark;
  };

  [[noreturn]] void refuse(std::string message, const YAML::Mark& mark,
                           std::string hint = {}) const {
    throw Error(errors::syntax, std::move(message), std::move(hint), marks_.place(mark));
  }
  [[noreturn]] void refuse_depth(const YAML::Mark& mark) const {
    refuse(fmt::format("nested deeper than {} levels", most_levels), mark);
  }

  void check_tag(const std::string& tag, const YAML::Mark& mark) const {
    constexpr std::array<std::string_view, 7> core{"null", "bool", "int", "float",
                                                   "str",  "seq",  "map"};
    constexpr std::string_view prefix = "tag:yaml.org,2002:";
    if (tag.empty() || tag == "?" || tag == "!") return;
    if (tag.starts_with(prefix) &&
        std::find(core.begin(), core.end(), std::string_view(tag).substr(prefix.size())) !=
            core.end())
      return;
    refuse(fmt::format("the tag '{}' is not part of YAML's core schema", tag), mark,
           "leave the tag out");
  }

  void open(Value::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    check_tag(tag, mark);
    check_place_for_container(mark);
    if (stack_.size() + 1 > most_levels) refuse_depth(mark);
    Open opened;
    opened.value.kind = kind;
    opened.value.place = marks_.place(mark);
    opened.anchor = anchor;
    opened.mark = mark;
    stack_.push_back(std::move(opened));
  }

  // A list or a map where a key is due.
  void check_place_for_container(const YAML::Mark& mark) const {
    if (!stack_.empty() && stack_.back().value.kind == Value::Kind::map && !stack_.back().key)
      refuse("a key must be text", mark, "put quotes around it if it begins with [ or {");
  }

  void close() {
    Open closed = std::move(stack_.back());
    stack_.pop_back();
    add(std::move(closed.value), closed.anchor, closed.mark);
  }

  void add(Value value, YAML::anchor_t anchor, const YAML::Mark& mark) {
    if (anchor != 0) anchors_[anchor] = value;
    if (stack_.empty()) {
      root_ = std::move(value);
      return;
    }
    Open& parent = stack_.back();
    if (parent.value.kind == Value::Kind::list) {
      parent.value.items.push_back(std::move(value));
    } else if (parent.key) {
      // The parser puts what is not there at the next thing that is.
      if (value.is_null()) value.place = parent.key->place;
      parent.value.entries.push_back({std::move(*parent.key), std::move(value)});
      parent.key.reset();
    } else {
      add_key(parent, std::move(value), mark);
    }
  }

  void add_key(Open& parent, Value key, const YAML::Mark& mark) const {
    if (key.kind != Value::Kind::scalar)
      refuse("a key must be text", mark, "put quotes around a key such as null or ~");
    if (key.text == "<<" && !key.quoted)
      refuse("merge keys ('<<') are not part of YAML 1.2", mark, "write the keys out");
    if (!parent.keys.insert(key.text).second)
      refuse(
          fmt::format("the key '{}' is there twice", key.text), mark,
          fmt::format(
              "it first stands at {}",
              to_string(std::find_if(parent.value.entries.begin(), parent.value.entries.end(),
                                     [&](const auto& entry) { return entry.key.text == key.text; })
                            ->key.place)));
    parent.key = std::move(key);
  }

  const Marks& marks_;
  Value root_;
  std::vector<Open> stack_;
  std::map<YAML::anchor_t, Value> anchors_;
  std::size_t copied_bytes_ = 0;
  int documents_ = 0;
};

// What a person can do with the parser's reason.
std::string reason_of(const std::string& parser) {
  namespace Said = YAML::ErrorMsg;
  static const std::map<std::string, std::string, std::less<>> reasons{
      {Said::END_OF_MAP, "this line is not indented like its neighbours, or a ':' is missing"},
      {Said::END_OF_MAP_FLOW, "a '{' is not closed with '}'"},
      {Said::END_OF_SEQ, "a list item must begin with '-', indented like its neighbours"},
      {Said::END_OF_SEQ_FLOW, "a '[' is not closed with ']'"},
      {Said::FLOW_END, "a ']' or '}' closes nothing"},
      {Said::MAP_VALUE, "a ':' is not expected here; put text that holds one into quotes"},
      {Said::MAP_KEY, "a key is not expected here"},
      {Said::BLOCK_ENTRY, "a list item is not expected here"},
      {Said::TAB_IN_INDENTATION, "a tab indents this line; YAML indents with spaces"},
      {Said::EOF_IN_SCALAR, unclosed_quote},
      {Said::DOC_IN_SCALAR, "a quoted text is not closed before '---' or '...'"},
      {Said::UNKNOWN_TOKEN, "this character cannot begin a value; put the text into quotes"},
      {Said::UNKNOWN_ANCHOR, "the alias names an anchor that is not defined above it"},
      {Said::BAD_FILE, fmt::format("nested deeper than {} levels", most_levels)},
  };
  if (const auto found = reasons.find(parser); found != reasons.end()) return found->second;
  return parser;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  for (const auto& [name, value] : entries)
    if (name.text == key) return &value;
  return nullptr;
}

Value parse_yaml(std::string_view text, std::string_view shown_as) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!is_utf8(text) || text.find('\0') != text.npos)
    throw Error(errors::syntax, fmt::format("'{}' is not UTF-8 text", shown_as), "save it as UTF-8",
                Place{std::string(shown_as), 0, 0});
  const Marks marks(text, shown_as);
  Builder builder(marks);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) continue;
  } catch (const YAML::Exception& error) {
    throw Error(errors::syntax,
                marks.tab_indents(error.mark) ? reason_of(YAML::ErrorMsg::TAB_IN_INDENTATION)
                                              : reason_of(error.msg),
                {}, marks.place(error.mark));
  }
  Value root = builder.take();
  if (!root.place.known()) root.place = Place{std::string(shown_as), 1, 1};
  return root;
}

}  // namespace host::config
