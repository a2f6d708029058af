// SPDX-License-Identifier: MIT
// The replacement in a staging database: tables arrive one by one and stay, whatever happens to the
// run; what follows them is one transaction, and the renaming is another.
#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/load_record.hpp"
#include "host/sync/manifest.hpp"
#include "host/sync/plan_checks.hpp"
#include "host/sync/session_settings.hpp"
#include "host/sync/source_values.hpp"
#include "host/sync/sync.hpp"

namespace host::sync {

struct Sync::Staged {
  Staged(const ConnectTarget& connect, std::unique_ptr<postgres::Connection>& target,
         std::chrono::milliseconds patience, const Cancellation& cancellation)
      : staging(connect, target, patience, cancellation) {}

  Staging staging;
  std::string definitions, fingerprint;
  std::optional<TargetGuard> guard = {};
  std::unique_ptr<postgres::Connection> control = {};
  std::optional<LoadRecord> record = {};
  bool resuming = false;  // what an interrupted run has left is not given up yet
};

namespace {

// A failed check's rows are nobody's to keep.
bool is_refusal(const Error& error) {
  return error.code().id == errors::check_failed.id || error.code().id == errors::unchanged.id ||
         error.code().id == errors::target_changed.id ||
         error.code().id == errors::source_changed.id;
}

// Reads the same rows as the session that exported the snapshot, on the same server.
std::unique_ptr<postgres::Connection> open_reader(
    const std::function<std::unique_ptr<postgres::Connection>()>& connect,
    const postgres::DatabaseIdentity& source, const std::string& snapshot, const Plan& plan,
    std::chrono::milliseconds lock_timeout) {
  std::unique_ptr<postgres::Connection> reader = connect();
  if (!(postgres::identify(*reader) == source))
    throw Error(errors::several_sources, "the source's address leads to several servers",
                "give the environment the address of one, or use --publish transaction");
  reader->execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT " +
                  postgres::quote_literal(snapshot));
  pin_settings(*reader, lock_timeout);
  std::string list;
  for (const TablePlan& table : plan.tables)
    list += (list.empty() ? "ONLY " : ", ONLY ") + table.name.sql();
  reader->execute("LOCK TABLE " + list + " IN ACCESS SHARE MODE");
  return reader;
}

}  // namespace

void Sync::replace_staged(Report& report) {
  Staged staged{environment_.connect_target, environment_.target, request_.lock_timeout,
                environment_.cancellation};
  try {
    open_staging(staged);
    load_staged(staged, report);
    tell("publishing");
    staged.control.reset();
    environment_.cancellation.check();
    const std::optional<std::string> left = staged.staging.publish([&] {
      if (digest_definitions(*environment_.target) != staged.definitions)
        throw Error(errors::target_changed, "the target's schema was changed while it was copied",
                    "run it again");
      staged.guard.reset();
    });
    if (left && environment_.warn) environment_.warn(*left);
  } catch (const Error& error) {
    if (staged.staging.may_be_published()) throw;
    const bool kept =
        staged.record ? staged.record->count() > 0 && !is_refusal(error) : staged.resuming;
    staged.guard.reset();
    staged.control.reset();
    try {
      if (!kept) staged.staging.discard();
    } catch (const std::exception&) {
      // It says itself that it is unpublished, and the next run removes it.
    }
    if (kept && environment_.warn)
      environment_.warn(
          fmt::format("the target is as it was; what was copied is in database '{}', for --resume",
                      printable(staged.staging.name())));
    throw;
  }
}

void Sync::open_staging(Staged& staged) {
  Staging& staging = staged.staging;
  tell("preparing the staging database");
  staged.definitions = digest_definitions(*environment_.target);
  staged.fingerprint = fingerprint(staged.definitions);
  const auto open = [&] {
    staged.guard.emplace(*environment_.target, request_.lock_timeout);
    check_same_target(plan_, read_catalog(*environment_.target));
    staged.control = staging.connect();
    if (digest_definitions(*environment_.target) != staged.definitions) return false;
    staged.guard->bring_audit(*staged.control);
    return !staged.guard->find_changed(plan_, *staged.control).has_value();
  };
  if (request_.resume && staging.exists()) {
    staged.resuming = true;
    if (staging.take_over()) {
      staged.control = staging.connect();
      LoadRecord record(*staged.control);
      record.take_up();
      if (record.fingerprint() == staged.fingerprint && open()) return;
    }
    staged.guard.reset();
    staged.control.reset();
    if (environment_.warn)
      environment_.warn(
          "the interrupted run cannot be continued, since its configuration or one of the "
          "databases is another now; begun anew");
  }
  staged.resuming = false;
  staging.create(request_.publish == Publish::rename);
  if (!open())
    throw Error(errors::target_changed,
                fmt::format("the target was changed while database '{}' was made of it",
                            printable(staging.name())),
                "run it again when nobody writes to the target, or use --publish transaction");
  LoadRecord(*staged.control).begin(staged.fingerprint);
}

