// SPDX-License-Identifier: MIT
// confiture/detail/rewrite.hpp - calls an author's rewrite() for each cell of a batch, whatever it
// takes (text, or text that may be NULL; with or without the row) and returns (text, std::string,
// or an optional of either).
#pragma once

#include <confiture/batch.hpp>
#include <confiture/detail/instance.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace detail {

// rewrite(value, row), rewrite(value), or the same as a function; the first that compiles.
struct Last {};
struct Fourth : Last {};
struct Third : Fourth {};
struct Second : Third {};
struct First : Second {};

template <typename T, typename Value>
auto call_rewrite(T& object, Value value, Row& row, First) -> decltype(object.rewrite(value, row)) {
  return object.rewrite(value, row);
}
template <typename T, typename Value>
auto call_rewrite(T& object, Value value, Row&, Second) -> decltype(object.rewrite(value)) {
  return object.rewrite(value);
}
template <typename T, typename Value>
auto call_rewrite(T& object, Value value, Row& row, Third)
    -> decltype(object.function(value, row)) {
  return object.function(value, row);
}
template <typename T, typename Value>
auto call_rewrite(T& object, Value value, Row&, Fourth) -> decltype(object.function(value)) {
  return object.function(value);
}

template <typename T, typename Value, typename = void>
struct Rewrites : std::false_type {};
template <typename T, typename Value>
struct Rewrites<T, Value,
                std::void_t<decltype(call_rewrite(std::declval<T&>(), std::declval<Value>(),
                                                  std::declval<Row&>(), First()))>>
    : std::true_type {};

template <typename T, typename = void>
struct RewritesNull : std::false_type {};
template <typename T>
struct RewritesNull<T, std::void_t<decltype(std::declval<T&>().rewrite_null(std::declval<Row&>()))>>
    : std::true_type {};

template <typename T, typename = void>
struct NamesRewriteNull : std::false_type {};
template <typename T>
struct NamesRewriteNull<T, std::void_t<decltype(&T::rewrite_null)>> : std::true_type {};

inline confiture_str kept(std::string_view text, Row&) {
  return to_str(text);
}
inline confiture_str kept(const char* text, Row&) {
  return to_str(std::string_view(text));
}
inline confiture_str kept(const std::string& text, Row& row) {
  return to_str(row.keep(text));
}
template <typename Text>
confiture_str kept(const std::optional<Text>& text, Row& row) {
  return text ? kept(*text, row) : no_value();
}

template <typename T>
void rewrite_batch(T& object, const confiture_host& host, confiture_call* call,
                   const confiture_batch& batch) {
  using Nullable = std::optional<std::string_view>;
  static_assert(Rewrites<T, std::string_view>::value || Rewrites<T, Nullable>::value,
                "a strategy has rewrite(std::string_view, Row&), or apply(Batch&)");
  static_assert(RewritesNull<T>::value || !NamesRewriteNull<T>::value,
                "rewrite_null() is called as rewrite_null(confiture::Row&)");
  Row row(host, call, batch);
  for (std::size_t target = 0; target < batch.target_count; ++target) {
    const confiture_str* in = batch.columns[target];
    confiture_str* out = batch.out[target];
    for (std::size_t index = 0; index < batch.row_count; ++index) {
      if (index % 64 == 63) row.stop_if_cancelled();
      row.move_to(target, index);
      if constexpr (Rewrites<T, Nullable>::value) {
        out[index] = kept(call_rewrite(object, to_optional(in[index]), row, First()), row);
      } else if (in[index].data != nullptr) {
        out[index] = kept(call_rewrite(object, to_view(in[index]), row, First()), row);
      } else if constexpr (RewritesNull<T>::value) {
        out[index] = kept(object.rewrite_null(row), row);
      }
    }
  }
}

}  // namespace detail
}  // namespace confiture
#pragma GCC visibility pop
