// SPDX-License-Identifier: MIT
#include "plugins/audit/record.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/action_common/event_json.hpp"
#include "plugins/action_common/phases.hpp"

namespace audit {
namespace {

// The name of the column for each fact; empty: left out.
struct Columns {
  std::string recorded_at = "recorded_at", recorded_by = "recorded_by", phase = "phase",
              environment = "environment", direction = "direction", status = "status",
              version = "version", name = "name", checksum = "checksum", author = "author",
              summary = "summary", risk = "risk", duration_ms = "duration_ms",
              row_count = "row_count", error = "error", metadata = "metadata";
  static constexpr auto params = confiture::params(
      confiture::field("recorded_at", &Columns::recorded_at, "When, timestamptz", "..63"),
      confiture::field("recorded_by", &Columns::recorded_by, "The database role, text", "..63"),
      confiture::field("phase", &Columns::phase, "text", "..63"),
      confiture::field("environment", &Columns::environment, "text", "..63"),
      confiture::field("direction", &Columns::direction, "up, down or sync, text", "..63"),
      confiture::field("status", &Columns::status, "pending, applied, rolled_back or error, text",
                       "..63"),
      confiture::field("version", &Columns::version, "Of the migration, text", "..63"),
      confiture::field("name", &Columns::name, "Of the migration, text", "..63"),
      confiture::field("checksum", &Columns::checksum, "Of the migration, text", "..63"),
      confiture::field("author", &Columns::author, "Of the migration, text", "..63"),
      confiture::field("summary", &Columns::summary, "Of the migration, text", "..63"),
      confiture::field("risk", &Columns::risk, "Of the migration, text", "..63"),
      confiture::field("duration_ms", &Columns::duration_ms, "bigint", "..63"),
      confiture::field("row_count", &Columns::row_count, "Rows written by a sync, bigint", "..63"),
      confiture::field("error", &Columns::error, "The message after a failure, text", "..63"),
      confiture::field("metadata", &Columns::metadata, "What hooks of the run have left, jsonb",
                       "..63"));
};

std::string quote(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + '"';
}

// What a record says, in the order of its columns.
struct Fact {
  std::string Columns::*column;
  const char* type;
  bool always;             // never NULL
  const char* expression;  // SQL; null: `value` as a parameter, NULL where it is empty
  std::string (*value)(const confiture::Event&, const confiture::Context&);
};

using confiture::Context;
using confiture::Event;
constexpr std::array<Fact, 16> record_facts{{
    {&Columns::recorded_at, "timestamptz", true, "pg_catalog.clock_timestamp()", nullptr},
    {&Columns::recorded_by, "text", true, "session_user", nullptr},
    {&Columns::phase, "text", true, nullptr,
     [](const Event& event, const Context&) {
       return std::string(action_common::phase_name(event.phase()));
     }},
    {&Columns::environment, "text", true, nullptr,
     [](const Event& event, const Context&) { return std::string(event.environment()); }},
    {&Columns::direction, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.direction()); }},
    {&Columns::status, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.status()); }},
    {&Columns::version, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.migration().version()); }},
    {&Columns::name, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.migration().name()); }},
    {&Columns::checksum, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.migration().checksum()); }},
    {&Columns::author, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.migration().author()); }},
    {&Columns::summary, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.migration().summary()); }},
    {&Columns::risk, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.migration().risk()); }},
    {&Columns::duration_ms, "int8", true, nullptr,
     [](const Event& event, const Context&) {
       return std::to_string(event.duration().count() / 1000);
     }},
    {&Columns::row_count, "int8", true, nullptr,
     [](const Event& event, const Context&) { return std::to_string(event.row_count()); }},
    {&Columns::error, "text", false, nullptr,
     [](const Event& event, const Context&) { return std::string(event.error()); }},
    {&Columns::metadata, "jsonb", true, nullptr,
     [](const Event&, const Context& context) { return action_common::metadata_json(context); }},
}};

// The host's own: a chain of entries, which take what there is to say as one JSON text.
constexpr const char* built_in = "confiture.audit";

