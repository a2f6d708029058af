// SPDX-License-Identifier: MIT
#include "host/sync/sync.hpp"

#include <confiture/abi.h>

#include <boost/json.hpp>

#include "host/audit/schema.hpp"
#include "host/foundation/time.hpp"
#include "host/sync/manifest.hpp"

namespace host::sync {

Report Sync::run() {
  Report report;
  // A hook may have something for the audit; without one, a run that fails leaves nothing.
  const bool needs_audit = environment_.hooks != nullptr && environment_.hooks->may_write();
  try {
    if (needs_audit && !audit::exists(*environment_.target)) audit::create(*environment_.target);
    fire(CONFITURE_PHASE_PRE_SYNC, hooks::Part::all, false, report, *environment_.target);
    replace(report);
  } catch (const Error& error) {
    note_failure(error);
    fire_on_error(error);
    throw;
  }
  fire(CONFITURE_PHASE_POST_SYNC, hooks::Part::outside, false, report, *environment_.target);
  report.duration_ms = elapsed_ms(start_);
  return report;
}

audit::Trail Sync::trail() const {
  audit::Origin origin{request_.target_name};
  origin.person = request_.person;
  return audit::Trail(std::move(origin));
}

// In the transaction that publishes the rows, last of all: others may wait to write the audit.
void Sync::note_rows(Report& report, postgres::Connection& target) {
  boost::json::object facts;
  if (request_.verification() == Verify::full) {
    facts = make_manifest({request_.source_name, request_.target_name, plan_, source_, *decisions_,
                           environment_.session.key, environment_.registry, request_.is_strict()},
                          report);
    report.manifest = audit::canonical_json(facts);
    if (!audit::exists(target)) audit::create(target);
  } else if (!audit::writable(target)) {
    return;
  } else {
    boost::json::object tables;
    for (const TableReport& table : report.tables)
      tables[table.table.sql()] = boost::json::object{{"rows", table.rows}};
    facts = {{"source", request_.source_name},
             {"target", request_.target_name},
             {"strict", false},
             {"rows", report.rows},
             {"tables", std::move(tables)}};
  }
  trail().append(target, published, facts);
}

void Sync::note_failure(const Error& error) noexcept {
  try {
    if (environment_.target != nullptr && audit::writable(*environment_.target))
      trail().append(*environment_.target, "sync.failed",
                     {{"source", request_.source_name},
                      {"code", error.code().id},
                      {"message", error.message()}});
  } catch (const std::exception&) {
    // The run's own failure is the one to report.
  }
}

void Sync::fire(std::uint32_t phase, hooks::Part part, bool in_transaction, const Report& report,
                postgres::Connection& connection) {
  if (environment_.hooks == nullptr) return;
  hooks::Event event;
  event.phase = phase;
  event.part = part;
  event.in_transaction = in_transaction;
  event.status = phase == CONFITURE_PHASE_PRE_SYNC ? "pending" : "applied";
  event.direction = "sync";
  event.row_count = report.rows;
  event.duration = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start_);
  environment_.hooks->fire(event, &connection);
}

void Sync::fire_on_error(const Error& error) noexcept {
  if (environment_.hooks == nullptr) return;
  try {
    hooks::Event event;
    event.phase = CONFITURE_PHASE_ON_ERROR;
    event.status = "error";
    event.direction = "sync";
    event.error = error.message();
    environment_.hooks->fire(event, environment_.target.get());
  } catch (const std::exception&) {
    // The run's own failure is the one to report.
  }
}

void Sync::tell(std::string_view doing) {
  progress_.doing = doing;
  if (environment_.progress) environment_.progress(progress_);
}

}  // namespace host::sync
