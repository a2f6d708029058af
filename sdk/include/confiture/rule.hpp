// SPDX-License-Identifier: MIT
// confiture/rule.hpp - what a good schema or a safe migration looks like, from a class with
// `void check(const Node&, Report&)` or from a function of the same shape.
//
//   confiture::rule("acme.table_comment", "structure", Severity::warning, "Tables have a comment",
//                   {NodeKind::table}, [](const Node& table, Report& report) {
//                     if (table.comment().empty())
//                       report.add(table, "table " + std::string(table.name()) + " has no
//                       comment");
//                   });
//
// A class may have `params`, `doc` and `void prepare(Call&)`, which runs once before. One that also
// has a `record` says everything of itself, and is registered by rule<T>():
//
//   struct TableComment {
//     static constexpr confiture::RuleRecord record{
//         .id = "acme.table_comment", .summary = "Tables have a comment",
//         .severity = Severity::warning, .kinds = {NodeKind::table}, .why = "...", .bad = "...",
//         .good = "..."};
//     void check(const Node& table, Report& report) const;
//   };
#pragma once

#include <confiture/extension.hpp>
#include <confiture/report.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

class RuleExtension;

// The kinds of node that a rule looks at; at most eight.
class Kinds {
 public:
  template <typename... Kind>
  constexpr Kinds(Kind... kinds) : list_{kinds...}, count_(sizeof...(Kind)) {}
  constexpr const NodeKind* begin() const { return list_; }
  constexpr const NodeKind* end() const { return list_ + count_; }

 private:
  NodeKind list_[8];
  std::size_t count_;
};

// Where a rule looks. Usual: rules about statements and subcommands look at migrations, others at
// the schema. Objects of migrations are looked at as they are at the end of the chain.
enum class Scope : std::uint32_t {
  usual = 0,
  schema = CONFITURE_SCOPE_SCHEMA,
  migrations = CONFITURE_SCOPE_MIGRATIONS,
  both = CONFITURE_SCOPE_SCHEMA | CONFITURE_SCOPE_MIGRATIONS
};

enum class Fix : std::uint32_t {
  none = CONFITURE_FIX_NONE,
  safe = CONFITURE_FIX_SAFE,     // Finding::fix() may be applied unasked
  unsafe = CONFITURE_FIX_UNSAFE  // it changes what the SQL means
};

// What a rule says of itself, all of it static text: registration, documentation and the tests of
// the two examples are made from it. The category is the part of the id before the dot, unless
// given.
struct RuleRecord {
  const char* id = "";
  const char* summary = "";  // one line without a full stop: what holds where there is no finding
  Severity severity = Severity::warning;  // off: runs only when selected or configured
  Risk risk = Risk::none;                 // of its findings, where they do not say
  Kinds kinds;
  Scope scope = Scope::usual;
  const char* why = "";   // Markdown
  const char* bad = "";   // SQL with a finding
  const char* good = "";  // SQL with none
  Fix fix = Fix::none;
  const char* category = "";
};

namespace detail {

// What a rule says of itself beside its id and its code.
struct RuleFacts {
  std::string category;
  Severity severity;
  std::string summary;
  std::vector<NodeKind> node_kinds;
};
template <typename T>
RuleExtension make_recorded_rule(const RuleRecord& record);
template <typename T>
RuleExtension make_rule(std::string id, RuleFacts facts, std::shared_ptr<const void> prototype);

}  // namespace detail

// A registered rule.
class RuleExtension : public Extension {
 public:
  RuleExtension& doc(std::string markdown) {
    set_doc(std::move(markdown));
    return *this;
  }

 private:
  template <typename T>
  friend RuleExtension detail::make_rule(std::string, detail::RuleFacts,
                                         std::shared_ptr<const void>);
  template <typename T>
  friend RuleExtension detail::make_recorded_rule(const RuleRecord&);
  using Extension::Extension;
};

namespace detail {

template <typename T>
confiture_status check_rule(void* self, confiture_call* call, const confiture_node* node) noexcept {
  auto& instance = *static_cast<Instance<T>*>(self);
  return guard(instance.host, call, [&] {
    Report report(instance.host, call);
    const Node checked(instance.schema, node);
    if constexpr (IsFunctionObject<T>::value)
      instance.object.function(checked, report);
    else
      instance.object.check(checked, report);
    report.send();
  });
}

template <typename T>
RuleExtension make_rule(std::string id, RuleFacts facts, std::shared_ptr<const void> prototype) {
  RuleExtension made(CONFITURE_KIND_RULE, std::move(id), std::move(facts.summary));
  made.template implement<T>(std::move(prototype));
  Registration& registration = *made.registration_;
  registration.category = std::move(facts.category);
  for (const NodeKind kind : facts.node_kinds)
    registration.node_kinds.push_back(static_cast<std::uint32_t>(kind));
  confiture_rule_v1& table = registration.rule;
  table.struct_size = sizeof table;
  table.severity = static_cast<std::int32_t>(facts.severity);
  table.category = registration.category.c_str();
  table.node_kinds = registration.node_kinds.data();
  table.node_kind_count = static_cast<std::uint32_t>(registration.node_kinds.size());
  table.check = check_rule<T>;
  registration.descriptor.vtable = &table;
  return made;
}

template <typename T>
RuleExtension make_recorded_rule(const RuleRecord& record) {
  const std::string id = record.id, category = record.category;
  RuleExtension made = make_rule<T>(
      id,
      {category.empty() ? id.substr(0, id.find('.')) : category, record.severity, record.summary,
       std::vector<NodeKind>(record.kinds.begin(), record.kinds.end())},
      nullptr);
  made.doc(std::string(record.why) + "\n\nBad:\n```sql\n" + record.bad +
           "\n```\n\nGood:\n```sql\n" + record.good + "\n```\n");
  confiture_rule_v1& table = made.registration_->rule;
  table.why = record.why;
  table.bad_sql = record.bad;
  table.good_sql = record.good;
  table.scope = static_cast<std::uint32_t>(record.scope);
  table.fix = static_cast<std::uint32_t>(record.fix);
  table.risk = static_cast<std::int32_t>(record.risk);
  return made;
}

}  // namespace detail

// `category` is naming, structure, security, performance, compliance or safety; `severity` the
// default, Severity::off for a rule that runs only when selected; check() is called for each node
// of the kinds.
template <typename T>
RuleExtension rule(std::string id, std::string category, Severity severity, std::string summary,
                   std::initializer_list<NodeKind> node_kinds) {
  return detail::make_rule<T>(
      std::move(id), {std::move(category), severity, std::move(summary), {node_kinds}}, nullptr);
}
template <typename F>
RuleExtension rule(std::string id, std::string category, Severity severity, std::string summary,
                   std::initializer_list<NodeKind> node_kinds, F function) {
  using Object = detail::FunctionObject<F>;
  return detail::make_rule<Object>(
      std::move(id), {std::move(category), severity, std::move(summary), {node_kinds}},
      std::make_shared<Object>(Object{std::move(function)}));
}

// A class with a `record`.
template <typename T>
RuleExtension rule() {
  return detail::make_recorded_rule<T>(T::record);
}

}  // namespace confiture
#pragma GCC visibility pop
