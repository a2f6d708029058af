// SPDX-License-Identifier: MIT
#include "host/cli/audit_filter.hpp"

#include <fmt/format.h>

#include "host/audit/errors.hpp"
#include "host/audit/schema.hpp"

namespace host::cli {

std::vector<Option> audit_filter_options(const Option& more) {
  return {{"since", "MOMENT", "from then on: 2026-11-23, 2026-11-23T10:00:00Z"},
          {"until", "MOMENT", "before then"},
          {"event", "EVENT", "of that kind: migration.applied, or \"migration.*\"", true},
          {"plan", "HASH", "of that plan; the beginning of its hash is enough"},
          {"run", "ID", "of that run"},
          {"actor", "ROLE", "by that database role"},
          {"person", "NAME", "by that person of review.people"},
          more};
}

audit::Filter read_filter(const Arguments& arguments) {
  audit::Filter filter;
  filter.since = arguments.text("since").value_or("");
  filter.until = arguments.text("until").value_or("");
  filter.events = arguments.texts("event");
  filter.plan_hash = arguments.text("plan").value_or("");
  filter.run = arguments.text("run").value_or("");
  filter.actor = arguments.text("actor").value_or("");
  filter.person = arguments.text("person").value_or("");
  return filter;
}

AuditView::AuditView(Context& context) : connection_(context.connect(context.environment())) {
  if (!audit::exists(*connection_))
    throw Error(
        audit::errors::none,
        fmt::format("the database of environment '{}' has no audit", context.globals().environment),
        "the first migration makes it: confiture migrate up");
  // The connection's own zone would move a day that is given without one.
  connection_->execute("SET TimeZone = 'UTC'");
  snapshot_ = std::make_unique<postgres::Transaction>(
      *connection_, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

}  // namespace host::cli
