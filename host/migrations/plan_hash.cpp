// SPDX-License-Identifier: MIT
#include "host/migrations/plan_hash.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/ledger.hpp"

namespace host::migrations {
namespace {

class Fields {
 public:
  void add(std::string_view field) {
    text_ += std::to_string(field.size());
    text_ += ':';
    text_ += field;
  }
  void add(std::size_t number) { add(std::to_string(number)); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// A line a hook, as host/hooks/canonical.hpp writes them.
std::vector<std::string> split_hooks(const std::string& text) {
  std::vector<std::string> lines = split_text(text, '\n');
  lines.pop_back();
  return lines;
}

}  // namespace

std::string encode_plan(const Plan& plan, const PlanSurroundings& surroundings) {
  const postgres::DatabaseIdentity& target = surroundings.target;
  Fields fields;
  fields.add("confiture-plan/2");
  fields.add(surroundings.environment);
  fields.add(target.system_identifier.empty() ? target.server : target.system_identifier);
  fields.add(target.database_oid);
  fields.add(target.database);
  fields.add(lock_name);
  fields.add(surroundings.state);
  fields.add(to_string(plan.direction));
  fields.add(plan.steps.size());
  for (const Step& step : plan.steps) {
    const Migration& migration = *step.migration;
    fields.add(migration.version.text());
    fields.add(migration.name);
    fields.add(step.header.transactional ? "transaction" : "stepwise");
    fields.add(sha256_hex(step.script.source().text()));
    fields.add(migration.up.checksum);
    fields.add(migration.down ? migration.down->checksum : "");
    fields.add(migration.verify ? migration.verify->checksum : "");
  }
  fields.add(surroundings.variables.size());
  for (const auto& [name, value] : surroundings.variables) {
    fields.add(name);
    fields.add(sha256_hex(value));
  }
  const std::vector<std::string> hooks = split_hooks(surroundings.hooks);
  fields.add(hooks.size());
  for (const std::string& hook : hooks) {
    const boost::json::value line = boost::json::parse(hook);
    for (const char* key : {"phase", "action", "name"})
      fields.add(std::string_view(line.at(key).as_string()));
    fields.add(sha256_hex(hook));
  }
  fields.add(sha256_hex(surroundings.policy));
  return fields.take();
}

std::optional<std::vector<std::string>> decode_fields(std::string_view encoded) {
  std::vector<std::string> fields;
  while (!encoded.empty()) {
    std::size_t size = 0;
    const char* const end = encoded.data() + encoded.size();
    const auto [rest, error] = std::from_chars(encoded.data(), end, size);
    if (error != std::errc() || rest == end || *rest != ':') return std::nullopt;
    encoded.remove_prefix(static_cast<std::size_t>(rest - encoded.data()) + 1);
    if (size > encoded.size()) return std::nullopt;
    fields.emplace_back(encoded.substr(0, size));
    encoded.remove_prefix(size);
  }
  return fields;
}

}  // namespace host::migrations
