// SPDX-License-Identifier: MIT
// confiture.secret/1
#include <fmt/format.h>

#include "host/config/errors.hpp"
#include "host/extensions/call.hpp"
#include "host/extensions/services.hpp"

namespace host::extensions {
namespace {

constexpr std::size_t least_key = 16;
constexpr std::size_t most_key = 64;

confiture_status find_secret(confiture_call& call, std::string_view name, confiture_str& out) {
  if (call.session == nullptr || !call.session->secret)
    return call.refuse(CONFITURE_NOT_FOUND, "no secrets are configured");
  try {
    const Secret& kept = call.secrets.emplace_back(call.session->secret(name));
    out = {kept.reveal().data(), kept.size()};
    return CONFITURE_OK;
  } catch (const Error& error) {
    return call.refuse(CONFITURE_NOT_FOUND, error);
  }
}

confiture_status get(confiture_call* call, confiture_str name, confiture_str* out) noexcept {
  if (call == nullptr || out == nullptr) return CONFITURE_BUG;
  *out = {nullptr, 0};
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] { status = find_secret(*call, view(name), *out); });
  return status;
}

confiture_status derive_into(confiture_call& call, std::string_view label, uint8_t* out,
                             std::size_t size) {
  if (out == nullptr || size < least_key || size > most_key)
    return call.refuse(CONFITURE_BUG, fmt::format("a derived key has {} to {} bytes, not {}",
                                                  least_key, most_key, size));
  if (call.session == nullptr || call.session->key == nullptr)
    return call.refuse(CONFITURE_FAILED, Error(config::errors::no_key,
                                               "no anonymization key is configured", no_key_hint));
  // The plugin's id keeps one plugin from asking for another one's keys.
  derive_key(*call.session->key, fmt::format("confiture/1|{}|{}", call.plugin->id, label),
             {out, size});
  return CONFITURE_OK;
}

confiture_status derive(confiture_call* call, confiture_str label, uint8_t* out,
                        size_t size) noexcept {
  if (call == nullptr) return CONFITURE_BUG;
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] { status = derive_into(*call, view(label), out, size); });
  return status;
}

}  // namespace

const confiture_secret_v1 secret_service{get, derive};

}  // namespace host::extensions
