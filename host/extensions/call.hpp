// SPDX-License-Identifier: MIT
// The host's side of confiture_call: who is called, about what, and what has come of it.
#pragma once

#include <confiture/abi.h>

#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/extensions/arena.hpp"
#include "host/extensions/extension.hpp"
#include "host/extensions/instance.hpp"
#include "host/foundation/error.hpp"
#include "host/foundation/secret.hpp"

namespace host::sql {
class ParsedText;
}

// Defined in the global namespace since the C header declares them there.
struct confiture_result {
  host::postgres::Result rows;
};

struct confiture_call {
  const host::extensions::Plugin* plugin = nullptr;
  const host::extensions::Extension* extension = nullptr;  // null: the plugin's init()
  host::extensions::Session* session = nullptr;            // null: the plugin's init()
  const host::extensions::CallContext* context = nullptr;  // null in create() and init()
  std::string object;
  const confiture_node* node = nullptr;  // what a rule looks at

  host::extensions::Arena arena;
  std::list<confiture_result> results;
  std::list<host::Secret> secrets;
  std::vector<std::shared_ptr<const host::sql::ParsedText>> trees;

  bool said_why = false;  // fail() was called
  std::string message, hint;
  // The host's own reason behind a service's failure; its code decides the exit status.
  std::optional<host::Error> cause;
  // What the host itself threw below a service that cannot say so.
  std::exception_ptr thrown;

  // Ready for the next batch; keeps the arena's memory.
  void reset();
  // Notes why a service refused, for a plugin that passes the status on.
  confiture_status refuse(confiture_status status, std::string_view why,
                          std::string_view what_to_do = {});
  confiture_status refuse(confiture_status status, const host::Error& why);
};

namespace host::extensions {

inline constexpr const char* no_key_hint =
    "add to db/confiture.yaml: anonymization: { key: { env: CONFITURE_KEY } }";

// "plugin 'acme', strategy 'acme.mask_iban', column public.customer.email".
std::string describe(const confiture_call& call);

// Throws what became of the call: nothing for CONFITURE_OK.
void settle(const confiture_call& call, confiture_status status);

// Runs what a service does; no exception passes it. One that is thrown is noted in the call.
template <typename Function>
void guard(confiture_call& call, const Function& function) noexcept {
  try {
    function();
  } catch (...) {
    if (!call.thrown) call.thrown = std::current_exception();
  }
}

inline std::string_view view(confiture_str text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

// To the session's log, or to standard error where there is none. Levels as CONFITURE_LOG_*.
void log_line(const Session* session, int level, std::string_view text) noexcept;

}  // namespace host::extensions
