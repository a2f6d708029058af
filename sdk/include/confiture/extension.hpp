// SPDX-License-Identifier: MIT
// confiture/extension.hpp - one action, strategy or rule as its author registers it: the contract's
// descriptor with everything that it points to. strategy.hpp, action.hpp and rule.hpp make them.
#pragma once

#include <confiture/action.h>
#include <confiture/plugin.h>
#include <confiture/rule.h>
#include <confiture/strategy.h>
#include <confiture/detail/instance.hpp>
#include <confiture/detail/parameter_table.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace detail {

// What stands behind an Extension; its address never changes.
struct Registration {
  std::string id, summary, doc;
  ParameterTable parameters;
  std::vector<std::uint32_t> node_kinds;
  std::string category;
  std::shared_ptr<const void> prototype;  // the function that was registered, if no class was
  confiture_action_v1 action{};
  confiture_strategy_v1 strategy{};
  confiture_rule_v1 rule{};
  confiture_extension descriptor{};
};

template <typename T, typename = void>
struct HasDoc : std::false_type {};
template <typename T>
struct HasDoc<T, std::void_t<decltype(std::string(T::doc))>> : std::true_type {};

template <typename T, typename = void>
struct HasFlags : std::false_type {};
template <typename T>
struct HasFlags<T, std::void_t<decltype(static_cast<std::uint32_t>(T::flags))>> : std::true_type {};

template <typename T>
constexpr std::uint32_t flags_of() {
  if constexpr (HasFlags<T>::value)
    return static_cast<std::uint32_t>(T::flags);
  else
    return 0;
}

}  // namespace detail

// Copies share one registration. Change one only before the plugin is built from it.
class Extension {
 public:
  const confiture_extension& descriptor() const noexcept { return registration_->descriptor; }

 protected:
  Extension(const char* kind, std::string id, std::string summary)
      : registration_(std::make_shared<detail::Registration>()) {
    registration_->id = std::move(id);
    registration_->summary = std::move(summary);
    confiture_extension& descriptor = registration_->descriptor;
    descriptor.struct_size = sizeof descriptor;
    descriptor.param_size = sizeof(confiture_param);
    descriptor.kind = kind;
    descriptor.id = registration_->id.c_str();
    descriptor.summary = registration_->summary.c_str();
  }

  // Takes create() and destroy(), and what the class says of itself: `params`, `doc`. `prototype`
  // is the object that instances are copied from, if T is made of a function.
  template <typename T>
  void implement(std::shared_ptr<const void> prototype) {
    confiture_extension& descriptor = registration_->descriptor;
    registration_->prototype = std::move(prototype);
    descriptor.user = registration_->prototype.get();
    descriptor.create = detail::Instance<T>::create;
    descriptor.destroy = detail::Instance<T>::destroy;
    if constexpr (detail::HasParams<T>::value) {
      const std::vector<confiture_param>& params = registration_->parameters.describe(T{});
      descriptor.params = params.data();
      descriptor.param_count = static_cast<std::uint32_t>(params.size());
    }
    if constexpr (detail::HasDoc<T>::value) set_doc(T::doc);
  }

  void set_doc(std::string markdown) {
    registration_->doc = std::move(markdown);
    registration_->descriptor.doc = registration_->doc.c_str();
  }

  std::shared_ptr<detail::Registration> registration_;
};

}  // namespace confiture
#pragma GCC visibility pop
