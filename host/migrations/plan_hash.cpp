// SPDX-License-Identifier: MIT
#include "host/migrations/plan_hash.hpp"

#include <string_view>

#include "host/foundation/hash.hpp"
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
  std::string hash() const { return sha256_hex(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string plan_hash(const Plan& plan, const postgres::DatabaseIdentity& target,
                      const std::map<std::string, std::string>& variables,
                      const std::string& hooks) {
  Fields fields;
  fields.add("confiture-plan/1");
  fields.add(target.system_identifier.empty() ? target.server : target.system_identifier);
  fields.add(target.database_oid);
  fields.add(lock_name);
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
  fields.add(variables.size());
  for (const auto& [name, value] : variables) {
    fields.add(name);
    fields.add(sha256_hex(value));
  }
  fields.add(hooks);
  return fields.hash();
}

}  // namespace host::migrations
