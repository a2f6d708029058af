// SPDX-License-Identifier: MIT
// compliance.audit_columns: tables with personal data say when, and by whom, a row was changed.
#pragma once

#include <confiture/plugin.hpp>
#include <string>
#include <vector>

#include "plugins/common/names.hpp"
#include "plugins/common/rule_record.hpp"

namespace plugins::compliance {

struct AuditColumns {
  std::vector<std::string> columns{"created_at", "created_by", "updated_at", "updated_by"};
  std::vector<std::string> personal{
      "email",           "e_mail",      "phone",    "mobile",      "first_name",    "last_name",
      "surname",         "full_name",   "birthday", "birth_date",  "date_of_birth", "birthdate",
      "street",          "address",     "iban",     "card_number", "passport",      "ssn",
      "social_security", "national_id", "tax_id",   "gender"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      confiture::field("columns", &AuditColumns::columns, "Columns that such a table must have"),
      confiture::field("personal", &AuditColumns::personal,
                       "Words that make a column's name the name of personal data"),
      confiture::field("exclude", &AuditColumns::exclude,
                       "Tables that need none, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      "compliance.audit_columns",
      "compliance",
      confiture::Severity::off,
      "Tables that hold personal data say when and by whom a row was changed",
      "GDPR, HIPAA, PCI-DSS and SOX all ask who changed personal data, and when. The rule is off "
      "until\n"
      "it is selected or configured, since not every team answers that in the table itself.",
      "CREATE TABLE customer (id bigint PRIMARY KEY, email text);",
      "CREATE TABLE customer (\n  id bigint PRIMARY KEY, email text,\n"
      "  created_at timestamptz NOT NULL, created_by text NOT NULL,\n"
      "  updated_at timestamptz NOT NULL, updated_by text NOT NULL\n);"};

  void check(const confiture::Node& table, confiture::Report& report) const {
    if (table.is_partition() || table.is_temporary() || is_listed(table, exclude)) return;
    confiture::Node data;
    for (const confiture::Node& column : table.columns())
      if (!data && matching(column.name(), personal) != nullptr) data = column;
    if (!data) return;
    std::string missing;
    for (const std::string& name : columns)
      if (!has(table, name)) missing += (missing.empty() ? "" : ", ") + name;
    if (missing.empty()) return;
    report
        .add(table, "table " + text(table.qualified_name()) + " holds personal data (" +
                        quoted(data.name()) + ") and has no " + missing)
        .hint("add the columns, and fill them by defaults and a trigger")
        .risk(confiture::Risk::low);
  }

 private:
  static bool has(const confiture::Node& table, const std::string& name) {
    for (const confiture::Node& column : table.columns())
      if (column.name() == name) return true;
    return false;
  }
};

}  // namespace plugins::compliance
