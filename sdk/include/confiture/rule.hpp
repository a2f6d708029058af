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
// A class may have `params`, `doc` and `void prepare(Call&)`, which runs once before.
#pragma once

#include <confiture/extension.hpp>
#include <confiture/report.hpp>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#pragma GCC visibility push(hidden)
namespace confiture {

class RuleExtension;

namespace detail {

// What a rule says of itself beside its id and its code.
struct RuleFacts {
  std::string category;
  Severity severity;
  std::string summary;
  std::initializer_list<NodeKind> node_kinds;
};
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

}  // namespace detail

// `category` is naming, structure, security, performance, compliance or safety; `severity` the
// default, Severity::off for a rule that runs only when selected; check() is called for each node
// of the kinds.
template <typename T>
RuleExtension rule(std::string id, std::string category, Severity severity, std::string summary,
                   std::initializer_list<NodeKind> node_kinds) {
  return detail::make_rule<T>(
      std::move(id), {std::move(category), severity, std::move(summary), node_kinds}, nullptr);
}
template <typename F>
RuleExtension rule(std::string id, std::string category, Severity severity, std::string summary,
                   std::initializer_list<NodeKind> node_kinds, F function) {
  using Object = detail::FunctionObject<F>;
  return detail::make_rule<Object>(std::move(id),
                                   {std::move(category), severity, std::move(summary), node_kinds},
                                   std::make_shared<Object>(Object{std::move(function)}));
}

}  // namespace confiture
#pragma GCC visibility pop
