// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct VacuumFull {
  static constexpr RuleRecord record{
      .id = "safety.vacuum_full",
      .summary = "No table in use is rewritten by VACUUM FULL or CLUSTER",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "VACUUM FULL and CLUSTER write the whole table and its indexes again under an ACCESS "
          "EXCLUSIVE lock: nobody can read or write it, for hours if it is large, and the space is "
          "needed twice. Plain VACUUM makes the space free for new rows and keeps nobody waiting. "
          "A table that the same file made is exempt.",
      .bad = "-- transaction: off\nVACUUM FULL invoice;",
      .good = "-- transaction: off\nVACUUM invoice;",
      .fix = Fix::safe};

  Sizes sizes;
  static constexpr auto params = confiture::params(field("sizes", &VacuumFull::sizes, Sizes::doc));

  void check(const Node& statement, Report& report) const {
    const std::string_view tag = statement.statement_tag();
    const bool cluster = tag == "CLUSTER";
    if (!cluster && (tag != "VACUUM" || !has_option(report.tree(statement)["options"], "full")))
      return;
    const std::string command = cluster ? "CLUSTER" : "VACUUM FULL";
    const std::string lock = " while nobody can read or write it";
    if (cluster ? statement.qualified_name().empty() : statement.subcommands().empty()) {
      advise(
          report, statement, {},
          report.add(statement, command + " rewrites every table of the database" +
                                    (cluster ? " that has been clustered" : "") + ", each" + lock));
    } else if (cluster) {
      if (!statement.created_here() && !statement.target().is_temporary())
        advise(report, statement, statement,
               report.add(statement,
                          command + " rewrites table " + text(statement.qualified_name()) + lock));
    } else {
      for (const Node& one : statement.subcommands())
        if (!one.created_here() && !one.target().is_temporary())
          advise(report, statement, one,
                 report.add(one, command + " rewrites table " + text(one.qualified_name()) + lock));
    }
  }

 private:
  void advise(const Report& report, const Node& statement, const Node& table,
              Finding& finding) const {
    const std::string hint =
        statement.server_version() >= 190000 ? "use REPACK (CONCURRENTLY)"
        : statement.statement_tag() == "CLUSTER"
            ? "take a maintenance window, or use pg_repack"
            : "use plain VACUUM, or pg_repack if the space has to go back to the system";
    if (table)
      sizes.weigh(report, table, finding, hint);
    else
      finding.hint(hint);
    const std::uint64_t vacuum = after_words(statement, {"vacuum"});
    const std::uint64_t full = after_words(statement, {"vacuum", "full"});
    if (full != 0) finding.fix(vacuum, full, "");
  }
};

}  // namespace

RuleExtension vacuum_full() {
  return confiture::rule<VacuumFull>();
}

}  // namespace plugins::safety
