// SPDX-License-Identifier: MIT
// Asks the classifiers of all plugins what the statements of a plan do, in the order of the plan:
// what an earlier statement made is known when a later one changes it.
#pragma once

#include <memory>
#include <vector>

#include "host/config/risk.hpp"
#include "host/extensions/instance.hpp"
#include "host/extensions/registry.hpp"
#include "host/review/effect.hpp"
#include "host/sql/schema_model.hpp"

namespace host::review {

// [main]
class Classifiers {
 public:
  // Throws config.unknown_classifier with the place in the configuration, and what is wrong with
  // parameters. `facts`: of the database that the plan is for, in a session that may only read and
  // waits for nobody; null: there is none. All outlive this.
  Classifiers(const extensions::Registry& registry, const config::Risk& configuration,
              extensions::Session& session, postgres::Connection* facts,
              const sql::ModelOptions& options);
  ~Classifiers();

  // One effect for each statement of the script. Throws plugin.bug or plugin.failed at the
  // statement's place.
  std::vector<Effect> classify(const sql::Script& script, const sql::MigrationFacts& facts);

  // Of the way back of a migration that stands alone: what its way up made is known, so that taking
  // back no more than that loses nothing.
  std::vector<Effect> classify_way_back(const sql::Script& up, const sql::Script& down,
                                        const sql::MigrationFacts& facts);

 private:
  std::vector<Effect> classify_in(sql::SchemaModel& model, const sql::Script& script);
  void ask(const sql::Node& statement, Effect& effect);

  sql::ModelOptions options_;
  extensions::CallContext context_;
  std::vector<std::unique_ptr<extensions::Instance>> instances_;
  std::unique_ptr<sql::SchemaModel> plan_;
};

}  // namespace host::review
