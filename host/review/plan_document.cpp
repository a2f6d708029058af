// SPDX-License-Identifier: MIT
#include "host/review/plan_document.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/plan_hash.hpp"
#include "host/review/errors.hpp"
#include "host/review/ownership.hpp"
#include "host/sql/source.hpp"
#include "host/sql/statement.hpp"

namespace host::review {
namespace {

namespace json = boost::json;

// Where encode_plan() puts what, and what it puts for a migration.
constexpr std::size_t environment_field = 1, server_field = 2, database_field = 4,
                      direction_field = 7, count_field = 8, first_migration = 9,
                      fields_of_migration = 7, sql_of_migration = 3, checksum_of_migration = 4,
                      fields_of_hook = 4;

std::string text_of(const json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

std::vector<std::string> texts_of(const json::value& list) {
  std::vector<std::string> texts;
  for (const json::value& each : list.as_array()) texts.emplace_back(each.as_string());
  return texts;
}

PlanDocument read(const json::object& document) {
  PlanDocument read;
  const json::object& review = document.at("review").as_object();
  read.plan.hash = text_of(document, "plan_hash");
  read.plan.risk = text_of(document, "risk");
  read.plan.environment = text_of(review, "environment");
  read.plan.database = text_of(review, "database");
  read.plan.authors = texts_of(review.at("authors"));
  read.direction = text_of(review, "direction");
  if (const json::value* files = review.if_contains("files"))
    read.plan.touched.files = texts_of(*files);
  if (const json::value* evidence = review.if_contains("evidence"))
    for (const json::value& each : evidence->as_array())
      read.evidence.push_back(read_evidence(each.as_object()));
  const json::array& sql = review.at("sql").as_array();
  const json::array& migrations = document.at("migrations").as_array();
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    const json::object& each = migrations[i].as_object();
    read.migrations.push_back({text_of(each, "version"), text_of(each, "name"),
                               text_of(each, "risk"), std::string(sql.at(i).as_string()),
                               texts_of(each.at("reasons"))});
    const PlanDocument::Migration& last = read.migrations.back();
    add_touched(sql::parse_script(sql::Source(last.name, last.sql)), read.plan.touched);
    if (last.risk == read.plan.risk)
      read.plan.risk_reasons.insert(read.plan.risk_reasons.end(), last.reasons.begin(),
                                    last.reasons.end());
  }
  return read;
}

// Whether what the document shows is what its hash stands for.
bool is_true(const PlanDocument& document, const std::string& encoding) {
  const auto fields = migrations::decode_fields(encoding);
  const std::size_t count = document.migrations.size();
  if (sha256_hex(encoding) != document.plan.hash || !fields ||
      fields->size() < first_migration + count * fields_of_migration ||
      (*fields)[environment_field] != document.plan.environment ||
      (*fields)[server_field] + "/" + (*fields)[database_field] != document.plan.database ||
      (*fields)[direction_field] != document.direction ||
      (*fields)[count_field] != std::to_string(count))
    return false;
  for (std::size_t i = 0; i < count; ++i) {
    const PlanDocument::Migration& migration = document.migrations[i];
    const auto* field = fields->data() + first_migration + i * fields_of_migration;
    if (field[0] != migration.version || field[1] != migration.name ||
        field[sql_of_migration] != sha256_hex(migration.sql))
      return false;
  }
  return true;
}

// Throws approval.bad_plan where its evidence is not what another audit says of its migrations.
void check_evidence(const PlanDocument& document, const std::vector<std::string>& fields,
                    const std::string& shown_as) {
  for (const Evidence& evidence : document.evidence) {
    std::string wrong = fmt::format("it is about '{}'", printable(evidence.migration));
    for (std::size_t i = 0; i < document.migrations.size(); ++i) {
      const PlanDocument::Migration& migration = document.migrations[i];
      if (migration.key() == evidence.migration)
        wrong = contradiction(
            evidence, migration.version,
            fields[first_migration + i * fields_of_migration + checksum_of_migration]);
    }
    if (!wrong.empty())
      throw Error(errors::bad_plan,
                  fmt::format("the evidence in '{}' does not hold: {}", printable(shown_as),
                              printable(wrong)),
                  "somebody changed it on its way: ask for the plan again, and tell who sent it");
  }
}

// The hooks among the fields of a plan that is true.
std::vector<std::string> hooks_in(const std::vector<std::string>& fields, std::size_t count) {
  std::size_t at = first_migration + count * fields_of_migration;
  at += 1 + 2 * std::stoul(fields.at(at));  // variables
  std::vector<std::string> hooks;
  const std::size_t end = std::stoul(fields.at(at));
  for (std::size_t hook = at + 1; hooks.size() < end; hook += fields_of_hook)
    hooks.push_back(
        fmt::format("{} {} {}", fields.at(hook), fields.at(hook + 1), fields.at(hook + 2)));
  return hooks;
}

}  // namespace

json::object review_field(const PlanToDecide& decided, const migrations::Plan& plan,
                          const std::string& encoding) {
  json::array sql;
  for (const migrations::Step& step : plan.steps) sql.emplace_back(step.script.source().text());
  json::array files;
  for (const migrations::Step& step : plan.steps) files.emplace_back(step.script.source().name());
  return {{"environment", decided.environment},
          {"files", std::move(files)},
          {"database", decided.database},
          {"direction", migrations::to_string(plan.direction)},
          {"authors", json::value_from(decided.authors)},
          {"encoding", encoding},
          {"sql", std::move(sql)}};
}

PlanDocument read_plan_document(std::string_view text, const std::string& shown_as) {
  PlanDocument document;
  std::string encoding;
  try {
    const json::value parsed = json::parse(json::string_view(text.data(), text.size()));
    document = read(parsed.as_object());
    encoding = text_of(parsed.as_object().at("review").as_object(), "encoding");
  } catch (const std::exception&) {
    throw Error(errors::bad_plan,
                fmt::format("'{}' is no plan to be approved", printable(shown_as)),
                "write one with: confiture migrate plan --env ENV --format json -o FILE, for an "
                "environment that has a policy in review");
  }
  if (!is_true(document, encoding))
    throw Error(
        errors::bad_plan,
        fmt::format("'{}' shows something else than what its hash stands for", printable(shown_as)),
        "somebody changed it on its way: ask for the plan again, and tell who sent it");
  if (document.migrations.empty())
    throw Error(errors::bad_plan,
                fmt::format("'{}' is a plan that does nothing", printable(shown_as)),
                "nothing was pending when it was written");
  const std::vector<std::string> fields = *migrations::decode_fields(encoding);
  check_evidence(document, fields, shown_as);
  document.hooks = hooks_in(fields, document.migrations.size());
  document.text = text;
  return document;
}

}  // namespace host::review
