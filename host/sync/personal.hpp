// SPDX-License-Identifier: MIT
// Which columns look as if they held personal data, by their names and by a sample of their values,
// and which strategy would suit each.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "host/extensions/registry.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/catalog.hpp"

namespace host::sync {

struct Suspicion {
  std::string kind;    // "email": the last part of the strategy that would suit; empty: none
  std::string reason;  // "its name", "e-mail addresses in its values"
  explicit operator bool() const { return !kind.empty(); }
};

Suspicion judge_name(const Table& table, const Column& column);
// By column, of the first rows of the table; columns that show nothing are left out.
std::map<std::string, Suspicion> judge_values(const Table& table, postgres::Connection& source);

// The id of a strategy that suits the suspicion and fits the column, or "" where no plugin has one:
// then a general one, for want of a better.
std::string suggest_strategy(const Suspicion& suspicion, const Table& table, const Column& column,
                             const Catalog& catalog, const extensions::Registry& registry);

}  // namespace host::sync
