// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/sql/node.hpp"
#include "host/sync/canonical.hpp"
#include "host/sync/step.hpp"

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

class PluginStep : public Step {
 public:
  PluginStep(const Strategy& strategy, const Column& target, const StepPlace& place,
             extensions::Session& session)
      : strategy_(strategy),
        place_(place),
        canonical_(strategy.has(CONFITURE_STRATEGY_KEYED) ? canonical_form(target)
                                                          : CanonicalForm::as_it_is),
        gathered_(strategy.context.size()) {
    std::vector<const confiture_node*> nodes{make_node(nodes_, place.table.name, target)};
    for (const std::size_t field : strategy.context)
      nodes.push_back(make_node(nodes_, place.table.name, place.table.read[field]));
    extensions::CallContext context;
    context.object = fmt::format("column '{}' of table {}", printable(place.column.name),
                                 printable(place.table.name.sql()));
    try {
      // Without a name of its own: what apply() throws is told with its row.
      instance_ =
          std::make_unique<extensions::Instance>(*strategy.extension, strategy.parameters, session);
      instance_->bind(nodes, 1, context);
      calls_ = std::make_unique<extensions::StrategyCalls>(*instance_, extensions::CallContext());
    } catch (const Error& error) {
      throw error.at(where());
    }
  }

  void apply(const Rows& rows, confiture_str* values) override {
    input_.assign(values, values + rows.count);
    if (canonical_ != CanonicalForm::as_it_is) canonicalise();
    std::vector<const confiture_str*> columns{input_.data()};
    for (std::size_t i = 0; i < strategy_.context.size(); ++i)
      columns.push_back(context_of(rows, i));
    for (std::size_t i = 0; i < rows.count; ++i) values[i] = input_[i];
    try {
      run(rows.first_row, rows.count, columns, values);
    } catch (const Error& error) {
      if (error.code().exit == Exit::interrupted) throw;
      blame_row(error, rows, columns, values);
    }
  }

 private:
  const Place& where() const {
    return strategy_.place.known() ? strategy_.place : place_.column.place;
  }

  const confiture_str* context_of(const Rows& rows, std::size_t i) {
    const confiture_str* all = (*rows.read)[strategy_.context[i]];
    if (rows.numbers == nullptr) return all;
    Values& some = gathered_[i];
    some.resize(rows.count);
    for (std::size_t row = 0; row < rows.count; ++row) some[row] = all[rows.numbers[row]];
    return some.data();
  }

  void canonicalise() {
    texts_.clear();
    texts_.resize(input_.size());
    for (std::size_t i = 0; i < input_.size(); ++i) {
      confiture_str& value = input_[i];
      if (value.data == nullptr) continue;
      const std::string_view form = canonical_text(canonical_, {value.data, value.size}, texts_[i]);
      value = {form.data(), form.size()};
    }
  }

  void run(std::uint64_t first_row, std::size_t row_count,
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

  // Where rows do not influence each other, the one that fails alone is the one to name.
  [[noreturn]] void blame_row(const Error& error, const Rows& rows,
                              const std::vector<const confiture_str*>& columns,
                              confiture_str* out) {
    if (strategy_.has(CONFITURE_STRATEGY_ROW_LOCAL)) {
      std::vector<const confiture_str*> single(columns.size());
      for (std::size_t i = 0; i < rows.count; ++i) {
        for (std::size_t c = 0; c < columns.size(); ++c) single[c] = columns[c] + i;
        out[i] = columns[0][i];
        const std::uint64_t row = rows.first_row + rows.at(i);
        try {
          run(rows.numbers == nullptr ? row : rows.first_row + i, 1, single, out + i);
        } catch (const Error& alone) {
          throw Error(alone.code(), fmt::format("{}: {}", place_.object_of(row), alone.message()),
                      alone.hint(), where());
        }
      }
    }
    throw Error(error.code(),
                fmt::format("{} or one of the {} rows after it: {}",
                            place_.object_of(rows.first_row + rows.at(0)),
                            rows.at(rows.count - 1) - rows.at(0), error.message()),
                error.hint(), where());
  }

  const Strategy& strategy_;
  const StepPlace place_;
  const CanonicalForm canonical_;
  sql::Arena nodes_;
  std::unique_ptr<extensions::Instance> instance_;
  std::unique_ptr<extensions::StrategyCalls> calls_;
  Values input_;
  std::vector<Values> gathered_;    // context, where not all rows are given
  std::vector<std::string> texts_;  // canonical forms that had to be written
};

}  // namespace

std::string StepPlace::object_of(std::uint64_t row) const {
  return fmt::format("row {}{} of column '{}' of table {}", row + 1,
                     pages == nullptr ? "" : fmt::format(" from page {} on", pages->begin),
                     printable(column.name), printable(table.name.sql()));
}

std::unique_ptr<Step> make_plugin_step(const Strategy& strategy, const Column& target,
                                       const StepPlace& place, extensions::Session& session) {
  return std::make_unique<PluginStep>(strategy, target, place, session);
}

}  // namespace host::sync
