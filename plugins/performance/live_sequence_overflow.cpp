// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::performance {
namespace {

struct LiveSequenceOverflow {
  static constexpr RuleRecord record{
      .id = "performance.live_sequence_overflow",
      .summary = "No sequence comes near its end",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "A sequence that reaches its maximum stops every INSERT that asks for a number. What "
          "counts is\n"
          "the smaller of its own maximum and of what its column can hold: an integer ends at\n"
          "2,147,483,647. Changing the column to bigint rewrites the table, so begin early.",
      .bad =
          "CREATE TABLE event (id serial PRIMARY KEY);\n"
          "SELECT setval('event_id_seq', 2000000000);",
      .good = "CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"};

  std::int64_t max_percent = 75;
  static constexpr auto params =
      confiture::params(field("max_percent", &LiveSequenceOverflow::max_percent,
                              "Numbers of a hundred that may be used", "1..100"));

  void check(const Node& database, Report& report) const {
    const auto rows = rows_of(
        report,
        "SELECT n.nspname, c.relname, last FROM pg_sequence s"
        " JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " CROSS JOIN LATERAL (SELECT CASE WHEN"
        "   has_sequence_privilege(c.oid, 'USAGE, SELECT') THEN "
        "pg_sequence_last_value(c.oid)::numeric END AS last) l"
        " LEFT JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass"
        "   AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0"
        " LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
        " CROSS JOIN LATERAL (SELECT least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN "
        "32767"
        "   WHEN 'int4'::regtype THEN 2147483647 END)::numeric AS most) m"
        " WHERE NOT s.seqcycle AND s.seqincrement > 0 AND most > 0 AND last * 100 > most * "
        "$1::bigint"
        " ORDER BY 1, 2",
        {max_percent});
    for (const auto& row : rows)
      report
          .add(relation_of(database, *row[0], *row[1]), "sequence " + quoted(*row[1]) +
                                                            " has given " + text(*row[2]) +
                                                            " and is near its end")
          .hint("make its column and the sequence bigint before it stops every INSERT");
  }
};

}  // namespace

RuleExtension live_sequence_overflow() {
  return confiture::rule<LiveSequenceOverflow>();
}

}  // namespace plugins::performance