struct Record {
  std::string table = built_in;
  Columns columns;
  bool create = false;
  static constexpr auto params = confiture::params(
      confiture::field("table", &Record::table,
                       "The table as SQL writes it, best with its schema; confiture.audit is "
                       "the built-in audit",
                       "1.."),
      confiture::field("columns", &Record::columns,
                       "Columns that have another name, or an empty name to leave a fact out"),
      confiture::field("create", &Record::create, "Make the table where it is not there"));
  static constexpr auto flags = confiture::ActionFlag::writes;
  static constexpr const char* doc =
      R"doc(Writes into a table of your choice, a row with these columns, or into confiture's own audit.

| column | type | holds |
|---|---|---|
| `recorded_at` | timestamptz | when |
| `recorded_by` | text | the database role that ran it |
| `phase`, `environment`, `direction`, `status` | text | what happened where |
| `version`, `name`, `checksum`, `author`, `summary`, `risk` | text | the migration; NULL in phases of the whole run |
| `duration_ms`, `row_count` | int8 | how long it took; the rows that a sync wrote |
| `error` | text | the message after a failure; never a row's values |
| `metadata` | jsonb | what hooks of the run have left so far: `backup.file`, `lint.findings`, ... |

In `post_execute` the row is part of the migration's transaction: it is there if the migration is. In
`on_error` it is written after the failed migration was rolled back, so a failure leaves a row too.

```yaml
hooks:
  post_execute:
    - action: audit.record
      with:
        table: audit.schema_changes
        columns: { recorded_at: happened_at, checksum: sha256, risk: "" }
  on_error:
    - action: audit.record
      with: { table: audit.schema_changes, columns: { recorded_at: happened_at, checksum: sha256, risk: "" } }
```

`create: true` makes the table where it is not there, with a primary key `id` beside these columns; its
schema must exist. A table of your own may have more columns, and needs only those that are named.

Without a `table` the facts go to confiture's own audit, `confiture.audit`, as the payload of an entry
`hook.PHASE`: what `notify.webhook` sends, without the SQL. Each entry holds the hash of the one before it,
so whoever writes the next one waits until this one's transaction is committed: `post_execute` is the better
place than `pre_execute`, which would keep approvals waiting for as long as the migration takes.
`confiture audit log` shows what is there; runs, migrations and approvals are in it without any hook.

Not in a dry run.
)doc";

  void prepare(confiture::Call&) const {
    if (table == built_in && renames())
      throw confiture::BadConfig("`columns` is for a `table` of your own",
                                 "the built-in audit has the columns that it has");
    std::set<std::string> named;
    for (const Fact& fact : record_facts) {
      const std::string& column = columns.*fact.column;
      if (!column.empty() && !named.insert(column).second)
        throw confiture::BadConfig("two columns have the name '" + column + "'");
    }
    if (named.empty()) throw confiture::BadConfig("all `columns` are left out");
  }

  void run(const Event& event, confiture::Context& context) const {
    if (table == built_in) {
      const std::string phase(action_common::phase_name(event.phase()));
      const std::string facts =
          action_common::event_json(event, context, action_common::Detail::brief);
      // The host has made it before any hook runs that writes.
      context.query("SELECT confiture.append_audit($1, $2, NULL, NULL, NULL, $3, NULL, NULL)",
                    {"hook." + phase, facts, std::string(event.environment())});
      return;
    }
    const std::string target = quoted_table(context);
    if (create) make_table(target, context);
    std::string names, values;
    std::vector<confiture::QueryParameter> parameters;
    for (const Fact& fact : record_facts) {
      const std::string& column = columns.*fact.column;
      if (column.empty()) continue;
      const char* comma = names.empty() ? "" : ", ";
      names += comma + quote(column);
      values += comma;
      if (fact.expression != nullptr) {
        values += fact.expression;
        continue;
      }
      std::string value = fact.value(event, context);
      if (value.empty())
        parameters.emplace_back(std::nullopt);
      else
        parameters.emplace_back(std::move(value));
      values += "$" + std::to_string(parameters.size()) + "::pg_catalog." + fact.type;
    }
    context.query("INSERT INTO " + target + " (" + names + ") VALUES (" + values + ")", parameters);
  }

 private:
  bool renames() const {
    return std::any_of(record_facts.begin(), record_facts.end(), [&](const Fact& fact) {
      return columns.*fact.column != Columns().*fact.column;
    });
  }

  // The server reads the name, so that quotes and upper case mean what they mean in SQL.
  std::string quoted_table(confiture::Context& context) const {
    try {
      const confiture::Result name = context.query(
          "SELECT pg_catalog.string_agg(pg_catalog.quote_ident(part), '.' ORDER BY number) FROM "
          "pg_catalog.unnest(pg_catalog.parse_ident($1)) WITH ORDINALITY AS p (part, number)",
          {table});
      return std::string(name.at(0, 0).value_or(""));
    } catch (const confiture::DatabaseError&) {
      throw confiture::Error("`table` is not a name as SQL writes it: '" + table + "'",
                             "quote what is not lower case: public.\"Schema Changes\"");
    }
  }

  void make_table(const std::string& target, confiture::Context& context) const {
    const confiture::Result there =
        context.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", {target});
    if (there.at(0, 0) == "t") return;
    std::string text =
        "CREATE TABLE " + target + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
    for (const Fact& fact : record_facts) {
      const std::string& column = columns.*fact.column;
      if (!column.empty())
        text += ", " + quote(column) + " " + fact.type + (fact.always ? " NOT NULL" : "");
    }
    context.query(text + ")");
  }
};

}  // namespace

confiture::ActionExtension record_action() {
  return confiture::action<Record>("audit.record",
                                   "Write a row into the audit, or into a table of your choice",
                                   action_common::any_phase);
}

}  // namespace audit
