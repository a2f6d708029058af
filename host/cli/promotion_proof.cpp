// SPDX-License-Identifier: MIT
#include "host/cli/promotion_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>

#include "host/audit/chain.hpp"
#include "host/audit/reader.hpp"
#include "host/audit/schema.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/verification.hpp"
#include "host/review/errors.hpp"

namespace host::cli {
namespace {

using migrations::Applied;
using migrations::Migration;

// What the audit says of a migration that was applied.
struct Entry {
  std::int64_t seq = 0;
  std::string at, hash, checksum;
};

// By version, the last of each; none where there is no audit. Throws promotion.unproven where the
// audit does not hold.
std::map<std::string, Entry> read_audit(postgres::Connection& connection,
                                        const std::string& environment) {
  std::map<std::string, Entry> entries;
  if (!audit::exists(connection)) return entries;
  audit::Chain chain;
  audit::read_entries(connection, {}, [&](const audit::Entry& entry) {
    chain.add(entry);
    if (entry.event != "migration.applied") return;
    const boost::json::object facts = boost::json::parse(entry.payload).as_object();
    entries[std::string(facts.at("version").as_string())] = {
        entry.seq, entry.at, entry.hash, std::string(facts.at("checksum").as_string())};
  });
  chain.end(audit::read_head(connection));
  if (!chain.problems().empty())
    throw Error(review::errors::unproven,
                fmt::format("the audit of '{}' does not hold: {}", environment,
                            chain.problems().front().text),
                fmt::format("see all of it: confiture audit verify --env {}", environment));
  return entries;
}

// Why the source does not prove a migration; empty where it does.
std::string doubt(const Migration& migration, const Applied* applied, const Entry* entry,
                  postgres::Connection& connection, const config::Environment& environment,
                  std::chrono::milliseconds soak) {
  if (applied == nullptr) return fmt::format("it is not applied in '{}'", environment.name);
  if (applied->checksum != migration.up.checksum ||
      (entry != nullptr && entry->checksum != migration.up.checksum))
    return fmt::format("another file was applied in '{}'", environment.name);
  const std::string& at = entry != nullptr ? entry->at : applied->applied_at;
  const std::array<postgres::Parameter, 2> moment{at, std::to_string(soak.count())};
  if (!connection
           .query("SELECT $1::timestamptz + $2::bigint * interval '1 millisecond' <= "
                  "clock_timestamp()",
                  moment)
           .boolean(0, 0))
    return fmt::format("it was applied in '{}' at {}, less than {} ago", environment.name, at,
                       format_duration(soak));
  return {};
}

}  // namespace

PromotionProof find_proof(Context& context, const std::string& name, std::chrono::milliseconds soak,
                          const migrations::Plan& plan) {
  const config::Environment environment = context.environment(name);
  const auto connection = context.connect(environment);
  const std::vector<Applied> history = migrations::Ledger(*connection).applied();
  const std::map<std::string, Entry> audit = read_audit(*connection, name);
  PromotionProof proof;
  for (const migrations::Step& step : plan.steps) {
    const Migration& migration = *step.migration;
    const auto found = std::find_if(history.begin(), history.end(), [&](const Applied& each) {
      return each.version == migration.version;
    });
    const Applied* applied = found == history.end() ? nullptr : &*found;
    const auto noted = audit.find(migration.version.text());
    const Entry* entry = noted == audit.end() ? nullptr : &noted->second;
    std::string problem = doubt(migration, applied, entry, *connection, environment, soak);
    bool verified = false;
    if (problem.empty() && migration.verify) {
      try {
        migrations::verify(*connection, migration, migrations::read_verification(migration),
                           environment);
        verified = true;
      } catch (const Error& error) {
        if (error.code().exit == Exit::unreachable || error.code().exit == Exit::interrupted) throw;
        problem = fmt::format("its check does not hold in '{}': {}", name, error.message());
      }
    }
    if (!problem.empty()) {
      proof.lacking.push_back(migration.key() + ": " + problem);
      continue;
    }
    proof.evidence.push_back(fmt::format(
        "{}: applied in '{}' at {} by '{}' in {:.0f} ms{}{}", migration.key(), name,
        applied->applied_at, applied->applied_by, applied->duration_ms,
        verified ? "; its check holds there" : "",
        entry == nullptr ? "" : fmt::format("; audit entry {}, {}", entry->seq, entry->hash)));
  }
  return proof;
}

}  // namespace host::cli
