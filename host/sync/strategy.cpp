// SPDX-License-Identifier: MIT
#include "host/sync/strategy.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>

namespace host::sync {
namespace {

constexpr std::uint32_t of_every_part = CONFITURE_STRATEGY_DETERMINISTIC |
                                        CONFITURE_STRATEGY_ROW_LOCAL |
                                        CONFITURE_STRATEGY_KEEPS_UNIQUE;
constexpr std::uint32_t of_any_part = CONFITURE_STRATEGY_KEYED | CONFITURE_STRATEGY_WANTS_KEY;

// Texts of any content, put so that no two lists give the same.
void put(std::string& out, std::string_view text) {
  out += fmt::format("{}:{},", text.size(), text);
}

void put(std::string& out, const config::Parameters& parameters) {
  for (const auto& [key, entry] : parameters.entries()) {
    put(out, key);
    // A column parameter is bound to an index later; the name is what was said.
    put(out, entry.set ? entry.text : "-");
    out += fmt::format("{}[", entry.items.size());
    for (const config::Parameters& item : entry.items) put(out, item);
    out += ']';
  }
}

}  // namespace

std::uint32_t Strategy::flags() const {
  switch (kind) {
    case Kind::plugin:
      return extension->strategy.flags;
    case Kind::text:
      return CONFITURE_STRATEGY_DETERMINISTIC | CONFITURE_STRATEGY_ROW_LOCAL;
    default:
      break;
  }
  std::uint32_t every = of_every_part, any = 0;
  for (const Strategy& part : parts) {
    every &= part.flags();
    any |= part.flags();
  }
  return every | (any & of_any_part);
}

bool Strategy::looks_at_row() const {
  if (kind == Kind::when) return true;
  if (kind == Kind::text)
    return std::any_of(text.begin(), text.end(),
                       [](const TextPart& part) { return !part.column.empty(); });
  if (kind == Kind::plugin)
    return !context.empty() || has(CONFITURE_STRATEGY_WANTS_KEY) ||
           std::any_of(parameters.entries().begin(), parameters.entries().end(), [](const auto& e) {
             return e.second.type == CONFITURE_PARAM_COLUMN && e.second.set;
           });
  return std::any_of(parts.begin(), parts.end(),
                     [](const Strategy& part) { return part.looks_at_row(); });
}

bool Strategy::replaces_parts() const {
  return kind == Kind::fields || kind == Kind::json ||
         std::any_of(parts.begin(), parts.end(),
                     [](const Strategy& part) { return part.replaces_parts(); });
}

void Strategy::add_fields(std::vector<std::size_t>& to) const {
  to.insert(to.end(), context.begin(), context.end());
  for (const Test& test : tests) to.push_back(test.field);
  for (const TextPart& part : text)
    if (!part.column.empty() && part.from == TextPart::From::row) to.push_back(part.field);
  for (const Strategy& part : parts) part.add_fields(to);
}

std::string Strategy::fingerprint() const {
  std::string out = fmt::format("{}(", static_cast<int>(kind));
  if (extension != nullptr) put(out, extension->id);
  put(out, parameters);
  for (const Test& test : tests) {
    put(out, fmt::format("{}{}", static_cast<int>(test.kind), test.null));
    put(out, test.column);
    for (const std::string& wanted : test.texts) put(out, wanted);
  }
  for (const TextPart& part : text) {
    put(out, part.words);
    put(out, part.column);
  }
  for (const std::size_t field : fields) out += fmt::format("{};", field);
  for (std::size_t i = 0; i < path_texts.size(); ++i) {
    put(out, path_texts[i]);
    put(out, path_types[i]);
  }
  for (const Strategy& part : parts) out += part.fingerprint();
  return out + ")";
}

}  // namespace host::sync
