// SPDX-License-Identifier: MIT
#include <map>
#include <utility>

#include "plugins/safety/_history.hpp"

namespace plugins::safety {
namespace {

struct DuplicateVersion {
  static constexpr RuleRecord record{
      .id = "safety.duplicate_version",
      .summary = "No two migrations of a folder have the same version",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::database},
      .scope = Scope::migrations,
      .why =
          "Two branches that each add the next number make two migrations of one version. Which "
          "one is applied is then a matter of chance, and confiture refuses to run either. Give "
          "one of them a new number before it is merged; `confiture migrate new` takes the next "
          "one.",
      .bad =
          "-- file: db/migrations/0007_add_note.up.sql\nALTER TABLE invoice ADD COLUMN note "
          "text;\n-- file: db/migrations/0007_add_currency.up.sql\nALTER TABLE invoice ADD COLUMN "
          "currency text;",
      .good =
          "-- file: db/migrations/0007_add_note.up.sql\nALTER TABLE invoice ADD COLUMN note "
          "text;\n-- file: db/migrations/0008_add_currency.up.sql\nALTER TABLE invoice ADD COLUMN "
          "currency text;"};

  void check(const Node& database, Report& report) const {
    std::map<std::pair<std::string_view, std::string>, Node> first;
    for (const Node& file : database.files()) {
      const std::string version = version_of(file);
      if (version.empty()) continue;
      const auto [place, added] = first.emplace(std::pair(folder_of(file), version), file);
      if (added) continue;
      report
          .add(file, "migration " + file_name_of(file) + " has the same version as " +
                         file_name_of(place->second))
          .hint("give one of them the next version that is free");
    }
  }
};

}  // namespace

RuleExtension duplicate_version() {
  return confiture::rule<DuplicateVersion>();
}

}  // namespace plugins::safety
