// SPDX-License-Identifier: MIT
#include "host/migrations/plan_nodes.hpp"

namespace host::migrations {

void PlanNodes::add_statements(const Step& step, sql::Node& migration) {
  for (const sql::Statement& statement : step.script.statements()) {
    sql::Node& node = arena_.add(CONFITURE_NODE_STATEMENT);
    node.file = migration.file;
    node.line = statement.place.line;
    node.column = statement.place.column;
    node.end_line = statement.end_place.line;
    node.end_column = statement.end_place.column;
    node.offset = statement.offset;
    node.end_offset = statement.end_offset;
    node.set(CONFITURE_PROP_SQL, statement.text);
    node.set(CONFITURE_PROP_STATEMENT_TAG, arena_.keep(statement.tag));
    node.set(CONFITURE_PROP_IN_TRANSACTION, std::int64_t{step.header.transactional ? 1 : 0});
    node.set_link(CONFITURE_LINK_PARENT, &migration);
    trees_.attach(node, statement.text);
    migration.append(CONFITURE_LIST_STATEMENTS, &node);
  }
}

PlanNodes::PlanNodes(const Plan& plan) : plan_(&arena_.add(CONFITURE_NODE_PLAN)) {
  for (const Step& step : plan.steps) {
    const Migration& migration = *step.migration;
    const File& file = plan.direction == Direction::up ? migration.up : *migration.down;
    sql::Node& node = arena_.add(CONFITURE_NODE_MIGRATION);
    node.file = file.shown_as;
    node.line = 1;
    node.column = 1;
    node.set(CONFITURE_PROP_NAME, std::string_view(migration.name));
    node.set(CONFITURE_PROP_VERSION, std::string_view(migration.version.text()));
    node.set(CONFITURE_PROP_SQL, step.script.source().text());
    node.set(CONFITURE_PROP_CHECKSUM, std::string_view(file.checksum));
    if (!step.header.author.empty())
      node.set(CONFITURE_PROP_AUTHOR, std::string_view(step.header.author));
    if (!step.header.summary.empty())
      node.set(CONFITURE_PROP_SUMMARY, std::string_view(step.header.summary));
    if (!step.risk.empty()) node.set(CONFITURE_PROP_RISK, std::string_view(step.risk));
    node.set(CONFITURE_PROP_IN_TRANSACTION, std::int64_t{step.header.transactional ? 1 : 0});
    node.set_link(CONFITURE_LINK_PARENT, plan_);
    add_statements(step, node);
    plan_->append(CONFITURE_LIST_CHILDREN, &node);
    migrations_.push_back(&node);
  }
}

}  // namespace host::migrations
