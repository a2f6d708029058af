// SPDX-License-Identifier: MIT
#include "host/review/classifiers.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "host/config/parameters.hpp"
#include "host/sql/large_stack.hpp"

namespace host::review {
namespace {

// Of which only what is touched is memory: trees are as deep as the SQL nests.
constexpr std::size_t walking_stack = std::size_t{1} << 30;

}  // namespace

Classifiers::Classifiers(const extensions::Registry& registry, const config::Risk& configuration,
                         extensions::Session& session, postgres::Connection* facts,
                         const sql::ModelOptions& options)
    : options_(options), plan_(std::make_unique<sql::SchemaModel>(options)) {
  constexpr auto kind = extensions::Kind::classifier;
  for (const config::ClassifierSetting& setting : configuration.classifiers)
    registry.require(kind, setting.classifier, setting.place);
  context_.connection = facts;
  for (const extensions::Extension* extension : registry.all(kind)) {
    const auto setting = std::find_if(
        configuration.classifiers.begin(), configuration.classifiers.end(),
        [&](const config::ClassifierSetting& one) { return one.classifier == extension->id; });
    const bool configured = setting != configuration.classifiers.end();
    config::Parameters parameters = config::check_parameters(
        configured ? &setting->with : nullptr, extension->parameters,
        "classifier '" + extension->id + "'", configured ? setting->place : Place{});
    instances_.push_back(std::make_unique<extensions::Instance>(*extension, std::move(parameters),
                                                                session, extension->id));
  }
}

Classifiers::~Classifiers() = default;

std::vector<Effect> Classifiers::classify(const sql::Script& script,
                                          const sql::MigrationFacts& facts) {
  plan_->note_facts({{script.source().name(), facts}});
  return classify_in(*plan_, script);
}

std::vector<Effect> Classifiers::classify_way_back(const sql::Script& up, const sql::Script& down,
                                                   const sql::MigrationFacts& facts) {
  sql::SchemaModel model(options_);
  model.note_facts({{up.source().name(), facts}, {down.source().name(), facts}});
  std::vector<Effect> effects;
  sql::run_on_large_stack(walking_stack, [&] { model.apply(up); });
  return classify_in(model, down);
}

std::vector<Effect> Classifiers::classify_in(sql::SchemaModel& model, const sql::Script& script) {
  const std::vector<sql::Statement>& statements = script.statements();
  std::vector<Effect> effects(statements.size());
  const auto each = [&](const sql::Node& node) {
    if (node.kind != CONFITURE_NODE_STATEMENT) return;
    // What a DO block runs counts for the block.
    const auto behind = std::upper_bound(
        statements.begin(), statements.end(), node.offset,
        [](std::uint64_t offset, const sql::Statement& one) { return offset < one.offset; });
    if (behind == statements.begin()) return;
    ask(node, effects[static_cast<std::size_t>(behind - statements.begin()) - 1]);
  };
  sql::run_on_large_stack(walking_stack, [&] { model.apply(script, each); });
  for (std::size_t index = 0; index < statements.size(); ++index)
    if (statements[index].error)
      effects[index] = unknown_effect("it cannot be parsed, so nobody can tell what it does");
    else if (effects[index].risk == lint::Risk::none)
      effects[index] = unknown_effect("no classifier knows this statement");
  return effects;
}

void Classifiers::ask(const sql::Node& statement, Effect& effect) {
  context_.effect = [&effect](const confiture_effect& said) { add_to(effect, said); };
  for (const auto& instance : instances_) {
    try {
      instance->classify(statement, context_);
    } catch (const Error& error) {
      throw error.at({std::string(statement.file), statement.line, statement.column});
    }
  }
}

}  // namespace host::review
