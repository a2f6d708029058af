// SPDX-License-Identifier: MIT
// What Node leads to, where that is several: defined once NodeList is. Included by schema.hpp
// alone.
#pragma once

#include <confiture/schema.hpp>

#pragma GCC visibility push(hidden)
namespace confiture {

inline NodeList Node::list(std::uint32_t list) const noexcept {
  return {*this, list};
}
inline NodeList Node::children() const noexcept {
  return {*this, CONFITURE_LIST_CHILDREN};
}
inline NodeList Node::columns() const noexcept {
  return {*this, CONFITURE_LIST_COLUMNS};
}
inline NodeList Node::indexes() const noexcept {
  return {*this, CONFITURE_LIST_INDEXES};
}
inline NodeList Node::constraints() const noexcept {
  return {*this, CONFITURE_LIST_CONSTRAINTS};
}
inline NodeList Node::referenced_columns() const noexcept {
  return {*this, CONFITURE_LIST_REFERENCED_COLUMNS};
}
inline NodeList Node::included_columns() const noexcept {
  return {*this, CONFITURE_LIST_INCLUDED_COLUMNS};
}
inline NodeList Node::subcommands() const noexcept {
  return {*this, CONFITURE_LIST_SUBCOMMANDS};
}
inline NodeList Node::tables() const noexcept {
  return {*this, CONFITURE_LIST_TABLES};
}
inline NodeList Node::statements() const noexcept {
  return {*this, CONFITURE_LIST_STATEMENTS};
}
inline NodeList Node::triggers() const noexcept {
  return {*this, CONFITURE_LIST_TRIGGERS};
}
inline NodeList Node::policies() const noexcept {
  return {*this, CONFITURE_LIST_POLICIES};
}
inline NodeList Node::grants() const noexcept {
  return {*this, CONFITURE_LIST_GRANTS};
}
inline NodeList Node::partitions() const noexcept {
  return {*this, CONFITURE_LIST_PARTITIONS};
}
inline NodeList Node::parents() const noexcept {
  return {*this, CONFITURE_LIST_PARENTS};
}
inline NodeList Node::referenced_by() const noexcept {
  return {*this, CONFITURE_LIST_REFERENCED_BY};
}
inline NodeList Node::read_by() const noexcept {
  return {*this, CONFITURE_LIST_READ_BY};
}
inline NodeList Node::reads() const noexcept {
  return {*this, CONFITURE_LIST_READS};
}
inline NodeList Node::settings() const noexcept {
  return {*this, CONFITURE_LIST_SETTINGS};
}
inline NodeList Node::redefinitions() const noexcept {
  return {*this, CONFITURE_LIST_REDEFINITIONS};
}
inline NodeList Node::values() const noexcept {
  return {*this, CONFITURE_LIST_VALUES};
}
inline NodeList Node::keys() const noexcept {
  return {*this, CONFITURE_LIST_KEYS};
}
inline NodeList Node::arguments() const noexcept {
  return {*this, CONFITURE_LIST_ARGUMENTS};
}
inline NodeList Node::body_statements() const noexcept {
  return {*this, CONFITURE_LIST_BODY};
}
inline NodeList Node::locks() const noexcept {
  return {*this, CONFITURE_LIST_LOCKS};
}
inline NodeList Node::views() const noexcept {
  return {*this, CONFITURE_LIST_VIEWS};
}
inline NodeList Node::functions() const noexcept {
  return {*this, CONFITURE_LIST_FUNCTIONS};
}
inline NodeList Node::files() const noexcept {
  return {*this, CONFITURE_LIST_FILES};
}
inline NodeList Node::sequences() const noexcept {
  return {*this, CONFITURE_LIST_SEQUENCES};
}
inline NodeList Node::types() const noexcept {
  return {*this, CONFITURE_LIST_TYPES};
}
inline NodeList Node::extensions() const noexcept {
  return {*this, CONFITURE_LIST_EXTENSIONS};
}
inline NodeList Node::schemas() const noexcept {
  return {*this, CONFITURE_LIST_SCHEMAS};
}
inline NodeList Node::publications() const noexcept {
  return {*this, CONFITURE_LIST_PUBLICATIONS};
}
inline Node Node::setting(std::string_view setting_name) const noexcept {
  for (const Node& one : settings())
    if (one.name() == setting_name) return one;
  return {};
}

}  // namespace confiture
#pragma GCC visibility pop
