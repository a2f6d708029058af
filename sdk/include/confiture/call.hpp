// SPDX-License-Identifier: MIT
// confiture/call.hpp - one call into the plugin: its memory, its log, its cancellation and the
// services that every kind of extension may ask for. Dies when the call returns.
#pragma once

#include <confiture/services.h>
#include <confiture/error.hpp>
#include <confiture/parameters.hpp>
#include <confiture/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace confiture {

class Call {
 public:
  Call(const confiture_host& host, confiture_call* call) noexcept : host_(&host), call_(call) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const confiture_host& host() const noexcept { return *host_; }
  confiture_call* handle() const noexcept { return call_; }

  // Never a cell value: people who must not see the data read logs.
  void debug(std::string_view message) const noexcept { log(CONFITURE_LOG_DEBUG, message); }
  void info(std::string_view message) const noexcept { log(CONFITURE_LOG_INFO, message); }
  void warn(std::string_view message) const noexcept { log(CONFITURE_LOG_WARN, message); }
  void log(confiture_log_level level, std::string_view message) const noexcept {
    host_->log(host_, call_, level, to_str(message));
  }

  // True once the user asked to stop, or time is up. Ask at least every 100 ms.
  bool cancelled() const noexcept { return host_->cancelled(call_) != 0; }
  void stop_if_cancelled() const {
    if (cancelled()) throw Cancelled();
  }

  // Memory that the host owns and frees once it has used this call's results.
  char* allocate(std::size_t size, std::size_t align = 1) const {
    void* memory = host_->alloc(call_, size, align);
    if (memory == nullptr) throw std::bad_alloc();
    return static_cast<char*>(memory);
  }
  std::string_view keep(std::string_view text) const {
    if (text.empty()) return "";
    char* copy = allocate(text.size());
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  // A function table by its revisioned id; nullptr: unknown to this host, or not granted.
  template <typename Table>
  const Table* service(const char* id) const noexcept {
    return static_cast<const Table*>(host_->get_service(host_, id));
  }

  // The named secret; the host wipes it when the call ends. Grant: secret.
  std::string_view secret(std::string_view name) const {
    confiture_str value{};
    const confiture_status status = secrets().get(call_, to_str(name), &value);
    if (status == CONFITURE_OK) return to_view(value);
    throw ServiceError(status, "the secret '" + std::string(name) + "' cannot be read");
  }
  std::string_view secret(const SecretName& name) const { return secret(name.name); }

  // A key made from the project key, the plugin's id and `label`: the same in every run. 16 to 64
  // bytes. Grant: secret.
  void derive_key(std::string_view label, std::uint8_t* out, std::size_t size) const {
    const confiture_status status = secrets().derive(call_, to_str(label), out, size);
    if (status == CONFITURE_OK) return;
    throw ServiceError(status, "no key can be derived for '" + std::string(label) + "'");
  }
  template <std::size_t Size>
  std::array<std::uint8_t, Size> derive_key(std::string_view label) const {
    static_assert(Size >= 16 && Size <= 64, "a derived key has 16 to 64 bytes");
    std::array<std::uint8_t, Size> key{};
    derive_key(label, key.data(), key.size());
    return key;
  }

  // A store shared by all workers, for the length of one run.
  std::optional<std::string_view> cached(std::string_view key) const {
    const auto& store = require<confiture_cache_v1>(CONFITURE_SERVICE_CACHE);
    confiture_str value{};
    const confiture_status status = store.get(call_, to_str(key), &value);
    if (status == CONFITURE_NOT_FOUND) return std::nullopt;
    if (status != CONFITURE_OK) throw ServiceError(status, "the cache cannot be read");
    return to_view(value);
  }
  // Stores `value` unless another worker was faster; what is stored now.
  std::string_view cache(std::string_view key, std::string_view value) const {
    const auto& store = require<confiture_cache_v1>(CONFITURE_SERVICE_CACHE);
    confiture_str winner{};
    const confiture_status status = store.put_if_absent(call_, to_str(key), to_str(value), &winner);
    if (status != CONFITURE_OK) throw ServiceError(status, "the cache cannot be written");
    return to_view(winner);
  }

  // `total` 0: unknown.
  void progress(std::uint64_t done, std::uint64_t total = 0, std::string_view note = {}) const {
    if (const auto* table = service<confiture_progress_v1>(CONFITURE_SERVICE_PROGRESS))
      table->update(call_, done, total, note.empty() ? no_value() : to_str(note));
  }

 protected:
  // The table, or an Error that says what to grant.
  template <typename Table>
  const Table& require(const char* id, const char* grant = nullptr) const {
    if (const Table* table = service<Table>(id)) return *table;
    if (grant == nullptr)
      throw Error("the host does not offer '" + std::string(id) + "' here",
                  "this plugin may need a newer confiture", CONFITURE_UNSUPPORTED);
    throw Error("the service '" + std::string(id) + "' was not granted to this plugin",
                "add '" + std::string(grant) + "' to the plugin's `allow:` in confiture.yaml",
                CONFITURE_DENIED);
  }

 private:
  const confiture_secret_v1& secrets() const {
    return require<confiture_secret_v1>(CONFITURE_SERVICE_SECRET, "secret");
  }

  const confiture_host* host_;
  confiture_call* call_;
};

}  // namespace confiture
#pragma GCC visibility pop
