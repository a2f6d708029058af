// SPDX-License-Identifier: MIT
#include <deque>
#include <map>
#include <set>

#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct ForeignKeyCycle {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &ForeignKeyCycle::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.foreign_key_cycle",
      .summary = "Tables do not refer to each other in a cycle",
      .severity = Severity::info,
      .kinds = {NodeKind::database},
      .why =
          "Where `a` refers to `b` and `b` to `a`, no order of inserts, deletes or TRUNCATEs\n"
          "fits both: scripts that load, copy or mask the tables have to drop a constraint\n"
          "first. A foreign key that is DEFERRABLE leaves the order open and makes no cycle;\n"
          "a table that refers to itself is none either.",
      .bad =
          "CREATE TABLE store (id bigint PRIMARY KEY, manager_id bigint);\n"
          "CREATE TABLE staff (id bigint PRIMARY KEY, store_id bigint REFERENCES store);\n"
          "ALTER TABLE store ADD FOREIGN KEY (manager_id) REFERENCES staff;",
      .good =
          "CREATE TABLE store (id bigint PRIMARY KEY, manager_id bigint);\n"
          "CREATE TABLE staff (id bigint PRIMARY KEY, store_id bigint REFERENCES store);\n"
          "ALTER TABLE store ADD FOREIGN KEY (manager_id) REFERENCES staff DEFERRABLE;"};

  void check(const Node& database, Report& report) const {
    std::map<std::string_view, Node> tables;  // by name, whatever the order of the files
    for (const Node& table : database.tables())
      if (is_judged_table(table, exclude)) tables[table.qualified_name()] = table;
    std::set<std::string_view> reported;
    for (const auto& [name, table] : tables) {
      if (reported.count(name) != 0) continue;
      const std::vector<Node> keys = shortest_cycle(table);
      if (keys.empty()) continue;
      std::string path = text(name);
      for (const Node& key : keys) {
        reported.insert(key.parent().qualified_name());
        path += " -> " + text(key.referenced_table().qualified_name());
      }
      report.add(keys.front(), "tables refer to each other in a cycle: " + path)
          .hint("make one of the foreign keys DEFERRABLE, or move it to a table of its own");
    }
  }

 private:
  // The foreign keys of a shortest way from the table back to it; of equal ways the first.
  std::vector<Node> shortest_cycle(const Node& start) const {
    std::map<std::string_view, Node> came_by;
    std::deque<Node> open{start};
    while (!open.empty()) {
      const Node table = open.front();
      open.pop_front();
      for (const Node& key : table.constraints()) {
        const Node target = key.referenced_table();
        if (!target || key.is_deferrable() || target == table) continue;
        if (!is_judged_table(target, exclude)) continue;
        if (target == start) return way(key, came_by, start);
        if (came_by.emplace(target.qualified_name(), key).second) open.push_back(target);
      }
    }
    return {};
  }

  static std::vector<Node> way(Node key, const std::map<std::string_view, Node>& came_by,
                               const Node& start) {
    std::vector<Node> keys{key};
    while (key.parent() != start) {
      key = came_by.at(key.parent().qualified_name());
      keys.insert(keys.begin(), key);
    }
    return keys;
  }
};

}  // namespace

RuleExtension foreign_key_cycle() {
  return confiture::rule<ForeignKeyCycle>();
}

}  // namespace plugins::structure
