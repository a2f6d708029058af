// SPDX-License-Identifier: MIT
// confiture/testing/host.hpp - a host made of plain members, for the unit tests of a plugin: set
// what it should answer before a call, look at what it was told afterwards. One thread.
#pragma once

#include <confiture/linter.h>
#include <confiture/rule.h>
#include <confiture/services.h>
#include <confiture/testing/config.hpp>
#include <confiture/testing/tree.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {

using Value = std::optional<std::string>;  // nullopt: NULL

struct Rows {
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
};
struct Query {
  std::string sql;
  std::vector<Value> parameters;
};
struct LogLine {
  confiture_log_level level;
  std::string text;
};
struct Edit {
  std::uint64_t offset, end_offset;
  std::string text;
};
struct Found {
  std::string at;  // the node's name
  std::string message, hint, suggestion;
  std::int32_t severity, risk;
  std::vector<Edit> edits;
};

// What the linter says of every migration that it is asked about.
struct Judged {
  std::string rule, message;
  std::int32_t severity = CONFITURE_SEVERITY_WARNING;
  std::string file;
  std::uint32_t line = 1, column = 1;
};

class Host {
 public:
  // What the plugin finds.
  std::map<std::string, Rows> answers;  // by the text of the query; any other query fails
  std::map<std::string, std::string> secrets, metadata, cache;
  std::vector<Judged> judged;
  bool grants_db = true, grants_secret = true, has_key = true, cancelled = false;
  // What it said and asked.
  std::vector<LogLine> log;
  std::vector<Query> queries;

  Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  const confiture_host& handle() const noexcept { return host_; }

 private:
  confiture_host host_{};
};

namespace detail {

// One call: throws a Failure if the extension returned anything but CONFITURE_OK.
class FakeCall {
 public:
  explicit FakeCall(Host& host) : host_(host) {}
  FakeCall(const FakeCall&) = delete;
  FakeCall& operator=(const FakeCall&) = delete;
  ~FakeCall() {
    for (const auto& [memory, align] : memory_) ::operator delete(memory, std::align_val_t(align));
  }

  confiture_call* handle() { return reinterpret_cast<confiture_call*>(this); }
  static FakeCall& from(confiture_call* call) { return *reinterpret_cast<FakeCall*>(call); }
  static const FakeCall& from(const confiture_call* call) {
    return *reinterpret_cast<const FakeCall*>(call);
  }
  Host& host() const { return host_; }

  void finish(confiture_status status) const {
    if (status == CONFITURE_OK) return;
    if (!message_) throw Failure(CONFITURE_BUG, "failed with a status, but without a message");
    throw Failure(status, *message_, hint_);
  }
  void fail(std::string message, std::string hint) {
    message_ = std::move(message);
    hint_ = std::move(hint);
  }
  void* allocate(std::size_t size, std::size_t align) {
    void* memory = ::operator new(size, std::align_val_t(align), std::nothrow);
    if (memory != nullptr) memory_.emplace_back(memory, align);
    return memory;
  }
  // A text that lives as long as the call.
  confiture_str keep(std::string text) { return to_str(texts_.emplace_back(std::move(text))); }
  const confiture_result* keep(Rows rows) {
    return reinterpret_cast<const confiture_result*>(&results_.emplace_back(std::move(rows)));
  }

  std::vector<Found> found;

 private:
  Host& host_;
  std::optional<std::string> message_;
  std::string hint_;
  std::vector<std::pair<void*, std::size_t>> memory_;
  std::deque<std::string> texts_;
  std::deque<Rows> results_;
};

inline std::string text_of(confiture_str text) {
  return std::string(to_view(text));
}

const void* find_service(const confiture_host* host, std::string_view id) noexcept;

}  // namespace detail

inline Host::Host() {
  using detail::FakeCall;
  host_.struct_size = sizeof host_;
  host_.abi_minor = CONFITURE_ABI_MINOR;
  host_.name = "confiture-testing";
  host_.version = "1.0.0";
  host_.host_data = this;
  host_.get_service = [](const confiture_host* host, const char* id) noexcept {
    return detail::find_service(host, id);
  };
  host_.log = [](const confiture_host* host, const confiture_call*, confiture_log_level level,
                 confiture_str message) noexcept {
    static_cast<Host*>(host->host_data)->log.push_back({level, detail::text_of(message)});
  };
  host_.fail = [](confiture_call* call, confiture_status, confiture_str message,
                  confiture_str hint) noexcept {
    FakeCall::from(call).fail(detail::text_of(message), detail::text_of(hint));
  };
  host_.alloc = [](confiture_call* call, std::size_t size, std::size_t align) noexcept {
    return FakeCall::from(call).allocate(size, align);
  };
  host_.cancelled = [](const confiture_call* call) noexcept -> std::int32_t {
    return FakeCall::from(call).host().cancelled ? 1 : 0;
  };
}

}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop

#include <confiture/testing/services.hpp>
