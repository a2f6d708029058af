// SPDX-License-Identifier: MIT
#include "host/migrations/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/sql/lexer.hpp"

namespace host::migrations {
namespace {

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name_part(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9');
}

// A ${...} or, in goose's regions, a $NAME.
struct Use {
  std::uint64_t offset = 0, end_offset = 0;
  std::string name;
  std::optional<std::string> otherwise;  // the value where the variable has none
  bool also_when_empty = false;          // ${NAME:-otherwise}
};

class Replacer {
 public:
  Replacer(const File& file, VariableUse use)
      : original_(file.shown_as, file.text),
        variables_(*file.variables),
        text_(original_.text()),
        use_(use) {
    const std::uint64_t dropped = file.text.size() - text_.size();
    for (const Region& region : file.regions)
      regions_.push_back(
          {region.offset < dropped ? 0 : region.offset - dropped, region.end_offset - dropped});
  }

  sql::Source run() && {
    note_left_alone();
    for (std::uint64_t at = 0; (at = text_.find('$', at)) != std::string_view::npos;) {
      const std::optional<Use> use = is_left_alone(at) ? std::nullopt : read_use(at);
      if (use) replace(*use);
      at = use ? use->end_offset : at + 1;
    }
    if (replacements_.empty()) return std::move(original_);
    result_ += text_.substr(copied_);
    return sql::Source(std::move(original_), std::move(result_), std::move(replacements_));
  }

 private:
  // Comments stand between tokens; bodies are strings that begin with a dollar.
  void note_left_alone() {
    if (use_ == VariableUse::regions) {
      std::uint64_t end = 0;
      for (const Region& region : regions_) {
        left_alone_.push_back({end, region.offset});
        end = region.end_offset;
      }
      left_alone_.push_back({end, text_.size()});
      return;
    }
    sql::Lexer lexer(text_);
    std::uint64_t end = 0;
    for (;;) {
      const sql::Token token = lexer.next();
      left_alone_.push_back({end, token.offset});
      if (token.kind == sql::Token::Kind::end) break;
      if (use_ == VariableUse::outside_bodies && token.kind == sql::Token::Kind::string &&
          text_[token.offset] == '$')
        left_alone_.push_back({token.offset, token.end_offset});
      end = token.end_offset;
    }
    left_alone_.back().end_offset = text_.size();
  }

  bool is_left_alone(std::uint64_t offset) const {
    const auto after =
        std::upper_bound(left_alone_.begin(), left_alone_.end(), offset,
                         [](std::uint64_t at, const Region& region) { return at < region.offset; });
    return after != left_alone_.begin() && offset < (after - 1)->end_offset;
  }

  std::optional<Use> read_use(std::uint64_t at) const {
    if (text_.substr(at + 1, 1) != "{") return read_bare_use(at);
    const std::size_t close = text_.find_first_of("}\n", at);
    if (close == std::string_view::npos || text_[close] != '}') return std::nullopt;
    Use use{at, close + 1, std::string(text_.substr(at + 2, close - at - 2)), {}, false};
    if (use_ == VariableUse::regions) read_form(use);
    return use;
  }

  // $NAME of goose; $NAME$ quotes a body.
  std::optional<Use> read_bare_use(std::uint64_t at) const {
    if (use_ != VariableUse::regions || at + 1 >= text_.size() || !is_name_start(text_[at + 1]))
      return std::nullopt;
    std::uint64_t end = at + 1;
    while (end < text_.size() && is_name_part(text_[end])) ++end;
    if (text_.substr(end, 1) == "$") return std::nullopt;
    return Use{at, end, std::string(text_.substr(at + 1, end - at - 1)), {}, false};
  }

  // ${NAME-otherwise} and ${NAME:-otherwise}.
  void read_form(Use& use) const {
    const auto end = static_cast<std::size_t>(
        std::find_if_not(use.name.begin(), use.name.end(), is_name_part) - use.name.begin());
    const std::string form = use.name.substr(end);
    if (form.empty()) return;
    use.also_when_empty = form.starts_with(":-");
    if (!use.also_when_empty && !form.starts_with('-'))
      throw Error(errors::unknown_variable,
                  fmt::format("'${{{}}}' is no form that confiture reads", use.name),
                  "write ${NAME}, ${NAME-otherwise} or ${NAME:-otherwise}",
                  original_.place(use.offset));
    use.otherwise = form.substr(use.also_when_empty ? 2 : 1);
    use.name.resize(end);
  }

  std::string value_of(const Use& use) const {
    const auto found = variables_.find(use.name);
    std::optional<std::string> value;
    if (found != variables_.end()) {
      value = found->second;
    } else if (use_ == VariableUse::regions) {
      // goose knows no other place for values than the process's environment.
      if (const char* set = std::getenv(use.name.c_str())) value = set;
    }
    if (value && !(value->empty() && use.also_when_empty)) return *value;
    if (use.otherwise) return *use.otherwise;
    std::vector<std::string> known;
    for (const auto& [name, ignored] : variables_) known.push_back(name);
    throw Error(errors::unknown_variable, fmt::format("unknown variable '{}'", use.name),
                known.empty() ? fmt::format("give it a value in the environment's file: variables: "
                                            "{{ {}: ... }}",
                                            use.name)
                              : suggest_name(use.name, known),
                original_.place(use.offset));
  }

  void replace(const Use& use) {
    result_ += text_.substr(copied_, use.offset - copied_);
    const std::uint64_t begin = result_.size();
    result_ += value_of(use);
    replacements_.push_back({begin, result_.size(), use.offset, use.end_offset});
    copied_ = use.end_offset;
  }

  sql::Source original_;
  const Variables& variables_;
  std::string_view text_;
  VariableUse use_;
  std::vector<Region> regions_, left_alone_;
  std::string result_;
  std::uint64_t copied_ = 0;
  std::vector<sql::Replacement> replacements_;
};

}  // namespace

sql::Source replace_variables(const File& file, VariableUse use) {
  if (use == VariableUse::none || file.text.find('$') == std::string::npos)
    return sql::Source(file.shown_as, file.text);
  return Replacer(file, use).run();
}

std::string values_used(const File& file) {
  std::string used;
  for (const auto& [name, value] : *file.variables)
    if (file.text.find("${" + name + "}") != std::string::npos) used += name + "=" + value + "\n";
  return used;
}

}  // namespace host::migrations
