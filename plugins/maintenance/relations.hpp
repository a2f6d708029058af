// SPDX-License-Identifier: MIT
// Tables and views by the names that people write.
#pragma once

#include <confiture/plugin.hpp>

#include <string>
#include <vector>

namespace maintenance {

struct Relation {
  std::string name;  // with its schema, quoted
  char kind = 0;     // pg_class.relkind
};

// `name` as SQL writes it. Throws confiture::Error when there is no such relation.
Relation find_relation(const std::string& name, confiture::Context& context);

// The permanent tables and materialized views on which the running transaction holds a lock that a
// change takes, in the order of their names.
std::vector<std::string> touched_relations(confiture::Context& context);

}  // namespace maintenance
