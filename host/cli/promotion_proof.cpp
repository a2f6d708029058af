// SPDX-License-Identifier: MIT
#include "host/cli/promotion_proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <utility>

#include "host/audit/chain.hpp"
#include "host/audit/schema.hpp"
#include "host/foundation/json.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/verification.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/errors.hpp"
#include "host/sync/manifest.hpp"

namespace host::cli {

namespace json = boost::json;

namespace {

using migrations::Applied;
using migrations::Migration;

struct Noted {
  bool audited = false;                         // there is an audit
  std::map<std::string, audit::Entry> applied;  // by version, the last entry of each
  std::map<std::string, audit::Entry> rows;     // by version, what had filled it before that
  std::optional<audit::Entry> sync;             // the last that filled it
  audit::Head head;
  std::string excerpt;
};

// The version and checksum of an entry about a migration that was applied.
std::pair<std::string, std::string> facts_of(const audit::Entry& entry) {
  const json::object facts = json::parse(entry.payload).as_object();
  return {std::string(facts.at("version").as_string()),
          std::string(facts.at("checksum").as_string())};
}

const audit::Entry* find(const std::map<std::string, audit::Entry>& entries,
                         const Migration& migration) {
  const auto found = entries.find(migration.version.text());
  return found == entries.end() ? nullptr : &found->second;
}

bool is_pending(const migrations::Plan& plan, const std::string& version) {
  return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const migrations::Step& step) {
    return step.migration->version.text() == version;
  });
}

// Of the plan's migrations; nothing where there is no audit. Throws promotion.unproven where the
// audit does not hold.
Noted read_audit(postgres::Connection& connection, const std::string& environment,
                 const migrations::Plan& plan) {
  Noted noted;
  noted.audited = audit::exists(connection);
  if (!noted.audited) return noted;
  postgres::Transaction snapshot(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  audit::Chain chain;
  audit::read_entries(connection, {}, [&](const audit::Entry& entry) {
    chain.add(entry);
    const bool about =
        entry.event == "migration.applied" && is_pending(plan, facts_of(entry).first);
    const bool rows = entry.event == sync::published;
    if (entry.event == "migration.rolled_back" && is_pending(plan, facts_of(entry).first)) {
      noted.applied.erase(facts_of(entry).first);
      noted.rows.erase(facts_of(entry).first);
    }
    if (about) {
      const std::string version = facts_of(entry).first;
      noted.applied[version] = entry;
      if (noted.sync) noted.rows[version] = *noted.sync;
    }
    if (rows) noted.sync = entry;
    if (rows && noted.applied.empty()) noted.excerpt.clear();
    if (about || rows || !noted.excerpt.empty())
      noted.excerpt += to_json(audit::to_object(entry, !about && !rows)) + "\n";
  });
  if (noted.applied.empty()) noted.excerpt.clear();
  noted.head = audit::read_head(connection);
  chain.end(noted.head);
  if (!chain.problems().empty())
    throw Error(review::errors::unproven,
                fmt::format("the audit of '{}' does not hold: {}", environment,
                            chain.problems().front().text),
                fmt::format("see all of it: confiture audit verify --env {}", environment));
  return noted;
}

// "rows: 60 in 'staging', from 'production' at ..., every column decided on".
std::string describe_rows(const audit::Entry& entry, const std::string& environment) {
  const json::object manifest = json::parse(entry.payload).as_object();
  return fmt::format("rows: {} in '{}', from '{}' at {}{}", to_json(manifest.at("rows")),
                     environment, std::string_view(manifest.at("source").as_string()), entry.at,
                     manifest.at("strict").as_bool() ? ", every column decided on" : "");
}

// That all the rows it was applied to are that environment's, with a decision on every column.
bool has_rows_of(const audit::Entry& entry, const std::string& environment) {
  const json::object manifest = json::parse(entry.payload).as_object();
  return manifest.at("source").as_string() == environment && manifest.at("strict").as_bool();
}

// Why the source does not prove a migration; empty where it does.
std::string doubt(const Migration& migration, const Applied* applied, const Noted& noted,
                  const std::string& rows_from, const config::Environment& environment) {
  const audit::Entry* entry = find(noted.applied, migration);
  if (applied == nullptr) return fmt::format("it is not applied in '{}'", environment.name);
  if (applied->checksum != migration.up.checksum ||
      (entry != nullptr && facts_of(*entry).second != migration.up.checksum))
    return fmt::format("another file was applied in '{}'", environment.name);
  if (noted.audited && entry == nullptr)
    return fmt::format("the audit of '{}' does not say that it was applied there",
                       environment.name);
  const audit::Entry* rows = find(noted.rows, migration);
  if (!rows_from.empty() && (rows == nullptr || !has_rows_of(*rows, rows_from)))
    return fmt::format(
        "it was applied in '{}' before that had the rows of '{}': take it back there, and promote "
        "it to there",
        environment.name, rows_from);
  return {};
}

// Why what is proven has not been so for long enough; empty where it has.
std::string describe_youth(const std::string& at, postgres::Connection& connection,
                           const std::string& environment, std::chrono::milliseconds soak) {
  const std::array<postgres::Parameter, 2> moment{at, std::to_string(soak.count())};
  if (connection
          .query("SELECT $1::timestamptz + $2::bigint * interval '1 millisecond' <= "
                 "clock_timestamp()",
                 moment)
          .boolean(0, 0))
    return {};
  return fmt::format("it was applied in '{}' at {}, less than {} ago", environment, at,
                     format_duration(soak));
}

}  // namespace

