// SPDX-License-Identifier: MIT
#include "host/migrations/header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/sql/statement.hpp"

namespace host::migrations {
namespace {

const std::vector<std::string> known_keys{"author", "depends", "precondition", "requires-role",
                                          "risk",   "summary", "transaction",  "variables"};
const std::vector<std::string> risk_levels{"low", "medium", "high", "critical"};

struct Line {
  std::string key;
  std::string_view value;
  Place key_place, value_place;
};

bool is_known(const std::string& key) {
  return std::find(known_keys.begin(), known_keys.end(), key) != known_keys.end();
}

// "-- key: value" as its parts; nothing for other comments.
std::optional<Line> read_line(const sql::Source& source, std::uint32_t number) {
  const std::string_view line = source.line(number);
  std::size_t begin = line.find("--") + 2;
  begin = std::min(line.find_first_not_of(" \t", begin), line.size());
  std::size_t end = begin;
  while (end < line.size() && ((line[end] >= 'a' && line[end] <= 'z') || line[end] == '-')) ++end;
  if (end == begin || end >= line.size() || line[end] != ':') return std::nullopt;
  const std::size_t after = end + 1;
  // "https://", "migrate:up" and the like are no header comments.
  if (after < line.size() && line[after] != ' ' && line[after] != '\t') return std::nullopt;
  const std::size_t value = std::min(line.find_first_not_of(" \t", after), line.size());
  if (line.substr(begin, end - begin) == "confiture") return std::nullopt;  // said to the linter
  // Keys are ASCII, and so is all that stands before a value: columns are offsets here.
  return Line{std::string(line.substr(begin, end - begin)),
              trim(line.substr(value)),
              {source.name(), number, static_cast<std::uint32_t>(begin + 1)},
              {source.name(), number, static_cast<std::uint32_t>(value + 1)}};
}

[[noreturn]] void refuse(const Line& line, std::string message, std::string hint) {
  throw Error(errors::bad_header, std::move(message), std::move(hint), line.value_place);
}

void read_risk(const Line& line, Header& header) {
  const std::size_t space = std::min(line.value.find(' '), line.value.size());
  header.risk = line.value.substr(0, space);
  header.risk_reason = trim(line.value.substr(space));
  if (std::find(risk_levels.begin(), risk_levels.end(), header.risk) == risk_levels.end())
    refuse(line, fmt::format("unknown risk '{}'", header.risk),
           suggest_name(header.risk, risk_levels));
  if (header.risk_reason.empty())
    refuse(line, fmt::format("the risk '{}' has no reason", header.risk),
           "write it behind the level: -- risk: low the table is empty");
}

void read_depends(const Line& line, Header& header) {
  for (const std::string& part : split_text(line.value, ',')) {
    const std::optional<Version> version = Version::parse(trim(part));
    if (!version)
      refuse(line, fmt::format("'{}' is not a version", trim(part)),
             "list versions with commas between them: -- depends: 0001, 0002");
    header.depends.push_back(*version);
  }
  header.depends_place = line.value_place;
}

void read_precondition(const Line& line, Header& header) {
  const sql::Script script = sql::parse_script(sql::Source("", std::string(line.value)));
  const auto& statements = script.statements();
  if (statements.size() != 1 || statements.front().error || statements.front().tag != "SELECT")
    refuse(line, "a precondition is one SELECT whose value is true",
           "-- precondition: SELECT to_regclass('public.users') IS NOT NULL");
  header.preconditions.push_back({std::string(statements.front().text), line.value_place});
}

void read_variables(const Line& line, Header& header) {
  if (line.value == "on") {
    header.variables = VariableUse::outside_bodies;
  } else if (line.value == "everywhere") {
    header.variables = VariableUse::everywhere;
  } else if (line.value == "off") {
    header.variables = VariableUse::none;
  } else {
    refuse(line, fmt::format("'variables' is on, everywhere or off, not '{}'", line.value),
           "-- variables: on");
  }
}

void apply(const Line& line, Header& header) {
  if (line.key == "summary") {
    header.summary = line.value;
  } else if (line.key == "author") {
    header.author = line.value;
  } else if (line.key == "transaction") {
    if (line.value != "off" && line.value != "on")
      refuse(line, fmt::format("'transaction' is on or off, not '{}'", line.value),
             "-- transaction: off");
    header.transactional = line.value == "on";
  } else if (line.key == "requires-role") {
    if (line.value.empty())
      refuse(line, "'requires-role' names no role", "-- requires-role: app_owner");
    header.required_role = std::string(line.value);
    header.role_place = line.value_place;
  } else if (line.key == "depends") {
    read_depends(line, header);
  } else if (line.key == "risk") {
    read_risk(line, header);
  } else if (line.key == "precondition") {
    read_precondition(line, header);
  } else if (line.key == "variables") {
    read_variables(line, header);
  }
}

}  // namespace

bool Header::empty() const {
  return summary.empty() && author.empty() && transactional && !variables && risk.empty() &&
         preconditions.empty() && !required_role && depends.empty();
}

Header parse_header(const sql::Source& source, bool strict) {
  Header header;
  std::vector<std::string> seen;
  enum class Part { before, first_block, later } part = Part::before;
  const std::uint32_t last = source.place(source.text().size()).line;
  for (std::uint32_t number = 1; number <= last; ++number) {
    const std::string_view text = trim(source.line(number));
    if (text.empty()) {
      if (part == Part::first_block) part = Part::later;
      continue;
    }
    if (!text.starts_with("--")) break;
    if (part == Part::before) part = Part::first_block;
    const std::optional<Line> line = read_line(source, number);
    if (!line) continue;
    if (!is_known(line->key)) {
      if (part == Part::later || !strict) continue;
      throw Error(errors::unknown_header, fmt::format("unknown header comment '{}'", line->key),
                  suggest_name(line->key, known_keys) +
                      "; prose belongs below a blank line, or starts with a capital letter",
                  line->key_place);
    }
    if (line->key != "precondition" && std::find(seen.begin(), seen.end(), line->key) != seen.end())
      throw Error(errors::bad_header, fmt::format("header comment '{}' comes twice", line->key),
                  "keep one of them", line->key_place);
    seen.push_back(line->key);
    apply(*line, header);
  }
  return header;
}

}  // namespace host::migrations
