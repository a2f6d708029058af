// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct SchemaFileOrphanOverride {
  std::vector<std::string> words{"override", "local",   "dev",  "development",
                                 "test",     "staging", "prod", "production"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("words", &SchemaFileOrphanOverride::words,
            "What stands before .sql in the name of a file for one environment"),
      field("exclude", &SchemaFileOrphanOverride::exclude, "Files left alone, by their path"));
  static constexpr RuleRecord record{
      .id = "structure.schema_file_orphan_override",
      .summary = "A file for one environment stands beside the one that it adds to",
      .severity = Severity::warning,
      .kinds = {NodeKind::database},
      .scope = Scope::schema,
      .why =
          "A file such as `20_roles.local.sql`, which environments include or exclude by its "
          "ending, adds to what `20_roles.sql` makes for all of them. Without that file it is left "
          "over from one that was renamed or removed, or the other environments lack what it "
          "makes. A file that is judged without others of its folder is left alone.",
      .bad =
          "-- file: db/schema/10_users.sql\nCREATE ROLE app;\n-- file: "
          "db/schema/20_roles.local.sql\nCREATE ROLE developer;",
      .good =
          "-- file: db/schema/20_roles.sql\nCREATE ROLE app;\n-- file: "
          "db/schema/20_roles.local.sql\nCREATE ROLE developer;"};

  void check(const Node& database, Report& report) const {
    std::set<std::string_view> names;
    std::map<std::string_view, int> in_folder;
    for (const Node& file : database.files()) {
      names.insert(file.name());
      ++in_folder[folder_of(file)];
    }
    for (const Node& file : database.files()) {
      const std::string base = base_of(file.name());
      if (base.empty() || names.count(base) != 0 || is_listed(file, exclude)) continue;
      if (in_folder[folder_of(file)] < 2) continue;  // the others are not judged
      report.add(file, text(file.name()) + " adds to " + base + ", and there is no such file")
          .hint("write that file, or rename this one");
    }
  }

 private:
  static std::string_view folder_of(const Node& file) {
    return file.name().substr(0, file.name().rfind('/') + 1);
  }

  // "db/schema/20_roles.sql" of "db/schema/20_roles.local.sql"; empty for other files.
  std::string base_of(std::string_view path) const {
    static constexpr std::string_view ending = ".sql";
    if (!path.ends_with(ending)) return {};
    const std::string_view stem = path.substr(0, path.size() - ending.size());
    const std::size_t dot = stem.rfind('.');
    if (dot == stem.npos || dot < stem.rfind('/') + 1) return {};
    if (std::find(words.begin(), words.end(), stem.substr(dot + 1)) == words.end()) return {};
    return text(stem.substr(0, dot)) + text(ending);
  }
};

}  // namespace

RuleExtension schema_file_orphan_override() {
  return confiture::rule<SchemaFileOrphanOverride>();
}

}  // namespace plugins::structure
