// SPDX-License-Identifier: MIT
// One created extension, ready to be called, and the calls themselves. A failure becomes an Error
// that names the plugin, the extension and the object; a broken contract says "bug in plugin".
#pragma once

#include <confiture/abi.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/parameters.hpp"
#include "host/extensions/extension.hpp"
#include "host/foundation/cancellation.hpp"
#include "host/foundation/secret.hpp"
#include "host/postgres/connection.hpp"

namespace host::extensions {

// What an action asks of the linter.
struct LintQuery {
  const confiture_node* node =
      nullptr;  // a migration, a plan; null: only whether the choice is one
  std::vector<std::string> select, ignore;
};

struct LintFinding {
  std::string rule, category;
  std::int32_t severity = 0, risk = 0;  // CONFITURE_SEVERITY_*, CONFITURE_RISK_*
  std::string file;
  confiture_location location{};  // but for its file
  std::string object, message, hint, suggestion;
};

// What one run lends to the plugins it calls: read-only while calls run, but for the metadata and
// the caches, which lock. Outlives every Instance made with it.
struct Session {
  const Cancellation* cancellation = nullptr;  // may be null
  const Secret* key = nullptr;                 // the project key; null: none configured
  // A named secret of the configuration; throws. Empty: there are none.
  std::function<Secret(std::string_view name)> secret;
  // The linter, which stands above this floor. Empty: there is none.
  std::function<std::vector<LintFinding>(const LintQuery&)> lint;
  std::function<void(int level, std::string_view text)> log;  // empty: to standard error
  std::function<void(std::uint64_t done, std::uint64_t total, std::string_view note)> progress;
  std::mutex mutex;
  std::set<std::string> warned;  // what was said of parameters, once a run
  std::map<std::string, std::string> metadata;
  std::map<std::string, std::map<std::string, std::string>> caches;  // by plugin id
};

// What one call is about, for messages and for the services it may use.
struct CallContext {
  std::string object;                          // "column public.customer.email", may be empty
  postgres::Connection* connection = nullptr;  // actions only
  const Cancellation* cancellation = nullptr;  // beside the session's: a time limit
  std::function<void(const confiture_finding&)> report;  // rules only
  std::function<void(const confiture_effect&)> effect;   // classifiers only
};

class Instance {
 public:
  // Checks and creates. `parameters` were validated by config::check_parameters. [main]
  Instance(const Extension& extension, config::Parameters parameters, Session& session,
           std::string object = {});
  Instance(Instance&&) noexcept;
  Instance& operator=(Instance&&) noexcept;
  ~Instance();  // [main]

  const Extension& extension() const;

  // An action. [main]
  void run(const confiture_event& event, const CallContext& context);
  // A strategy: once, with the columns. [main]
  void bind(const std::vector<const confiture_node*>& columns, std::uint32_t target_count,
            const CallContext& context);
  // A rule. [serial]
  void check(const confiture_node& node, const CallContext& context);
  // A classifier. [serial]
  void classify(const confiture_node& statement, const CallContext& context);

 private:
  friend class StrategyCalls;
  struct State;
  confiture_call& call_about(const confiture_node& node, const CallContext& context);
  std::unique_ptr<State> state_;
};

// One strategy instance with an arena that is used again for every batch. [serial]
class StrategyCalls {
 public:
  StrategyCalls(Instance& instance, CallContext context);
  ~StrategyCalls();
  // Output texts live until the next apply().
  void apply(const confiture_batch& batch);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace host::extensions
