// SPDX-License-Identifier: MIT
#include "host/extensions/host_table.hpp"

#include <fmt/format.h>

#include <deque>
#include <mutex>
#include <string>

#include "host/extensions/call.hpp"
#include "host/extensions/services.hpp"
#include "host/foundation/text.hpp"

namespace host::extensions {
namespace {

// What stays of a plugin for as long as the process may call back.
struct HostData {
  confiture_host table{};
  Plugin view;  // id and grants
};

const void* get_service(const confiture_host* host, const char* id) noexcept {
  if (host == nullptr || id == nullptr) return nullptr;
  const Service* service = find_service(id);
  const auto* data = static_cast<const HostData*>(host->host_data);
  return service != nullptr && is_granted(data->view, *service) ? service->table : nullptr;
}

void log(const confiture_host* host, const confiture_call* call, confiture_log_level level,
         confiture_str message) noexcept {
  if (host == nullptr) return;
  const auto* data = static_cast<const HostData*>(host->host_data);
  try {
    const std::string who =
        call != nullptr ? describe(*call) : fmt::format("plugin '{}'", data->view.id);
    log_line(call != nullptr ? call->session : nullptr, level,
             fmt::format("{}: {}", who, printable(view(message))));
  } catch (...) {  // no memory for a message
  }
}

void fail(confiture_call* call, confiture_status status, confiture_str message,
          confiture_str hint) noexcept {
  if (call == nullptr) return;
  guard(*call, [&] {
    // A plugin that passes a service's failure on in its own words keeps the host's reason.
    auto cause = status == CONFITURE_OK ? std::nullopt : std::move(call->cause);
    call->refuse(status, view(message), view(hint));
    call->cause = std::move(cause);
  });
}

void* alloc(confiture_call* call, size_t size, size_t align) noexcept {
  return call == nullptr ? nullptr : call->arena.take(size, align);
}

int32_t cancelled(const confiture_call* call) noexcept {
  if (call == nullptr) return 0;
  const auto requested = [](const Cancellation* cancellation) {
    return cancellation != nullptr && cancellation->requested();
  };
  const bool by_person = call->session != nullptr && requested(call->session->cancellation);
  const bool by_clock = call->context != nullptr && requested(call->context->cancellation);
  return by_person || by_clock ? 1 : 0;
}

}  // namespace

const confiture_host* make_host_table(const Plugin& plugin) {
  static std::mutex mutex;
  static auto& kept = *new std::deque<HostData>;  // never freed: plugins outlive main()
  const std::lock_guard lock(mutex);
  HostData& data = kept.emplace_back();
  data.view.id = plugin.id;
  data.view.grants_db = plugin.grants_db;
  data.view.grants_secret = plugin.grants_secret;
  data.table = {sizeof(confiture_host),
                CONFITURE_ABI_MINOR,
                "confiture",
                CONFITURE_VERSION,
                &data,
                get_service,
                log,
                fail,
                alloc,
                cancelled};
  return &data.table;
}

}  // namespace host::extensions
