// SPDX-License-Identifier: MIT
#include "host/sql/lazy_tree.hpp"

#include "host/sql/statement.hpp"

namespace host::sql {

void LazyTrees::attach(Node& node, std::string_view sql) {
  node.lazy_data = &trees_.emplace_back(sql);
  node.lazy_tree = [](const Node& asked) -> std::string_view {
    auto& tree = *static_cast<Tree*>(const_cast<void*>(asked.lazy_data));
    std::call_once(tree.once, [&] { tree.json = parse_tree_json(tree.sql); });
    return tree.json;
  };
}

}  // namespace host::sql
