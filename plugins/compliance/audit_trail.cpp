// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct AuditTrail {
  std::vector<std::string> names = personal_names();
  std::vector<std::string> tables;
  std::vector<std::string> words{"audit",      "history", "log",    "trail",
                                 "versioning", "journal", "archive"};
  std::vector<std::string> extensions{"pgaudit", "temporal_tables", "periods", "pgmemento"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &AuditTrail::names,
            "Words that make a column's name the name of personal data"),
      field("tables", &AuditTrail::tables,
            "Tables that are regulated whatever their columns are called"),
      field("words", &AuditTrail::words,
            "Words in the name of an audit trigger, of its function or of a history table"),
      field("extensions", &AuditTrail::extensions, "Extensions that record changes"),
      field("exclude", &AuditTrail::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.audit_trail",
      .summary = "Changes of regulated tables are recorded",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::database},
      .why =
          "GDPR, HIPAA and SOX ask who changed what, and when; the row itself only has its\n"
          "last state. A trigger for UPDATE and DELETE that writes elsewhere, or a history\n"
          "table beside the table (`customer_history`), keeps it. The extensions pgaudit and\n"
          "temporal_tables do so for all; a tag `audit:` in the comment says that something\n"
          "else does. For SOX name the tables of the books under `tables`.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, email text);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE TRIGGER customer_audit AFTER INSERT OR UPDATE OR DELETE ON customer\n"
          "  FOR EACH ROW EXECUTE FUNCTION record_change();"};

  void check(const Node& database, Report& report) const {
    for (const Node& extension : database.extensions())
      if (is_listed(extension, extensions)) return;
    for (const Node& table : database.tables()) {
      if (!is_judged_table(table, exclude) || is_history(table)) continue;
      const std::string why = regulated(table, names, tables);
      if (why.empty() || has_tag(table.comment(), {"audit"}) || has_history(database, table))
        continue;
      const std::string missing = not_recorded(table);
      if (missing.empty()) continue;
      report.add(table, table_text(table) + " " + why + ", and nothing records its " + missing)
          .hint(
              "add an audit trigger, or say `audit: ...` in its comment where something else does "
              "it");
    }
  }

 private:
  bool is_history(const Node& table) const { return matching(table.name(), words) != nullptr; }
  bool has_history(const Node& database, const Node& table) const {
    for (const Node& other : database.tables()) {
      const std::string name = joined_words(other.name()), own = joined_words(table.name());
      if (is_history(other) && other != table && name.size() > own.size() &&
          !own.empty() && has_words(name, own))
        return true;
    }
    return false;
  }
  // "UPDATE and DELETE" as far as no trigger covers them.
  std::string not_recorded(const Node& table) const {
    bool update = false, gone = false;
    for (const Node& trigger : table.triggers()) {
      if (matching(trigger.name(), words) == nullptr &&
          matching(trigger.function_name(), words) == nullptr &&
          matching(trigger.function().name(), words) == nullptr)
        continue;
      update = update || trigger.events().find("update") != std::string_view::npos;
      gone = gone || trigger.events().find("delete") != std::string_view::npos;
    }
    return update ? (gone ? "" : "DELETE") : (gone ? "UPDATE" : "UPDATE and DELETE");
  }
};

}  // namespace

RuleExtension audit_trail() {
  return confiture::rule<AuditTrail>();
}

}  // namespace plugins::compliance
