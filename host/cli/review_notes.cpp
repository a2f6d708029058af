// SPDX-License-Identifier: MIT
#include "host/cli/review_notes.hpp"

#include <array>
#include <boost/json.hpp>
#include <string>

#include "host/foundation/hash.hpp"
#include "host/review/policy.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using postgres::Parameter;

// What the last entry of that kind in an environment says under "sha256"; empty: there is none, or
// somebody has written one that says nothing.
std::string last_said(postgres::Connection& connection, const std::string& event,
                      const std::string& environment) {
  const std::array<Parameter, 2> parameters{event, environment};
  const postgres::Result rows = connection.query(
      "SELECT payload FROM confiture.audit WHERE event = $1 AND environment = $2 ORDER BY seq DESC "
      "LIMIT 1",
      parameters);
  if (rows.row_count() == 0) return {};
  boost::system::error_code error;
  const json::value payload = json::parse(rows.text(0, 0), error);
  const json::object* facts = error ? nullptr : payload.if_object();
  const json::value* found = facts == nullptr ? nullptr : facts->if_contains("sha256");
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

bool was_said(postgres::Connection& connection, const std::string& event,
              const std::string& plan_hash) {
  const std::array<Parameter, 2> parameters{event, plan_hash};
  return connection
      .query("SELECT EXISTS (SELECT FROM confiture.audit WHERE event = $1 AND plan_hash = $2)",
             parameters)
      .boolean(0, 0);
}

void note_change(postgres::Connection& connection, const audit::Trail& trail,
                 const std::string& event, const std::string& text) {
  const std::string now = sha256_hex(text);
  const std::string before = last_said(connection, event, trail.origin().environment);
  if (now == before) return;
  trail.append(
      connection, event,
      {{"sha256", now}, {"before", before.empty() ? json::value(nullptr) : json::value(before)}});
}

// Name, key, database role: who can say something, and how it is known.
std::string signers_of(const config::Review& review) {
  std::string text;
  for (const config::Person& person : review.people)
    text += person.name + "\n" + person.ssh_key + "\n" + person.database_role + "\n";
  return text;
}

// Those that were kept for the environment before, and of which nothing was done.
void note_superseded(postgres::Connection& connection, const audit::Trail& trail,
                     const std::string& hash) {
  const std::array<Parameter, 2> parameters{trail.origin().environment, hash};
  const postgres::Result old = connection.query(
      "SELECT DISTINCT plan_hash FROM confiture.approval_plan p WHERE environment = $1 AND "
      "plan_hash <> $2 AND NOT EXISTS (SELECT FROM confiture.approval_use u WHERE u.plan_hash = "
      "p.plan_hash) AND NOT EXISTS (SELECT FROM confiture.audit a WHERE a.event = "
      "'plan.superseded' AND a.plan_hash = p.plan_hash) ORDER BY 1",
      parameters);
  for (std::size_t row = 0; row < old.row_count(); ++row) {
    audit::Trail about = trail;
    about.origin().plan_hash = old.text(row, 0);
    about.append(connection, "plan.superseded", {{"by", hash}});
  }
}

void note_expired(postgres::Connection& connection, const audit::Trail& trail,
                  const review::Standing& standing) {
  const review::Moment now = review::now_in_milliseconds();
  for (std::size_t index = 0; index < standing.approvals.size(); ++index) {
    const review::Statement& said = standing.approvals[index].statement;
    if (said.verdict != review::Verdict::approve || said.expires > now) continue;
    const std::string digest = sha256_hex(standing.recorded[index].text);
    const Parameter pattern = digest;
    if (connection
            .query("SELECT EXISTS (SELECT FROM confiture.audit WHERE event = 'approval.expired' "
                   "AND position($1 IN payload) > 0)",
                   {&pattern, 1})
            .boolean(0, 0))
      continue;
    trail.append(connection, "approval.expired",
                 {{"approver", said.approver},
                  {"role", said.role},
                  {"expires", review::format_moment(said.expires)},
                  {"statement_sha256", digest}});
  }
}

}  // namespace

void note_review(postgres::Connection& connection, const audit::Trail& trail,
                 const config::Review& review, const review::PlanDocument& plan,
                 const review::Standing& standing) {
  const std::string& hash = plan.plan.hash;
  note_change(connection, trail, "policy.changed",
              review::canonical(review, plan.plan.environment));
  note_change(connection, trail, "signers.changed", signers_of(review));
  if (!was_said(connection, "plan.created", hash)) {
    json::array migrations;
    for (const review::PlanDocument::Migration& each : plan.migrations)
      migrations.emplace_back(each.key());
    trail.append(connection, "plan.created",
                 {{"direction", plan.direction},
                  {"risk", plan.plan.risk},
                  {"migrations", std::move(migrations)}});
  }
  note_superseded(connection, trail, hash);
  note_expired(connection, trail, standing);
}

}  // namespace host::cli
