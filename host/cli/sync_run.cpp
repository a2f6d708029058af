// SPDX-License-Identifier: MIT
#include "host/cli/sync_run.hpp"

#include <algorithm>
#include <string_view>
#include <thread>
#include <utility>

#include "host/audit/trail.hpp"
#include "host/postgres/other_database.hpp"

namespace host::cli {

sync::Request make_sync_request(const config::Environment& from, const config::Environment& to) {
  sync::Request request;
  // Beyond that, the servers at both ends are what is waited for.
  request.jobs = std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
  request.source_name = from.name;
  request.target_name = to.name;
  request.source_protected = from.protected_;
  request.lock_timeout = to.lock_timeout;
  return request;
}

SyncRun::SyncRun(Context& context, sync::Request request, const config::Environment& from,
                 const config::Environment& to)
    : context_(context),
      progress_(context.output()),
      source_(context.connect(from)),
      target_(context.connect(to)),
      hooks_(hooks::bind_hooks(context.project(), context.registry(), to.name), context.session(),
             {to.name, postgres::identify(*target_).database,
              [this](std::string_view text) { warn(text); }}) {
  request.person = audit::person_of(context.project().review, *target_);
  sync_ = std::make_unique<sync::Sync>(
      std::move(request),
      sync::Environment{*source_, target_, context.project().anonymization, context.registry(),
                        context.session(), context.cancellation(), &hooks_,
                        [this](const sync::Progress& state) { progress_.update(state); },
                        [this](std::string_view text) { warn(text); },
                        [&context, from] { return context.connect(from); },
                        [&context, to](const std::string& database) {
                          return context.connect(
                              postgres::with_database(to, context.project(), database));
                        }});
}

sync::Report SyncRun::run() {
  sync::Report report = sync_->run();
  progress_.clear();
  return report;
}

void SyncRun::warn(std::string_view text) {
  progress_.clear();
  context_.output().warning(text);
}

}  // namespace host::cli