PromotionProof find_proof(Context& context, const std::string& name, std::chrono::milliseconds soak,
                          const migrations::Plan& plan) {
  const config::Environment environment = context.environment(name);
  const auto connection = context.connect(environment);
  const std::vector<Applied> history = migrations::Ledger(*connection).applied();
  Noted noted = read_audit(*connection, name, plan);
  const config::EnvironmentPolicy* policy = context.project().review.policy_of(name);
  const std::string rows_from = policy == nullptr ? std::string() : policy->rows_from;
  PromotionProof proof{name, {}, {}, {}, noted.head, std::move(noted.excerpt)};
  if (noted.sync) proof.rows = describe_rows(*noted.sync, name);
  for (const migrations::Step& step : plan.steps) {
    const Migration& migration = *step.migration;
    const auto found = std::find_if(history.begin(), history.end(), [&](const Applied& each) {
      return each.version == migration.version;
    });
    const Applied* applied = found == history.end() ? nullptr : &*found;
    const audit::Entry* entry = find(noted.applied, migration);
    std::string problem = doubt(migration, applied, noted, rows_from, environment);
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
    const std::string& at = entry != nullptr ? entry->at : applied->applied_at;
    if (const std::string youth = describe_youth(at, *connection, name, soak); !youth.empty())
      proof.lacking.push_back(migration.key() + ": " + youth);
    proof.evidence.push_back(
        {migration.key(), name, at, entry != nullptr ? entry->actor : applied->applied_by,
         applied->duration_ms, verified, entry != nullptr ? std::optional(*entry) : std::nullopt});
  }
  return proof;
}

PromotionProof find_wanted_proof(Context& context, const std::string& environment,
                                 const migrations::Plan& plan) {
  const config::EnvironmentPolicy* policy = context.project().review.policy_of(environment);
  if (policy == nullptr || policy->applied_in.empty() || plan.steps.empty() ||
      plan.direction != migrations::Direction::up)
    return {};
  try {
    return find_proof(context, policy->applied_in, policy->min_soak, plan);
  } catch (const Error& error) {
    if (error.code().exit == Exit::interrupted) throw;
    context.output().warning(
        fmt::format("what '{}' proves is not known: {}", policy->applied_in, error.message()));
    PromotionProof none;
    none.lacking.push_back(fmt::format("what '{}' proves is not known", policy->applied_in));
    return none;
  }
}

json::array evidence_document(const PromotionProof& proof) {
  json::array list;
  for (const review::Evidence& evidence : proof.evidence)
    list.push_back(review::to_object(evidence));
  return list;
}

std::string proof_entry(const PromotionProof& proof, const std::string& migration,
                        const audit::Trail& trail) {
  const auto found =
      std::find_if(proof.evidence.begin(), proof.evidence.end(),
                   [&](const review::Evidence& each) { return each.migration == migration; });
  if (found == proof.evidence.end()) return {};
  return trail.sql("promotion.proven",
                   {{"from", proof.from},
                    {"migration", migration},
                    {"verified", found->verified},
                    {"entry", found->entry ? json::value(found->entry->seq) : json::value(nullptr)},
                    {"seq", proof.head.seq},
                    {"hash", proof.head.hash}});
}

}  // namespace host::cli
