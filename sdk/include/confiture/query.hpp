// SPDX-License-Identifier: MIT
// confiture/query.hpp - the parameters and the rows of Context::query().
#pragma once

#include <confiture/services.h>
#include <confiture/error.hpp>
#include <confiture/text.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

// The value of one $n; nullopt is NULL.
class QueryParameter {
 public:
  QueryParameter(std::nullopt_t) {}
  QueryParameter(std::string text) : text_(std::move(text)) {}
  QueryParameter(std::string_view text) : text_(text) {}
  QueryParameter(const char* text) : text_(text) {}
  QueryParameter(std::optional<std::string_view> text) : text_(text) {}
  QueryParameter(bool value) : text_(value ? "true" : "false") {}
  template <typename Number, typename = std::enable_if_t<std::is_integral_v<Number>>>
  QueryParameter(Number value) : text_(std::to_string(value)) {}

  confiture_str value() const noexcept { return text_ ? to_str(*text_) : no_value(); }

 private:
  std::optional<std::string> text_;
};

// `{"eu", 42, std::nullopt}`, or a vector that is built at run time.
class QueryParameters {
 public:
  QueryParameters() = default;
  QueryParameters(std::initializer_list<QueryParameter> list) : list_(list) {}
  QueryParameters(std::vector<QueryParameter> list) : list_(std::move(list)) {}

  // Views that live as long as this.
  std::vector<confiture_str> values() const {
    std::vector<confiture_str> values;
    for (const QueryParameter& parameter : list_) values.push_back(parameter.value());
    return values;
  }

 private:
  std::vector<QueryParameter> list_;
};

// The rows of a query, as text; nullopt is NULL. Dies with its call.
class Result {
 public:
  using Value = std::optional<std::string_view>;
  Result(const confiture_db_v1& db, const confiture_result* result) noexcept
      : db_(&db), result_(result) {}

  std::size_t size() const noexcept { return result_ == nullptr ? 0 : db_->row_count(result_); }
  bool empty() const noexcept { return size() == 0; }
  std::size_t column_count() const noexcept {
    return result_ == nullptr ? 0 : db_->column_count(result_);
  }
  std::string_view column_name(std::size_t column) const noexcept {
    return to_view(db_->column_name(result_, column));
  }
  // Throws an Error if the query gave no such column.
  std::size_t column(std::string_view name) const {
    for (std::size_t index = 0; index < column_count(); ++index)
      if (column_name(index) == name) return index;
    throw Error("the query gave no column '" + std::string(name) + "'");
  }
  Value at(std::size_t row, std::size_t column) const {
    if (row >= size()) throw Error("the query gave " + std::to_string(size()) + " rows");
    if (column >= column_count())
      throw Error("the query gave " + std::to_string(column_count()) + " columns");
    return to_optional(db_->value(result_, row, column));
  }

  class Row {
   public:
    Row(const Result& result, std::size_t row) noexcept : result_(result), row_(row) {}
    Value operator[](std::size_t column) const { return result_.at(row_, column); }
    Value operator[](std::string_view column) const {
      return result_.at(row_, result_.column(column));
    }

   private:
    const Result& result_;
    std::size_t row_;
  };
  Row operator[](std::size_t row) const noexcept { return {*this, row}; }

  class Iterator {
   public:
    Iterator(const Result& result, std::size_t row) noexcept : result_(result), row_(row) {}
    Row operator*() const noexcept { return {result_, row_}; }
    Iterator& operator++() noexcept {
      ++row_;
      return *this;
    }
    bool operator!=(const Iterator& other) const noexcept { return row_ != other.row_; }

   private:
    const Result& result_;
    std::size_t row_;
  };
  Iterator begin() const noexcept { return {*this, 0}; }
  Iterator end() const noexcept { return {*this, size()}; }

 private:
  const confiture_db_v1* db_;
  const confiture_result* result_;
};

}  // namespace confiture
#pragma GCC visibility pop
