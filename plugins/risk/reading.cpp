// SPDX-License-Identifier: MIT
#include "plugins/risk/reading.hpp"

#include <utility>

namespace plugins::risk {

std::vector<Reading> Reader::read() {
  const std::string_view type = tree_.type();
  if (!tree_) return {};
  (void)(read_schema(type) || read_objects(type) || read_data(type, tree_, false) ||
         read_access(type) || read_session(type));
  return std::move(readings_);
}

Reading& Reader::say(std::string_view id) {
  return readings_.emplace_back(id);
}

Reading& Reader::say(std::string_view id, const Name& about, const Node& target) {
  Reading& reading = say(id);
  reading.about = about;
  reading.made = made(target, about);
  return reading;
}

// What is done to an index is done to its table: that is what others use.
Reading& Reader::say_of_index(std::string_view id, const Name& index, const Node& target) {
  const std::optional<Name> table = catalog_.table_of_index(index);
  Reading& reading = say(id, table.value_or(index), target);
  if (table) reading.others.push_back({index, "ACCESS EXCLUSIVE"});
  return reading;
}

void Reader::lock_all(Reading& reading, const std::vector<Name>& tables, std::string_view lock) {
  for (const Name& table : tables) reading.others.push_back({table, lock});
}

Reading& Reader::say_other(Risk risk, std::string reason) {
  Reading& reading = say("sch.create");
  reading.risk = risk;
  reading.reason = std::move(reason);
  return reading;
}

Name Reader::name_of(const Tree& range_var, const Node& node) const {
  Name name{std::string(range_var.relation_schema()), std::string(range_var.relation_name())};
  if (name.schema.empty()) name.schema = std::string(node.schema_name());
  return name;
}

Name Reader::last_names(const Tree& names) const {
  Name name{"", std::string(names.back().string())};
  if (names.size() > 1) name.schema = std::string(names.at(names.size() - 2).string());
  return name;
}

// What the catalog has was there before, whatever the plan says of it.
bool Reader::made(const Node& target, const Name& name) {
  if (!target || target.is_assumed()) return false;
  if (catalog_.relation(name) != nullptr) return false;
  return memory_.doubtful.count(name.sql()) == 0 || catalog_.online();
}

bool Reader::missing(const Name& name, const Node& target) {
  return catalog_.online() && !catalog_.failed() && !target && catalog_.relation(name) == nullptr;
}

}  // namespace plugins::risk
