// SPDX-License-Identifier: MIT
// The record of a run with the full gate: what was decided, by which programs and under which key,
// what was counted and what was waived. No values. Kept in the audit of the target, by the
// transaction that publishes the rows.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <string>
#include <string_view>

#include "host/extensions/registry.hpp"
#include "host/foundation/secret.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/compliance.hpp"
#include "host/sync/decisions.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/report.hpp"

namespace host::sync {

struct ManifestInput {
  const std::string& source;
  const std::string& target;
  const Plan& plan;
  const Catalog& catalog;  // the source's
  const Decisions& decisions;
  const Secret* key;  // null: no strategy needed one
  const extensions::Registry& registry;
  bool strict;
};

// Tells keys apart and nothing about them.
std::string fingerprint_of(const Secret& key);

// The SHA-256 of the files of the plugins that strategies of the plan come from, by plugin id.
std::map<std::string, std::string> plugin_digests(const Plan& plan);

// The event of a sync in the audit.
inline constexpr std::string_view published = "sync.published";

boost::json::object make_manifest(const ManifestInput& input, const Report& report);

// What the last manifest in the target says of its columns; nothing where there is none.
ColumnTypes last_types(postgres::Connection& target);

}  // namespace host::sync
