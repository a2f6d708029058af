// SPDX-License-Identifier: MIT
// confiture/tree.hpp - a parse tree as a value that reads well: for what no property says, such as
// the functions that an expression calls. Report::tree(), statement() and expression() make one.
//
//   report.tree(view).walk([&](const Tree& node) {
//     if (node.is("FuncCall") && node.function_name() == "random") found = true;
//   });
#pragma once

#include <confiture/tree.h>
#include <confiture/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#pragma GCC visibility push(hidden)
namespace confiture {

// A node, a list or a scalar, or nothing (false), which may be asked anything. Types and fields are
// libpg_query's: SelectStmt, fromClause. Valid until the check that asked for it returns.
class Tree {
 public:
  Tree() = default;
  // `base` is where the text of the tree begins in its file.
  Tree(const confiture_tree_v1* api, const confiture_tree* tree, std::uint64_t base = 0) noexcept
      : api_(api), tree_(api == nullptr ? nullptr : tree), base_(base) {}
  explicit operator bool() const noexcept { return tree_ != nullptr; }

  std::string_view type() const noexcept {
    return tree_ ? to_view(api_->type(tree_)) : std::string_view();
  }
  bool is(std::string_view type_name) const noexcept { return tree_ && type() == type_name; }
  // Fields: a text, a number, a truth, and what has fields or items of its own.
  std::string_view text(std::string_view field) const noexcept {
    return tree_ ? to_view(api_->text(tree_, to_str(field))) : std::string_view();
  }
  std::int64_t integer(std::string_view field) const noexcept {
    return tree_ ? api_->integer(tree_, to_str(field)) : 0;
  }
  bool truth(std::string_view field) const noexcept { return integer(field) != 0; }
  Tree operator[](std::string_view field) const noexcept {
    return tree_ ? Tree(api_, api_->child(tree_, to_str(field)), base_) : Tree();
  }
  bool has(std::string_view field) const noexcept { return static_cast<bool>((*this)[field]); }

  // The items of a list, or the fields of a node that are nodes or lists.
  std::size_t size() const noexcept { return tree_ ? api_->count(tree_) : 0; }
  bool empty() const noexcept { return size() == 0; }
  Tree at(std::size_t index) const noexcept {
    return tree_ ? Tree(api_, api_->at(tree_, index), base_) : Tree();
  }
  Tree back() const noexcept { return empty() ? Tree() : at(size() - 1); }
  class Iterator {
   public:
    Iterator(const Tree* of, std::size_t index) noexcept : of_(of), index_(index) {}
    Tree operator*() const noexcept { return of_->at(index_); }
    Iterator& operator++() noexcept { return ++index_, *this; }
    bool operator!=(const Iterator& other) const noexcept { return index_ != other.index_; }

   private:
    const Tree* of_;
    std::size_t index_;
  };
  // For `for (const Tree& item : list)`, where `list` is a variable.
  Iterator begin() const noexcept { return {this, 0}; }
  Iterator end() const noexcept { return {this, size()}; }

  // Calls f for this and for everything below it, from the top. An f that returns false keeps out
  // of what is below that node.
  template <typename F>
  void walk(const F& f) const {
    if (!tree_) return;
    if constexpr (std::is_void_v<decltype(f(*this))>) {
      f(*this);
    } else {
      if (!f(*this)) return;
    }
    const std::size_t count = size();
    for (std::size_t index = 0; index < count; ++index) at(index).walk(f);
  }
  // Whether any node of the tree has the property.
  template <typename F>
  bool any(const F& f) const {
    bool found = false;
    walk([&](const Tree& node) { return !(found = found || f(node)); });
    return found;
  }

  // Where it begins in the file, for Finding::span(); 0: unknown.
  std::uint64_t offset() const noexcept {
    const std::int64_t location = integer("location");
    return location < 0 ? 0 : base_ + static_cast<std::uint64_t>(location);
  }

  // String: its text. A_Const: its literal, a string's without quotes; NULL reads as "".
  std::string_view string() const noexcept {
    if (is("A_Const")) {
      if (has("sval")) return (*this)["sval"].text("sval");
      return (*this)["fval"].text("fval");
    }
    return text("sval");
  }
  bool is_string() const noexcept { return is("A_Const") && has("sval"); }
  bool is_null() const noexcept { return is("A_Const") && truth("isnull"); }
  bool is_true() const noexcept {
    return is("A_Const") && has("boolval") && (*this)["boolval"].truth("boolval");
  }
  bool is_number() const noexcept { return is("A_Const") && (has("ival") || has("fval")); }
  std::int64_t number() const noexcept { return (*this)["ival"].integer("ival"); }
  // FuncCall: the name without its schema.
  std::string_view function_name() const noexcept { return (*this)["funcname"].back().string(); }
  // ColumnRef: the last part; "*" for a star.
  std::string_view column_name() const noexcept {
    const Tree last = (*this)["fields"].back();
    return last.is("A_Star") ? std::string_view("*") : last.string();
  }
  // TypeName: the name in pg_type, without schema and modifiers: int4, varchar.
  std::string_view type_name() const noexcept { return (*this)["names"].back().string(); }
  // A_Expr: its operator.
  std::string_view operator_name() const noexcept { return (*this)["name"].back().string(); }
  // RangeVar.
  std::string_view relation_name() const noexcept { return text("relname"); }
  std::string_view relation_schema() const noexcept { return text("schemaname"); }

 private:
  const confiture_tree_v1* api_ = nullptr;
  const confiture_tree* tree_ = nullptr;
  std::uint64_t base_ = 0;
};

}  // namespace confiture
#pragma GCC visibility pop
