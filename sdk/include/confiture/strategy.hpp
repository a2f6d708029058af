// SPDX-License-Identifier: MIT
// confiture/strategy.hpp - how a column's values are replaced, from a class or from a function.
//
// A class has one of
//   std::string_view rewrite(std::string_view value, Row& row);   NULL stays NULL, unless there is
//   std::string_view rewrite_null(Row& row);                      beside it
//   void apply(Batch& batch);                                     all rows at once
// rewrite() may also take std::optional<std::string_view>, do without the row, and return a
// std::string or an optional. It may have `params`, `doc`, `flags`, and
//   void prepare(Call&);                          once, with the parameters read: derive keys here
//   void bind(const BatchColumns&, Call&);        once, before the first batch: look at types here
// An object belongs to one worker, so it needs no lock; a function is copied for each.
#pragma once

#include <confiture/batch.hpp>
#include <confiture/detail/rewrite.hpp>
#include <confiture/extension.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#pragma GCC visibility push(hidden)
namespace confiture {

// What a strategy promises, and the host tests by sample.
enum class StrategyFlag : std::uint32_t {
  deterministic = CONFITURE_STRATEGY_DETERMINISTIC,
  row_local = CONFITURE_STRATEGY_ROW_LOCAL,
  keeps_unique = CONFITURE_STRATEGY_KEEPS_UNIQUE,
  wants_key = CONFITURE_STRATEGY_WANTS_KEY,
  keyed = CONFITURE_STRATEGY_KEYED
};
constexpr StrategyFlag operator|(StrategyFlag a, StrategyFlag b) {
  return static_cast<StrategyFlag>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

class StrategyExtension;

namespace detail {
template <typename T>
StrategyExtension make_strategy(std::string id, std::string summary,
                                std::shared_ptr<const void> prototype);
}  // namespace detail

// A registered strategy.
class StrategyExtension : public Extension {
 public:
  StrategyExtension& doc(std::string markdown) {
    set_doc(std::move(markdown));
    return *this;
  }
  StrategyExtension& flags(StrategyFlag flags) {
    registration_->strategy.flags = static_cast<std::uint32_t>(flags);
    return *this;
  }

 private:
  template <typename T>
  friend StrategyExtension detail::make_strategy(std::string, std::string,
                                                 std::shared_ptr<const void>);
  using Extension::Extension;
};

namespace detail {

template <typename T, typename = void>
struct HasApply : std::false_type {};
template <typename T>
struct HasApply<T, std::void_t<decltype(std::declval<T&>().apply(std::declval<Batch&>()))>>
    : std::true_type {};

template <typename T, typename = void>
struct HasBind : std::false_type {};
template <typename T>
struct HasBind<T, std::void_t<decltype(std::declval<T&>().bind(std::declval<const BatchColumns&>(),
                                                               std::declval<Call&>()))>>
    : std::true_type {};

template <typename T, typename = void>
struct NamesBind : std::false_type {};
template <typename T>
struct NamesBind<T, std::void_t<decltype(&T::bind)>> : std::true_type {};

template <typename T>
confiture_status bind_strategy(void* self, confiture_call* call,
                               const confiture_node* const* columns, std::uint32_t target_count,
                               std::uint32_t column_count) noexcept {
  auto& instance = *static_cast<Instance<T>*>(self);
  return guard(instance.host, call, [&] {
    Call setup(instance.host, call);
    instance.object.bind(BatchColumns(instance.schema, columns, target_count, column_count), setup);
  });
}

template <typename T>
confiture_status apply_strategy(void* self, confiture_call* call,
                                const confiture_batch* rows) noexcept {
  auto& instance = *static_cast<Instance<T>*>(self);
  const auto apply = [&] {
    if constexpr (HasApply<T>::value) {
      Batch batch(instance.host, call, *rows);
      instance.object.apply(batch);
    } else {
      rewrite_batch(instance.object, instance.host, call, *rows);
    }
  };
  return guard(instance.host, call, apply, Texts::withheld);
}

template <typename T>
StrategyExtension make_strategy(std::string id, std::string summary,
                                std::shared_ptr<const void> prototype) {
  static_assert(HasBind<T>::value || !NamesBind<T>::value,
                "bind() is called as bind(const confiture::BatchColumns&, confiture::Call&)");
  StrategyExtension made(CONFITURE_KIND_STRATEGY, std::move(id), std::move(summary));
  made.template implement<T>(std::move(prototype));
  confiture_strategy_v1& table = made.registration_->strategy;
  table.struct_size = sizeof table;
  table.flags = flags_of<T>();
  if constexpr (HasBind<T>::value) table.bind = bind_strategy<T>;
  table.apply = apply_strategy<T>;
  made.registration_->descriptor.vtable = &table;
  return made;
}

}  // namespace detail

template <typename T>
StrategyExtension strategy(std::string id, std::string summary) {
  return detail::make_strategy<T>(std::move(id), std::move(summary), nullptr);
}
template <typename F>
StrategyExtension strategy(std::string id, std::string summary, F function) {
  using Object = detail::FunctionObject<F>;
  return detail::make_strategy<Object>(std::move(id), std::move(summary),
                                       std::make_shared<Object>(Object{std::move(function)}));
}

}  // namespace confiture
#pragma GCC visibility pop
