// SPDX-License-Identifier: MIT
// Actions made of functions of a test, through the same table that a plugin fills.
#pragma once

#include <confiture/abi.h>

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "host/extensions/host_table.hpp"
#include "host/hooks/binding.hpp"

namespace host::test {

// What an action does; a text that is not empty is the failure's message.
using Deed = std::function<std::string(const confiture_event&)>;

// Owns the actions of one test; outlives the runner that uses them.
class Actions {
 public:
  Actions() {
    plugin_.id = "test";
    plugin_.grants_db = true;
    plugin_.host = extensions::make_host_table(plugin_);
  }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;

  hooks::Hook& hook(hooks::Phase phase, std::string name, Deed deed, std::uint32_t flags = 0) {
    Action& action = actions_.emplace_back();
    action.deed = std::move(deed);
    action.original.user = &action;
    extensions::Extension& extension = action.extension;
    extension.kind = extensions::Kind::action;
    extension.id = "test." + name;
    extension.plugin = &plugin_;
    extension.original = &action.original;
    extension.descriptor.create = create;
    extension.action.phases = phase;
    extension.action.flags = flags;
    extension.action.run = run;
    action.host = plugin_.host;
    hooks::Hook& hook = hooks.emplace_back();
    hook.phase = phase;
    hook.action = &extension;
    hook.name = std::move(name);
    return hook;
  }

  std::deque<hooks::Hook> hooks;
  std::vector<hooks::Hook> list() const { return {hooks.begin(), hooks.end()}; }

 private:
  struct Action {
    Deed deed;
    const confiture_host* host = nullptr;
    confiture_extension original{};
    extensions::Extension extension;
  };
  static confiture_status create(const confiture_extension* extension, const confiture_host*,
                                 confiture_call*, const confiture_config*, void** self) noexcept {
    *self = const_cast<void*>(extension->user);
    return CONFITURE_OK;
  }
  static confiture_status run(void* self, confiture_call* call,
                              const confiture_event* event) noexcept {
    const Action& action = *static_cast<const Action*>(self);
    const std::string failure = action.deed(*event);
    if (failure.empty()) return CONFITURE_OK;
    action.host->fail(call, CONFITURE_FAILED, {failure.data(), failure.size()}, {nullptr, 0});
    return CONFITURE_FAILED;
  }

  extensions::Plugin plugin_;
  std::deque<Action> actions_;
};

}  // namespace host::test
