// SPDX-License-Identifier: MIT
#include <map>

#include "plugins/safety/_history.hpp"

namespace plugins::safety {
namespace {

struct NonLinearHistory {
  static constexpr RuleRecord record{
      .id = "safety.non_linear_history",
      .summary = "No migration is added before one that is applied",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::database},
      .scope = Scope::migrations,
      .why =
          "A migration with a lower version than one that is applied was not there when that one "
          "ran: databases that have them in another order can differ, and confiture refuses to run "
          "it. Give it a version after all that are applied. What is applied is told by the "
          "database with `--applied`, or by git with `--since`: the migrations of that commit "
          "count as applied.",
      .bad =
          "-- applied: 0008_add_currency.up.sql\n-- file: 0007_add_note.up.sql\nALTER TABLE "
          "invoice ADD COLUMN note text;\n-- file: 0008_add_currency.up.sql\nALTER TABLE invoice "
          "ADD COLUMN currency text;",
      .good =
          "-- applied: 0008_add_currency.up.sql\n-- file: 0008_add_currency.up.sql\nALTER TABLE "
          "invoice ADD COLUMN currency text;\n-- file: 0009_add_note.up.sql\nALTER TABLE invoice "
          "ADD COLUMN note text;"};

  void check(const Node& database, Report& report) const {
    std::map<std::string_view, Node> last;  // that is applied, by folder
    for (const Node& file : database.files())
      if (file.is_applied() && !file.version().empty()) last[folder_of(file)] = file;
    for (const Node& file : database.files()) {
      const auto found = last.find(folder_of(file));
      if (found == last.end()) continue;
      if (file == found->second) {
        last.erase(found);
        continue;
      }
      if (file.is_applied() || file.version().empty()) continue;
      report
          .add(file, "migration " + file_name_of(file) + " comes before " +
                         file_name_of(found->second) + ", which is applied already")
          .hint("give it a version after that one");
    }
  }
};

}  // namespace

RuleExtension non_linear_history() {
  return confiture::rule<NonLinearHistory>();
}

}  // namespace plugins::safety