void Sync::load_staged(Staged& staged, Report& report) {
  std::unique_ptr<SourceValues> values;
  if (request_.verification() == Verify::full)
    values = std::make_unique<SourceValues>(plan_, environment_.source, environment_.cancellation);
  LoadRecord& record = staged.record.emplace(*staged.control);
  std::vector<std::optional<TableReport>> arrived = record.read(plan_);
  postgres::Connection& control = *staged.control;
  const TargetTables tables(*environment_.target, plan_);
  {
    postgres::Transaction preparing(control);
    pin_settings(control, request_.lock_timeout);
    std::vector<bool> done;
    for (const auto& table : arrived) done.push_back(table.has_value());
    tables.prepare(control, done);
    preparing.commit();
  }
  std::vector<std::unique_ptr<postgres::Connection>> sessions;
  LoadInput input = load_input(values.get());
  input.arrival = Arrival::by_piece;
  input.lanes = open_lanes(staged, sessions);
  input.cutting.possible = environment_.source.server_version() >= 140000;
  input.cutting.page_bytes =
      environment_.source.query("SELECT current_setting('block_size')::int8").integer(0, 0);
  input.cutting.piece_bytes = request_.piece_bytes;
  const std::vector<ConnectionPair> lanes = input.lanes;
  load(std::move(input), std::move(arrived), &record, report);
  tell("making indexes");
  share_out(lanes, tables.index_count(), environment_.cancellation,
            [&](std::size_t index, std::size_t lane) {
              postgres::Transaction making(*lanes[lane].target);
              pin_settings(*lanes[lane].target, std::chrono::milliseconds(0));
              tables.make_index(index, *lanes[lane].target);
              making.commit();
            });
  {
    postgres::Transaction restoring(control);
    pin_settings(control, request_.lock_timeout);
    restore(control, tables, report);
    tell("analyzing");
    control.execute("ANALYZE");
    restoring.commit();
  }
  postgres::Transaction checking(control);
  pin_settings(control, request_.lock_timeout);
  std::vector<ConnectionPair> more;
  std::vector<std::unique_ptr<postgres::Transaction>> reading;
  for (std::size_t lane = 1; lane < lanes.size(); ++lane) {
    more.push_back(lanes[lane]);
    reading.push_back(
        std::make_unique<postgres::Transaction>(*lanes[lane].target, "BEGIN READ ONLY"));
    pin_settings(*lanes[lane].target, request_.lock_timeout);
  }
  check(control, more, values.get(), report);
  reading.clear();
  record.set_aside();
  checking.commit();
}

// The first one reads by the session that exports the snapshot.
std::vector<ConnectionPair> Sync::open_lanes(
    Staged& staged, std::vector<std::unique_ptr<postgres::Connection>>& sessions) {
  const std::string snapshot =
      environment_.source.query("SELECT pg_catalog.pg_export_snapshot()").text(0, 0);
  const postgres::DatabaseIdentity source = postgres::identify(environment_.source);
  std::vector<ConnectionPair> lanes;
  for (std::size_t lane = 0; lane < std::clamp<std::size_t>(request_.jobs, 1, 8); ++lane) {
    sessions.push_back(staged.staging.connect());
    ConnectionPair pair{&environment_.source, sessions.back().get()};
    if (lane > 0) {
      sessions.push_back(
          open_reader(environment_.connect_source, source, snapshot, plan_, request_.lock_timeout));
      pair.source = sessions.back().get();
    }
    lanes.push_back(pair);
  }
  return lanes;
}

// Of all that decides what the rows in the staging database are.
std::string Sync::fingerprint(const std::string& definitions) const {
  const postgres::DatabaseIdentity source = postgres::identify(environment_.source);
  std::string all = fmt::format(
      "1\n{}\n{}\n{}\n{}\n", source.system_identifier, source.database_oid, definitions,
      environment_.session.key == nullptr ? "" : fingerprint_of(*environment_.session.key));
  for (const TablePlan& table : plan_.tables) {
    all +=
        fmt::format("{} {} {}\n{}\n", table.name.sql(), table.written, table.binary, table.where);
    for (const Column& column : table.read)
      all += fmt::format(" {} {}\n", postgres::quote_identifier(column.name), column.sql_type);
    for (const MaskedColumn& column : table.masked)
      all += fmt::format(" {} {} {}\n", postgres::quote_identifier(column.name), column.domain,
                         column.strategy.fingerprint());
  }
  for (const auto& [id, digest] : plugin_digests(plan_)) all += id + " " + digest + "\n";
  return sha256_hex(all);
}

}  // namespace host::sync
