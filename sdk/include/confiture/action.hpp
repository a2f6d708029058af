// SPDX-License-Identifier: MIT
// confiture/action.hpp - what a hook does at a moment of a migration or a sync, from a class with
// `void run(const Event&, Context&)` or from a function of the same shape.
//
//   confiture::action("acme.count", "Log how many users there are", Phase::post_execute,
//                     [](const Event&, Context& context) {
//                       const auto result = context.query("SELECT count(*) FROM users");
//                       context.info(*result[0][0]);
//                     });
//
// A class may have `params`, `doc`, `flags` and `void prepare(Call&)`, which runs once before.
#pragma once

#include <confiture/action.h>
#include <confiture/extension.hpp>
#include <confiture/query.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

enum class Phase : std::uint32_t {
  pre_validate = CONFITURE_PHASE_PRE_VALIDATE,
  post_validate = CONFITURE_PHASE_POST_VALIDATE,
  pre_execute = CONFITURE_PHASE_PRE_EXECUTE,
  post_execute = CONFITURE_PHASE_POST_EXECUTE,
  post_complete = CONFITURE_PHASE_POST_COMPLETE,
  pre_rollback = CONFITURE_PHASE_PRE_ROLLBACK,
  post_rollback = CONFITURE_PHASE_POST_ROLLBACK,
  on_error = CONFITURE_PHASE_ON_ERROR,
  pre_sync = CONFITURE_PHASE_PRE_SYNC,
  post_sync = CONFITURE_PHASE_POST_SYNC,
  approval_requested = CONFITURE_PHASE_APPROVAL_REQUESTED,
  approved = CONFITURE_PHASE_APPROVED,
  scheduled = CONFITURE_PHASE_SCHEDULED,
  reminder = CONFITURE_PHASE_REMINDER
};
constexpr Phase operator|(Phase a, Phase b) {
  return static_cast<Phase>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

enum class ActionFlag : std::uint32_t {
  outside = CONFITURE_ACTION_OUTSIDE,
  binds_itself = CONFITURE_ACTION_BINDS_ITSELF,
  writes = CONFITURE_ACTION_WRITES
};
constexpr ActionFlag operator|(ActionFlag a, ActionFlag b) {
  return static_cast<ActionFlag>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

// What happens and to which migration. Dies with the call.
class Event {
 public:
  Event(const confiture_event& event, const confiture_schema_v1* schema) noexcept
      : event_(event), schema_(schema) {}

  Phase phase() const noexcept { return static_cast<Phase>(event_.phase); }
  bool dry_run() const noexcept { return event_.dry_run != 0; }
  bool in_transaction() const noexcept { return event_.in_transaction != 0; }
  std::string_view environment() const noexcept { return to_view(event_.environment); }
  std::string_view database() const noexcept { return to_view(event_.database); }
  std::string_view status() const noexcept { return to_view(event_.status); }
  std::string_view direction() const noexcept { return to_view(event_.direction); }
  // Phase::on_error: the message, without row values.
  std::string_view error() const noexcept { return to_view(event_.error); }
  std::chrono::microseconds duration() const noexcept {
    return std::chrono::microseconds(event_.duration_us);
  }
  std::uint64_t row_count() const noexcept { return event_.row_count; }
  // Empty in phases that belong to the whole run.
  Node migration() const noexcept { return {schema_, event_.migration}; }
  // Its children are the pending migrations.
  Node plan() const noexcept { return {schema_, event_.plan}; }

 private:
  const confiture_event& event_;
  const confiture_schema_v1* schema_;
};

// What an action may do beside what every Call can.
class Context : public Call {
 public:
  using Call::Call;

  // One statement with parameters $1, $2, ..., or several without any (and without rows), on the
  // migration's own connection and in its transaction, which cannot be ended from here. Throws DatabaseError.
  // Grant: db.
  Result query(std::string_view sql, const QueryParameters& parameters = {}) {
    const auto& db = require<confiture_db_v1>(CONFITURE_SERVICE_DB, "db");
    const std::vector<confiture_str> values = parameters.values();
    const confiture_result* result = nullptr;
    const confiture_status status =
        db.query(handle(), to_str(sql), values.data(), values.size(), &result);
    if (status != CONFITURE_OK) throw DatabaseError(status);
    return {db, result};
  }

  // Shared by all hooks of one run, and part of its audit.
  std::optional<std::string_view> metadata(std::string_view key) const {
    const auto& store = require<confiture_metadata_v1>(CONFITURE_SERVICE_METADATA);
    confiture_str value{};
    const confiture_status status = store.get(handle(), to_str(key), &value);
    if (status == CONFITURE_NOT_FOUND) return std::nullopt;
    if (status != CONFITURE_OK) throw ServiceError(status, "the run's metadata cannot be read");
    return to_view(value);
  }
  void set_metadata(std::string_view key, std::string_view value) {
    const auto& store = require<confiture_metadata_v1>(CONFITURE_SERVICE_METADATA);
    const confiture_status status = store.set(handle(), to_str(key), to_str(value));
    if (status != CONFITURE_OK) throw ServiceError(status, "the run's metadata cannot be written");
  }
  // All of it, by key.
  std::vector<std::pair<std::string_view, std::string_view>> all_metadata() const {
    const auto& store = require<confiture_metadata_v2>(CONFITURE_SERVICE_METADATA_V2);
    const confiture_metadata_entry* entries = nullptr;
    std::size_t count = 0;
    const confiture_status status = store.all(handle(), &entries, &count);
    if (status != CONFITURE_OK) throw ServiceError(status, "the run's metadata cannot be read");
    std::vector<std::pair<std::string_view, std::string_view>> all;
    for (std::size_t index = 0; index < count; ++index)
      all.emplace_back(to_view(entries[index].key), to_view(entries[index].value));
    return all;
  }
};

class ActionExtension;

namespace detail {
template <typename T>
ActionExtension make_action(std::string id, std::string summary, Phase phases,
                            std::shared_ptr<const void> prototype);
}  // namespace detail

// A registered action.
class ActionExtension : public Extension {
 public:
  ActionExtension& doc(std::string markdown) {
    set_doc(std::move(markdown));
    return *this;
  }
  ActionExtension& flags(ActionFlag flags) {
    registration_->action.flags = static_cast<std::uint32_t>(flags);
    return *this;
  }

 private:
  template <typename T>
  friend ActionExtension detail::make_action(std::string, std::string, Phase,
                                             std::shared_ptr<const void>);
  using Extension::Extension;
};

namespace detail {

template <typename T>
confiture_status run_action(void* self, confiture_call* call,
                            const confiture_event* event) noexcept {
  auto& instance = *static_cast<Instance<T>*>(self);
  return guard(instance.host, call, [&] {
    Context context(instance.host, call);
    const Event seen(*event, instance.schema);
    if constexpr (IsFunctionObject<T>::value)
      instance.object.function(seen, context);
    else
      instance.object.run(seen, context);
  });
}

template <typename T>
ActionExtension make_action(std::string id, std::string summary, Phase phases,
                            std::shared_ptr<const void> prototype) {
  ActionExtension made(CONFITURE_KIND_ACTION, std::move(id), std::move(summary));
  made.template implement<T>(std::move(prototype));
  confiture_action_v1& table = made.registration_->action;
  table.struct_size = sizeof table;
  table.phases = static_cast<std::uint32_t>(phases);
  table.flags = flags_of<T>();
  table.run = run_action<T>;
  made.registration_->descriptor.vtable = &table;
  return made;
}

}  // namespace detail

// `phases`: those that it may be bound to, joined with |.
template <typename T>
ActionExtension action(std::string id, std::string summary, Phase phases) {
  return detail::make_action<T>(std::move(id), std::move(summary), phases, nullptr);
}
template <typename F>
ActionExtension action(std::string id, std::string summary, Phase phases, F function) {
  using Object = detail::FunctionObject<F>;
  return detail::make_action<Object>(std::move(id), std::move(summary), phases,
                                     std::make_shared<Object>(Object{std::move(function)}));
}

}  // namespace confiture
#pragma GCC visibility pop
