// SPDX-License-Identifier: MIT
#include "host/extensions/instance.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

#include "host/config/errors.hpp"
#include "host/extensions/call.hpp"
#include "host/extensions/config_view.hpp"
#include "host/extensions/errors.hpp"

namespace host::extensions {

struct Instance::State {
  State(const Extension& of, config::Parameters checked, Session& lent, std::string about)
      : extension(of), parameters(std::move(checked)), session(lent), object(std::move(about)) {
    view = make_config(parameters, extension, session);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (created && extension.descriptor.destroy != nullptr) extension.descriptor.destroy(self);
  }

  void prepare(confiture_call& call, const CallContext* context) const {
    call.plugin = extension.plugin;
    call.extension = &extension;
    call.session = &session;
    call.context = context;
    call.object = context != nullptr && !context->object.empty() ? context->object : object;
  }

  const Extension& extension;
  config::Parameters parameters;
  Session& session;
  std::string object;
  confiture_config view;
  confiture_call rule_call;
  void* self = nullptr;
  bool created = false;
};

namespace {

// Deprecated parameters: every use in the configuration and every worker has an instance of its own.
void warn_once(Session& session, const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) {
    const std::lock_guard lock(session.mutex);
    if (session.warned.insert(warning).second) log_line(&session, CONFITURE_LOG_WARN, warning);
  }
}

}  // namespace

Instance::Instance(const Extension& extension, config::Parameters parameters, Session& session,
                   std::string object)
    : state_(
          std::make_unique<State>(extension, std::move(parameters), session, std::move(object))) {
  warn_once(session, state_->parameters.warnings);
  confiture_call call;
  state_->prepare(call, nullptr);
  if (extension.kind == Kind::strategy && session.key == nullptr &&
      (extension.strategy.flags & CONFITURE_STRATEGY_KEYED) != 0)
    throw Error(
        config::errors::no_key,
        fmt::format("{}: it needs an anonymization key, and none is configured", describe(call)),
        no_key_hint);
  if (extension.descriptor.create == nullptr) return;
  const confiture_status status = extension.descriptor.create(
      extension.original, extension.plugin->host, &call, &state_->view, &state_->self);
  settle(call, status);
  state_->created = true;
}

Instance::Instance(Instance&&) noexcept = default;
Instance& Instance::operator=(Instance&&) noexcept = default;
Instance::~Instance() = default;

const Extension& Instance::extension() const {
  return state_->extension;
}

void Instance::run(const confiture_event& event, const CallContext& context) {
  assert(extension().kind == Kind::action);
  confiture_call call;
  state_->prepare(call, &context);
  const confiture_status status = extension().action.run(state_->self, &call, &event);
  settle(call, status);
}

void Instance::bind(const std::vector<const confiture_node*>& columns, std::uint32_t target_count,
                    const CallContext& context) {
  assert(extension().kind == Kind::strategy);
  if (extension().strategy.bind == nullptr) return;
  confiture_call call;
  state_->prepare(call, &context);
  const confiture_status status =
      extension().strategy.bind(state_->self, &call, columns.data(), target_count,
                                static_cast<std::uint32_t>(columns.size()));
  settle(call, status);
}

// Called for every node of a schema, or every statement of a plan: its call is made once.
confiture_call& Instance::call_about(const confiture_node& node, const CallContext& context) {
  confiture_call& call = state_->rule_call;
  call.reset();
  call.plugin = extension().plugin;
  call.extension = &extension();
  call.session = &state_->session;
  call.context = &context;
  call.node = &node;
  return call;
}

void Instance::check(const confiture_node& node, const CallContext& context) {
  assert(extension().kind == Kind::rule);
  confiture_call& call = call_about(node, context);
  const confiture_status status = extension().rule.check(state_->self, &call, &node);
  settle(call, status);
}

void Instance::classify(const confiture_node& statement, const CallContext& context) {
  assert(extension().kind == Kind::classifier);
  confiture_call& call = call_about(statement, context);
  const confiture_status status =
      extension().classifier.classify(state_->self, &call, &statement);
  settle(call, status);
}

struct StrategyCalls::State {
  const Instance::State& instance;
  CallContext context;
  confiture_call call;
};

StrategyCalls::StrategyCalls(Instance& instance, CallContext context)
    : state_(new State{*instance.state_, std::move(context), {}}) {
  assert(instance.extension().kind == Kind::strategy);
  state_->instance.prepare(state_->call, &state_->context);
}

StrategyCalls::~StrategyCalls() = default;

void StrategyCalls::apply(const confiture_batch& batch) {
  confiture_call& call = state_->call;
  call.reset();
  const confiture_status status =
      state_->instance.extension.strategy.apply(state_->instance.self, &call, &batch);
  settle(call, status);
  for (std::uint32_t column = 0; column < batch.target_count; ++column)
    for (std::size_t row = 0; row < batch.row_count; ++row)
      if (batch.out[column][row].data == nullptr && batch.out[column][row].size != 0)
        throw Error(errors::bug, fmt::format("{}: bug in plugin: row {} got a text without data",
                                             describe(call), batch.first_row + row));
}

}  // namespace host::extensions
