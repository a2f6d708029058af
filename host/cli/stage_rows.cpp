// SPDX-License-Identifier: MIT
#include "host/cli/stage_rows.hpp"

#include <fmt/format.h>

#include "host/cli/sync_run.hpp"

namespace host::cli {
namespace {

sync::Request strict_request(const config::Environment& from, const config::Environment& to) {
  sync::Request request = make_sync_request(from, to);
  request.anonymize = request.strict = true;
  return request;
}

}  // namespace

void StageRows::plan(Context& context) const {
  const config::Environment source = context.environment(from), target = context.environment(to);
  const SyncRun sync_run(context, strict_request(source, target), source, target);
  context.output().line(fmt::format(
      "  rows: those of '{}' will be replaced by those of '{}' first, masked", to, from));
}

boost::json::object StageRows::replace(Context& context) const {
  const config::Environment source = context.environment(from), target = context.environment(to);
  SyncRun sync_run(context, strict_request(source, target), source, target);
  const sync::Report report = sync_run.run();
  context.output().line(
      fmt::format("  rows: {} in '{}', from '{}', every column decided on; {} checks hold",
                  report.rows, to, from, report.checks.size()));
  return {{"from", from}, {"rows", report.rows}, {"duration_ms", report.duration_ms}};
}

}  // namespace host::cli
