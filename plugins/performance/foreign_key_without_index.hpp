// SPDX-License-Identifier: MIT
// performance.foreign_key_without_index: the referencing side of a foreign key can be searched.
#pragma once

#include <confiture/plugin.hpp>

#include "plugins/common/rule_record.hpp"

namespace plugins::performance {

struct ForeignKeyWithoutIndex {
  static constexpr RuleRecord record{
      "performance.foreign_key_without_index",
      "performance",
      confiture::Severity::warning,
      "The columns of a foreign key are covered by an index",
      "Each DELETE or key UPDATE in the referenced table looks for referencing rows: without an "
      "index\n"
      "that begins with the foreign key's columns, in any order, it reads the whole table each "
      "time.\n"
      "A partial index does not count, a primary key or a unique constraint does.",
      "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
      "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);",
      "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
      "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n"
      "CREATE INDEX invoice_customer_id_idx ON invoice (customer_id);"};

  void check(const confiture::Node& constraint, confiture::Report& report) const;
};

}  // namespace plugins::performance
