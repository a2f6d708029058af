// SPDX-License-Identifier: MIT
#include "host/sql/session_state.hpp"

#include <charconv>
#include <utility>

#include "host/foundation/text.hpp"

namespace host::sql {
namespace {

std::int64_t value_of(const tree::Object& node) {
  const tree::Array& arguments = tree::array(node, "args");
  if (arguments.size() != 1) return 0;
  const tree::Object& constant = tree::body(arguments[0], "A_Const");
  if (constant.contains("ival")) return tree::number(tree::object(constant, "ival"), "ival");
  return setting_milliseconds(tree::text(tree::object(constant, "sval"), "sval"));
}

}  // namespace

std::int64_t setting_milliseconds(std::string_view text) {
  text = trim(text);
  double amount = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc()) return 0;
  const std::string_view unit = trim(text.substr(static_cast<std::size_t>(rest - text.data())));
  constexpr std::pair<std::string_view, double> units[] = {
      {"us", 0.001}, {"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  for (const auto& [name, factor] : units)
    if (unit == name) amount *= factor;
  return static_cast<std::int64_t>(amount + 0.5);
}

bool SessionState::transaction(const tree::Object& node) {
  const std::string_view kind = tree::text(node, "kind");
  if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") {
    block_ = true;
    return false;
  }
  const bool ends =
      kind == "TRANS_STMT_COMMIT" || kind == "TRANS_STMT_ROLLBACK" || kind == "TRANS_STMT_PREPARE";
  if (!ends) return false;
  block_ = tree::truth(node, "chain");
  host_transaction_ = false;  // whatever the host began is over
  timeouts_ = session_;
  return true;
}

void SessionState::set(const tree::Object& node) {
  if (tree::text(node, "kind") == "VAR_RESET_ALL") timeouts_ = session_ = {};
  set(tree::text(node, "name"), value_of(node), tree::truth(node, "is_local"));
}

void SessionState::set(std::string_view name, std::int64_t value, bool local) {
  std::int64_t Timeouts::*which = name == "lock_timeout"        ? &Timeouts::lock
                                  : name == "statement_timeout" ? &Timeouts::statement
                                  : name == "idle_in_transaction_session_timeout" ? &Timeouts::idle
                                                                                  : nullptr;
  if (which == nullptr) return;
  if (local && !in_transaction()) return;  // the server warns, and does nothing
  timeouts_.*which = value;
  if (!local) session_.*which = timeouts_.*which;
}

}  // namespace host::sql
