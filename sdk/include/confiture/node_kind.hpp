// SPDX-License-Identifier: MIT
// confiture/node_kind.hpp - what a node is, by name.
#pragma once

#include <confiture/schema.h>

#include <cstdint>

#pragma GCC visibility push(hidden)
namespace confiture {

enum class NodeKind : std::uint32_t {
  schema = CONFITURE_NODE_SCHEMA,
  table = CONFITURE_NODE_TABLE,
  column = CONFITURE_NODE_COLUMN,
  index = CONFITURE_NODE_INDEX,
  constraint = CONFITURE_NODE_CONSTRAINT,
  view = CONFITURE_NODE_VIEW,
  enum_type = CONFITURE_NODE_ENUM_TYPE,
  function = CONFITURE_NODE_FUNCTION,
  trigger = CONFITURE_NODE_TRIGGER,
  policy = CONFITURE_NODE_POLICY,
  grant = CONFITURE_NODE_GRANT,
  extension = CONFITURE_NODE_EXTENSION,
  file = CONFITURE_NODE_FILE,
  statement = CONFITURE_NODE_STATEMENT,
  subcommand = CONFITURE_NODE_SUBCOMMAND,
  migration = CONFITURE_NODE_MIGRATION,
  plan = CONFITURE_NODE_PLAN,
  database = CONFITURE_NODE_DATABASE,
  sequence = CONFITURE_NODE_SEQUENCE,
  domain = CONFITURE_NODE_DOMAIN,
  composite_type = CONFITURE_NODE_COMPOSITE_TYPE,
  range_type = CONFITURE_NODE_RANGE_TYPE,
  index_key = CONFITURE_NODE_INDEX_KEY,
  setting = CONFITURE_NODE_SETTING,
  rewrite_rule = CONFITURE_NODE_REWRITE_RULE,
  role = CONFITURE_NODE_ROLE,
  publication = CONFITURE_NODE_PUBLICATION,
  reference = CONFITURE_NODE_REFERENCE,
  lock = CONFITURE_NODE_LOCK,
  argument = CONFITURE_NODE_ARGUMENT,
  enum_value = CONFITURE_NODE_ENUM_VALUE,
  foreign_table = CONFITURE_NODE_FOREIGN_TABLE
};

}  // namespace confiture
#pragma GCC visibility pop
