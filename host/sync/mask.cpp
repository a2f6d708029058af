// SPDX-License-Identifier: MIT
#include "host/sync/mask.hpp"

#include <fmt/format.h>

#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::sync {
namespace {

const confiture_node* make_node(sql::Arena& arena, const TableName& table, const Column& column) {
  sql::Node& parent = arena.add(CONFITURE_NODE_TABLE);
  parent.set(CONFITURE_PROP_NAME, arena.keep(table.name));
  parent.set(CONFITURE_PROP_SCHEMA_NAME, arena.keep(table.schema));
  parent.set(CONFITURE_PROP_QUALIFIED_NAME, arena.keep(table.sql()));
  sql::Node& node = arena.add(CONFITURE_NODE_COLUMN);
  node.set(CONFITURE_PROP_NAME, arena.keep(column.name));
  node.set(CONFITURE_PROP_QUALIFIED_NAME,
           arena.keep(table.sql() + "." + postgres::quote_identifier(column.name)));
  node.set(CONFITURE_PROP_TYPE_NAME, arena.keep(column.type_name));
  node.set(CONFITURE_PROP_TYPE_OID, std::int64_t{column.type_oid});
  node.set(CONFITURE_PROP_NULLABLE, std::int64_t{!column.not_null});
  node.set(CONFITURE_PROP_GENERATED, std::int64_t{column.generated});
  if (column.max_length > 0) node.set(CONFITURE_PROP_MAX_LENGTH, std::int64_t{column.max_length});
  node.set_link(CONFITURE_LINK_PARENT, &parent);
  return &node;
}

}  // namespace

Mask::Mask(const TablePlan& table, const MaskedColumn& column, extensions::Session& session)
    : table_(table), column_(column) {
  std::vector<const confiture_node*> nodes{make_node(nodes_, table.name, column.target)};
  for (const std::size_t field : column.context)
    nodes.push_back(make_node(nodes_, table.name, table.read[field]));
  extensions::CallContext context;
  context.object =
      fmt::format("column '{}' of table {}", printable(column.name), printable(table.name.sql()));
  try {
    // Without a name of its own: what apply() throws is told with its row.
    instance_ =
        std::make_unique<extensions::Instance>(*column.strategy, column.parameters, session);
    instance_->bind(nodes, 1, context);
    calls_ = std::make_unique<extensions::StrategyCalls>(*instance_, extensions::CallContext());
  } catch (const Error& error) {
    throw error.at(column.place);
  }
}

std::string Mask::object_of(std::uint64_t row) const {
  return fmt::format("row {} of column '{}' of table {}", row + 1, printable(column_.name),
                     printable(table_.name.sql()));
}

void Mask::run(std::uint64_t first_row, std::size_t row_count,
               const std::vector<const confiture_str*>& columns, confiture_str* out) {
  confiture_batch batch{};
  batch.struct_size = sizeof batch;
  batch.target_count = 1;
  batch.column_count = static_cast<std::uint32_t>(columns.size());
  batch.first_row = first_row;
  batch.row_count = row_count;
  batch.columns = columns.data();
  batch.out = &out;
  calls_->apply(batch);
}

void Mask::apply(std::uint64_t first_row, std::size_t row_count,
                 const std::vector<const confiture_str*>& columns, confiture_str* out) {
  try {
    run(first_row, row_count, columns, out);
  } catch (const Error& error) {
    if (error.code().exit == Exit::interrupted) throw;
    blame_row(error, first_row, row_count, columns, out);
  }
}

// Where rows do not influence each other, the one that fails alone is the one to name.
void Mask::blame_row(const Error& error, std::uint64_t first_row, std::size_t row_count,
                     const std::vector<const confiture_str*>& columns, confiture_str* out) {
  if ((column_.strategy->strategy.flags & CONFITURE_STRATEGY_ROW_LOCAL) != 0) {
    std::vector<const confiture_str*> single(columns.size());
    for (std::size_t row = 0; row < row_count; ++row) {
      for (std::size_t c = 0; c < columns.size(); ++c) single[c] = columns[c] + row;
      out[row] = columns[0][row];
      try {
        run(first_row + row, 1, single, out + row);
      } catch (const Error& alone) {
        throw Error(alone.code(),
                    fmt::format("{}: {}", object_of(first_row + row), alone.message()),
                    alone.hint(), column_.place);
      }
    }
  }
  throw Error(error.code(),
              fmt::format("{} or one of the {} rows after it: {}", object_of(first_row),
                          row_count - 1, error.message()),
              error.hint(), column_.place);
}

}  // namespace host::sync
