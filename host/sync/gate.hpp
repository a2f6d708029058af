// SPDX-License-Identifier: MIT
// What must hold of the target before it is published. Nothing of a run whose gate fails is kept.
#pragma once

#include <vector>

#include "host/config/anonymization.hpp"
#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/decisions.hpp"
#include "host/sync/lanes.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/report.hpp"

namespace host::sync {

class SourceValues;

enum class Verify {
  counts,  // rows are counted
  full     // and compared, and the target is searched for what was replaced
};

struct GateInput {
  const Plan& plan;
  const Catalog& source_catalog;
  const Decisions& decisions;
  const config::Anonymization& anonymization;
  postgres::Connection& source;  // in its snapshot
  postgres::Connection& target;  // in the transaction that fills it
  const SourceValues* values;    // null: counts only
  const Cancellation& cancellation;
  // Further connections that see the same rows, for what is read at the same time; may be none.
  std::vector<ConnectionPair> more = {};
};

// Adds a Check for each that holds. Throws sync.check_failed with every one that does not: its
// table, column and count, never a value.
void run_gate(const GateInput& input, Report& report);

}  // namespace host::sync
