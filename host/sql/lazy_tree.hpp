// SPDX-License-Identifier: MIT
// Parse trees of statement nodes, made when a plugin asks for one and not before.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>

#include "host/sql/node.hpp"

namespace host::sql {

// Outlives the nodes that it was attached to. [any thread, once attached]
class LazyTrees {
 public:
  // Gives the node its CONFITURE_PROP_PARSE_TREE_JSON; `sql` is one statement and outlives this.
  void attach(Node& node, std::string_view sql);

 private:
  struct Tree {
    explicit Tree(std::string_view text) : sql(text) {}
    std::string_view sql;
    std::once_flag once;
    std::string json;
  };
  std::deque<Tree> trees_;  // addresses stay
};

}  // namespace host::sql
