// SPDX-License-Identifier: MIT
// confiture/testing.hpp - runs one extension against a fake host, for a plugin author's own unit
// tests, with any test framework. Everything goes through the function pointers of the contract, so
// that a test sees what the real host would see. A failed call throws testing::Failure.
//
//   testing::Host host;
//   testing::Strategy mask(host, strategy<MaskIban>("acme.mask_iban", "..."), "{keep: 2}");
//   assert(mask("DE02120300000000202051") == "DE******************51");
#pragma once

#include <confiture/plugin.hpp>
#include <confiture/testing/host.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {

// What is tested: an Extension, or a descriptor of a plugin that outlives the test.
class Subject {
 public:
  Subject(const Extension& extension)
      : extension_(extension), descriptor_(&extension.descriptor()) {}
  Subject(const confiture_extension& descriptor) : descriptor_(&descriptor) {}
  const confiture_extension& descriptor() const noexcept { return *descriptor_; }

 private:
  std::optional<Extension> extension_;  // kept alive
  const confiture_extension* descriptor_;
};

// The extension with this id, of the entry function that is linked into the test.
inline Subject find(const confiture_plugin& plugin, std::string_view id) {
  for (std::uint32_t index = 0; index < plugin.extension_count; ++index)
    if (plugin.extensions[index]->id == id) return *plugin.extensions[index];
  throw Failure(CONFITURE_NOT_FOUND, "the plugin has no extension '" + std::string(id) + "'");
}

// A created extension; the host must outlive it. `parameters` are YAML on one line, as under
// `with:`, checked and completed by the defaults.
class Instance {
 public:
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

 protected:
  Instance(Host& host, Subject subject, std::string_view parameters,
           const std::vector<std::string>& columns = {})
      : host_(host),
        subject_(std::move(subject)),
        config_(extension().params, extension().param_count, detail::FlowReader::read(parameters),
                columns) {
    if (extension().create == nullptr) return;
    detail::FakeCall call(host_);
    call.finish(
        extension().create(&extension(), &host_.handle(), call.handle(), config_.handle(), &self_));
  }
  ~Instance() {
    if (self_ != nullptr && extension().destroy != nullptr) extension().destroy(self_);
  }

  const confiture_extension& extension() const noexcept { return subject_.descriptor(); }
  template <typename Table>
  const Table& table() const noexcept {
    return *static_cast<const Table*>(extension().vtable);
  }

  Host& host_;
  void* self_ = nullptr;

 private:
  Subject subject_;
  detail::Config config_;
};

// A strategy on the first of some columns; the others are context.
class Strategy : public Instance {
 public:
  Strategy(Host& host, Subject subject, std::string_view parameters = "{}",
           const std::vector<Tree>& columns = {column("value")})
      : Instance(host, std::move(subject), parameters, names_of(columns)),
        column_count_(columns.size()) {
    if (table<confiture_strategy_v1>().bind == nullptr) return;
    std::vector<const confiture_node*> nodes;
    for (const Tree& column : columns) nodes.push_back(column.handle());
    detail::FakeCall call(host_);
    call.finish(table<confiture_strategy_v1>().bind(self_, call.handle(), nodes.data(), 1,
                                                    static_cast<std::uint32_t>(nodes.size())));
  }

  // What one value becomes, in a row whose other columns are NULL.
  Value operator()(const Value& value) {
    std::vector<Value> row(column_count_);
    row[0] = value;
    return apply({row})[0];
  }

  // What the first column of each row becomes. All rows are one batch.
  std::vector<Value> apply(const std::vector<std::vector<Value>>& rows) {
    std::vector<std::vector<confiture_str>> in(column_count_);
    for (const std::vector<Value>& row : rows)
      for (std::size_t index = 0; index < column_count_; ++index)
        in[index].push_back(row.at(index) ? to_str(*row[index]) : no_value());
    std::vector<confiture_str> out = in[0];
    std::vector<const confiture_str*> columns;
    for (const auto& values : in) columns.push_back(values.data());
    confiture_str* const targets[] = {out.data()};
    confiture_batch batch{};
    batch.struct_size = sizeof batch;
    batch.target_count = 1;
    batch.column_count = static_cast<std::uint32_t>(column_count_);
    batch.row_count = rows.size();
    batch.columns = columns.data();
    batch.out = targets;
    detail::FakeCall call(host_);
    call.finish(table<confiture_strategy_v1>().apply(self_, call.handle(), &batch));
    std::vector<Value> results;
    for (const confiture_str& text : out)
      results.push_back(text.data == nullptr ? Value() : Value(detail::text_of(text)));
    return results;
  }

 private:
  static std::vector<std::string> names_of(const std::vector<Tree>& columns) {
    std::vector<std::string> names;
    for (const Tree& column : columns) names.push_back(column.name());
    return names;
  }

  std::size_t column_count_;
};

// A rule on nodes that were built by hand.
class Rule : public Instance {
 public:
  Rule(Host& host, Subject subject, std::string_view parameters = "{}")
      : Instance(host, std::move(subject), parameters) {}

  // What check() reports; nothing for a kind of node that the rule did not ask for.
  std::vector<Found> check(const Tree& node) {
    const auto& rule = table<confiture_rule_v1>();
    const std::uint32_t kind = Tree::table().kind(node.handle());
    const auto* end = rule.node_kinds + rule.node_kind_count;
    if (std::find(rule.node_kinds, end, kind) == end) return {};
    detail::FakeCall call(host_);
    call.finish(rule.check(self_, call.handle(), node.handle()));
    return std::move(call.found);
  }
};

// A moment at which an action runs.
struct Moment {
  Phase phase = Phase::post_execute;
  std::string environment = "local", database = "app", status = "applied", direction = "up", error;
  bool dry_run = false, in_transaction = true;
  std::uint64_t duration_us = 0, row_count = 0;
  Tree plan = Tree(NodeKind::plan);
  std::optional<Tree> migration;
};

// An action; host.answers are the database's.
class Action : public Instance {
 public:
  Action(Host& host, Subject subject, std::string_view parameters = "{}")
      : Instance(host, std::move(subject), parameters) {}

  void run(const Moment& moment = {}) {
    confiture_event event{};
    event.struct_size = sizeof event;
    event.phase = static_cast<std::uint32_t>(moment.phase);
    event.dry_run = moment.dry_run ? 1 : 0;
    event.in_transaction = moment.in_transaction ? 1 : 0;
    event.environment = to_str(moment.environment);
    event.database = to_str(moment.database);
    event.status = to_str(moment.status);
    event.direction = to_str(moment.direction);
    event.error = to_str(moment.error);
    event.duration_us = moment.duration_us;
    event.row_count = moment.row_count;
    event.plan = moment.plan.handle();
    event.migration = moment.migration ? moment.migration->handle() : nullptr;
    detail::FakeCall call(host_);
    call.finish(table<confiture_action_v1>().run(self_, call.handle(), &event));
  }
};

}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop
