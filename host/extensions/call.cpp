// SPDX-License-Identifier: MIT
#include "host/extensions/call.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <mutex>

#include "host/extensions/errors.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/sql/node.hpp"

namespace {

// Plugins may be told to stop by either.
bool stop_requested(const host::Cancellation* cancellation) {
  return cancellation != nullptr && cancellation->requested();
}

}  // namespace

void confiture_call::reset() {
  arena.reset();
  results.clear();
  secrets.clear();
  trees.clear();
  said_why = false;
  message.clear();
  hint.clear();
  cause.reset();
  thrown = nullptr;
}

confiture_status confiture_call::refuse(confiture_status status, std::string_view why,
                                        std::string_view what_to_do) {
  said_why = true;
  message = why;
  hint = what_to_do;
  cause.reset();
  return status;
}

confiture_status confiture_call::refuse(confiture_status status, const host::Error& why) {
  refuse(status, why.message(), why.hint());
  cause = why;
  return status;
}

namespace host::extensions {
namespace {

std::string who_to_tell(const Plugin& plugin) {
  return plugin.vendor.empty()
             ? "this is a bug in the plugin"
             : fmt::format("this is a bug in the plugin; tell {}", printable(plugin.vendor));
}

[[noreturn]] void fail_silent(const confiture_call& call, confiture_status status) {
  const std::string who = describe(call);
  const bool by_person = call.session != nullptr && stop_requested(call.session->cancellation);
  const bool by_clock = call.context != nullptr && stop_requested(call.context->cancellation);
  if (status == CONFITURE_CANCELLED && by_person)
    throw Error(host::errors::interrupted, "interrupted");
  if (status == CONFITURE_CANCELLED && by_clock)
    throw Error(errors::failed, fmt::format("{}: stopped by its time limit", who));
  if (status == CONFITURE_NO_MEMORY)
    throw Error(errors::failed, fmt::format("{}: out of memory", who));
  throw Error(errors::bug, fmt::format("{}: failed without saying why (status {})", who, status),
              who_to_tell(*call.plugin));
}

ErrorCode code_of(const confiture_call& call, confiture_status status) {
  // A hook's SQL that fails is the hook's failure; a lost connection or a missing key is not.
  if (call.cause && call.cause->code().exit != Exit::sql_failed) return call.cause->code();
  if (status == CONFITURE_BAD_CONFIG) return errors::bad_configuration;
  return errors::failed;
}

// "public.t", "CREATE TABLE": what a rule looked at.
std::string described(const confiture_node& node) {
  for (const std::uint32_t prop : {CONFITURE_PROP_QUALIFIED_NAME, CONFITURE_PROP_STATEMENT_TAG})
    if (!node.text(prop).empty()) return std::string(node.text(prop));
  return {};
}

}  // namespace

std::string describe(const confiture_call& call) {
  std::string who = fmt::format("plugin '{}'", call.plugin->id);
  if (call.extension != nullptr)
    who += fmt::format(", {} '{}'", to_string(call.extension->kind), call.extension->id);
  const std::string object = call.node != nullptr ? described(*call.node) : call.object;
  if (!object.empty()) who += ", " + object;
  return who;
}

void settle(const confiture_call& call, confiture_status status) {
  if (call.thrown) std::rethrow_exception(call.thrown);
  if (status == CONFITURE_OK) return;
  if (!call.said_why || call.message.empty()) fail_silent(call, status);
  const std::string message = printable(call.message);
  if (status == CONFITURE_BUG) {
    constexpr std::string_view bug = "bug in plugin: ";  // the SDK says so itself
    throw Error(
        errors::bug,
        fmt::format("{}: {}{}", describe(call), message.starts_with(bug) ? "" : bug, message),
        who_to_tell(*call.plugin));
  }
  throw Error(code_of(call, status), fmt::format("{}: {}", describe(call), message),
              printable(call.hint));
}

void log_line(const Session* session, int level, std::string_view text) noexcept {
  static std::mutex mutex;
  try {
    const std::lock_guard lock(mutex);
    if (session != nullptr && session->log) {
      session->log(level, text);
    } else if (level > CONFITURE_LOG_DEBUG) {
      fmt::print(stderr, "{}\n", text);
    }
  } catch (...) {  // a message that cannot be shown stops nothing
  }
}

}  // namespace host::extensions
