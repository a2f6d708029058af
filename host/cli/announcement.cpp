// SPDX-License-Identifier: MIT
#include "host/cli/announcement.hpp"

#include <algorithm>

#include "host/hooks/runner.hpp"

namespace host::cli {
namespace {

std::unique_ptr<hooks::Runner> make_runner(Context& context, postgres::Connection& connection) {
  const std::string& environment = context.globals().environment;
  return std::make_unique<hooks::Runner>(
      hooks::bind_hooks(context.project(), context.registry(), environment), context.session(),
      hooks::Runner::Setting{
          environment, postgres::identify(connection).database,
          [&context](std::string_view text) { context.output().warning(text); }});
}

}  // namespace

Announcement::Announcement(Context& context, hooks::Phase phase, postgres::Connection& connection)
    : context_(context), phase_(phase), connection_(connection) {
  const auto& bound = context.project().hooks;
  if (std::none_of(bound.begin(), bound.end(), [&](const config::HookBinding& hook) {
        return hook.phase == hooks::phase_name(phase);
      }))
    return;
  try {
    runner_ = make_runner(context, connection);
    if (hooks::Outbox::usable(connection)) outbox_ = std::make_unique<hooks::Outbox>(*runner_);
  } catch (const Error& error) {
    runner_.reset();
    context.output().warning(error.message());
  }
}

hooks::Event Announcement::event() const {
  hooks::Event event;
  event.phase = phase_;
  event.status = error_.empty() ? "pending" : "error";
  event.error = error_;
  event.direction = "up";
  return event;
}

std::string Announcement::entries() const {
  return outbox_ == nullptr ? std::string() : outbox_->entries(event());
}

void Announcement::make() {
  if (runner_ == nullptr) return;
  try {
    hooks::Event now = event();
    if (outbox_ != nullptr) now.part = hooks::Part::inside;
    runner_->fire(now, &connection_);
    if (outbox_ != nullptr)
      outbox_->deliver(connection_,
                       [this](std::string_view text) { context_.output().warning(text); });
  } catch (const Error& error) {
    if (error.code().exit == Exit::interrupted) throw;
    context_.output().warning(error.message());
  }
}

void deliver_outbox(Context& context, postgres::Connection& connection) {
  if (!hooks::Outbox::usable(connection)) return;
  const postgres::Parameter environment = context.globals().environment;
  if (!connection
           .query("SELECT EXISTS (SELECT FROM confiture.outbox WHERE environment = $1 AND state = "
                  "'waiting' AND next_at <= clock_timestamp())",
                  {&environment, 1})
           .boolean(0, 0))
    return;
  const std::unique_ptr<hooks::Runner> runner = make_runner(context, connection);
  hooks::Outbox(*runner).deliver(
      connection, [&context](std::string_view text) { context.output().warning(text); });
}

}  // namespace host::cli
