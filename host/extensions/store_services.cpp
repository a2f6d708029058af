// SPDX-License-Identifier: MIT
// confiture.cache/1, confiture.metadata/1 and /2: what plugins keep for the length of a run.
#include <new>

#include "host/extensions/call.hpp"
#include "host/extensions/services.hpp"

namespace host::extensions {
namespace {

// Copies into the call's memory, since the store may change as soon as the lock is gone.
confiture_status hand_out(confiture_call& call, const std::string& value, confiture_str& out) {
  out = call.arena.keep(value);
  return out.data == nullptr ? CONFITURE_NO_MEMORY : CONFITURE_OK;
}

confiture_status find_in(confiture_call& call, const std::map<std::string, std::string>& store,
                         std::string_view key, confiture_str& out) {
  const auto found = store.find(std::string(key));
  return found == store.end() ? CONFITURE_NOT_FOUND : hand_out(call, found->second, out);
}

confiture_status cache_get(confiture_call* call, confiture_str key, confiture_str* out) noexcept {
  if (call == nullptr || call->session == nullptr || out == nullptr) return CONFITURE_BUG;
  *out = {nullptr, 0};
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] {
    const std::lock_guard lock(call->session->mutex);
    status = find_in(*call, call->session->caches[call->plugin->id], view(key), *out);
  });
  return status;
}

confiture_status put_if_absent(confiture_call* call, confiture_str key, confiture_str value,
                               confiture_str* winner) noexcept {
  if (call == nullptr || call->session == nullptr) return CONFITURE_BUG;
  if (winner != nullptr) *winner = {nullptr, 0};
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] {
    const std::lock_guard lock(call->session->mutex);
    auto& store = call->session->caches[call->plugin->id];
    const auto entry = store.try_emplace(std::string(view(key)), view(value)).first;
    status = winner == nullptr ? CONFITURE_OK : hand_out(*call, entry->second, *winner);
  });
  return status;
}

bool is_action(const confiture_call& call) {
  return call.extension != nullptr && call.extension->kind == Kind::action;
}

confiture_status refuse_metadata(confiture_call& call) {
  return call.refuse(CONFITURE_DENIED, "the metadata of a run is for actions");
}

confiture_status metadata_get(confiture_call* call, confiture_str key,
                              confiture_str* out) noexcept {
  if (call == nullptr || call->session == nullptr || out == nullptr) return CONFITURE_BUG;
  *out = {nullptr, 0};
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] {
    const std::lock_guard lock(call->session->mutex);
    status = is_action(*call) ? find_in(*call, call->session->metadata, view(key), *out)
                              : refuse_metadata(*call);
  });
  return status;
}

confiture_status metadata_set(confiture_call* call, confiture_str key,
                              confiture_str value) noexcept {
  if (call == nullptr || call->session == nullptr) return CONFITURE_BUG;
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] {
    if (!is_action(*call)) {
      status = refuse_metadata(*call);
      return;
    }
    const std::lock_guard lock(call->session->mutex);
    call->session->metadata.insert_or_assign(std::string(view(key)), std::string(view(value)));
    status = CONFITURE_OK;
  });
  return status;
}

confiture_status hand_out_all(confiture_call& call, const confiture_metadata_entry** out,
                              size_t* count) {
  const auto& store = call.session->metadata;
  void* memory = call.arena.take((store.size() + 1) * sizeof(confiture_metadata_entry),
                                 alignof(confiture_metadata_entry));
  if (memory == nullptr) return CONFITURE_NO_MEMORY;
  auto* list = static_cast<confiture_metadata_entry*>(memory);
  for (const auto& [key, value] : store) {
    confiture_metadata_entry& entry = *new (&list[*count]) confiture_metadata_entry{};
    entry = {call.arena.keep(key), call.arena.keep(value)};
    if (entry.key.data == nullptr || entry.value.data == nullptr) return CONFITURE_NO_MEMORY;
    ++*count;
  }
  *out = list;
  return CONFITURE_OK;
}

confiture_status metadata_all(confiture_call* call, const confiture_metadata_entry** out,
                              size_t* count) noexcept {
  if (call == nullptr || call->session == nullptr || out == nullptr || count == nullptr)
    return CONFITURE_BUG;
  *out = nullptr;
  *count = 0;
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] {
    const std::lock_guard lock(call->session->mutex);
    status = is_action(*call) ? hand_out_all(*call, out, count) : refuse_metadata(*call);
  });
  return status;
}

}  // namespace

const confiture_cache_v1 cache_service{cache_get, put_if_absent};
const confiture_metadata_v1 metadata_service{metadata_get, metadata_set};
const confiture_metadata_v2 metadata_service_v2{metadata_get, metadata_set, metadata_all};

}  // namespace host::extensions
