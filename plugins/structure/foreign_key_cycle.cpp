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
    Graph graph;  // by name, whatever the order of the files
    for (const Node& table : database.tables())
      if (is_judged_table(table, exclude)) graph[table.qualified_name()] = keys_of(table);
    peel(graph);
    std::set<std::string_view> reported;
    for (const auto& [name, outgoing] : graph) {
      if (reported.count(name) != 0) continue;
      const std::vector<Node> keys = shortest_cycle(graph, name);
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
  using Graph = std::map<std::string_view, std::vector<Node>>;  // a table's foreign keys

  std::vector<Node> keys_of(const Node& table) const {
    std::vector<Node> keys;
    for (const Node& key : table.constraints()) {
      const Node target = key.referenced_table();
      if (target && !key.is_deferrable() && target != table && is_judged_table(target, exclude))
        keys.push_back(key);
    }
    return keys;
  }

  // Takes out the tables that lead to no cycle, which are nearly all.
  static void peel(Graph& graph) {
    std::map<std::string_view, std::vector<std::string_view>> referring;
    std::map<std::string_view, std::size_t> left;  // how many of its keys may lead to a cycle
    for (const auto& [name, keys] : graph) {
      left[name] = keys.size();
      for (const Node& key : keys)
        referring[key.referenced_table().qualified_name()].push_back(name);
    }
    std::vector<std::string_view> ends;
    for (const auto& [name, count] : left)
      if (count == 0) ends.push_back(name);
    while (!ends.empty()) {
      const std::string_view end = ends.back();
      ends.pop_back();
      graph.erase(end);
      for (const std::string_view from : referring[end])
        if (--left[from] == 0) ends.push_back(from);
    }
  }

  // The foreign keys of a shortest way from the table back to it; of equal ways the first.
  static std::vector<Node> shortest_cycle(const Graph& graph, std::string_view start) {
    std::map<std::string_view, Node> came_by;
    std::deque<std::string_view> open{start};
    while (!open.empty()) {
      const auto table = graph.find(open.front());
      open.pop_front();
      if (table == graph.end()) continue;
      for (const Node& key : table->second) {
        const std::string_view target = key.referenced_table().qualified_name();
        if (target == start) return way(key, came_by, start);
        if (came_by.emplace(target, key).second) open.push_back(target);
      }
    }
    return {};
  }

  static std::vector<Node> way(Node key, const std::map<std::string_view, Node>& came_by,
                               std::string_view start) {
    std::vector<Node> keys{key};
    while (key.parent().qualified_name() != start) {
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
