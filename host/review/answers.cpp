// SPDX-License-Identifier: MIT
#include "host/review/answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"

namespace host::review {

Answers::Answers(const config::Value& document) {
  for (const auto& [name, value] : config::as_map(document, "the file of answers")) {
    config::Reader reader(value, fmt::format("the answers about '{}'", printable(name.text)));
    About about{name.place, {}};
    for (const char* id : {"review", "way_back", "apply", "when", "schedule", "note", "request", "as"})
      if (auto text = reader.text(id)) about.answers.emplace(id, std::move(*text));
    reader.finish();
    about_.emplace(name.text, std::move(about));
  }
}

void Answers::check(const std::vector<std::string>& migrations) const {
  std::vector<std::string> known = migrations;
  known.push_back("plan");
  for (const auto& [name, about] : about_)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw Error(config::errors::unknown_key,
                  fmt::format("answers about '{}', which is not pending", printable(name)),
                  suggest_name(name, known), about.place);
}

std::string Answers::find(const std::string& migration, const std::string& id) const {
  const auto about = about_.find(migration);
  if (about != about_.end())
    if (const auto found = about->second.answers.find(id); found != about->second.answers.end())
      return found->second;
  if (id == "note" || id == "as") return {};
  throw Error(
      errors::unanswered,
      fmt::format("the file of answers says nothing of '{}' about '{}'", id, printable(migration)),
      fmt::format("add to it: {}: {{ {}: ... }}", printable(migration), id),
      about == about_.end() ? Place() : about->second.place);
}

}  // namespace host::review
