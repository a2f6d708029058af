// SPDX-License-Identifier: MIT
#include "host/extensions/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/extensions/call.hpp"
#include "host/extensions/errors.hpp"
#include "host/extensions/host_table.hpp"
#include "host/extensions/library.hpp"
#include "host/extensions/normalise.hpp"
#include "host/extensions/search.hpp"
#include "host/extensions/services.hpp"
#include "host/foundation/text.hpp"

namespace host::extensions {
namespace {

bool allows(const Candidate& candidate, std::string_view grant) {
  if (candidate.first_party) return true;
  return candidate.entry != nullptr &&
         std::find(candidate.entry->allow.begin(), candidate.entry->allow.end(), grant) !=
             candidate.entry->allow.end();
}

void check_needs(const confiture_plugin& descriptor, const Plugin& plugin, const Place& place) {
  if (descriptor.needs == nullptr) return;
  for (const char* const* need = descriptor.needs; *need != nullptr; ++need) {
    const Service* service = find_service(*need);
    if (service == nullptr)
      throw Error(errors::incompatible,
                  fmt::format("plugin '{}' needs the service '{}', which this confiture does not "
                              "have",
                              plugin.id, printable(*need)),
                  "update confiture, or install an older build of the plugin", place);
    if (!is_granted(plugin, *service))
      throw Error(errors::not_granted,
                  fmt::format("plugin '{}' needs the service '{}', which it was not granted",
                              plugin.id, *need),
                  fmt::format("add to its entry under `plugins` in db/confiture.yaml: allow: [{}]",
                              to_string(service->grant)),
                  place);
  }
}

void initialise(const confiture_plugin& descriptor, const Plugin& plugin) {
  if (descriptor.init == nullptr) return;
  confiture_call call;
  call.plugin = &plugin;
  const confiture_status status = descriptor.init(plugin.host, &call);
  settle(call, status);
}

ErrorCode unknown(Kind kind) {
  switch (kind) {
    case Kind::action:
      return errors::unknown_action;
    case Kind::strategy:
      return errors::unknown_strategy;
    case Kind::rule:
      return errors::unknown_rule;
    case Kind::classifier:
      break;
  }
  return errors::unknown_classifier;
}

std::string_view plural(Kind kind) {
  switch (kind) {
    case Kind::action:
      return "actions";
    case Kind::strategy:
      return "strategies";
    case Kind::rule:
      return "rules";
    case Kind::classifier:
      break;
  }
  return "classifiers";
}

}  // namespace

struct Registry::State {
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    for (auto end = endings.rbegin(); end != endings.rend(); ++end) (*end)();
  }

  void load(const Candidate& candidate) {
    const TrustedFile file(candidate.file, candidate.entry ? candidate.entry->sha256 : std::nullopt,
                           candidate.place);
    const EntryFunction entry = load_entry(file, candidate.place);
    // The table carries the grants, and an entry function may already use it to say why it refuses.
    Plugin granted;
    granted.id = candidate.id;
    granted.grants_db = allows(candidate, "db");
    granted.grants_secret = allows(candidate, "secret");
    const confiture_host* host = make_host_table(granted);
    Normalised result = normalise(entry(host), file.path(), candidate.id, candidate.place);
    Plugin& plugin = *result.plugin;
    plugin.first_party = candidate.first_party;
    plugin.grants_db = granted.grants_db;
    plugin.grants_secret = granted.grants_secret;
    plugin.host = host;
    check_needs(result.descriptor, plugin, candidate.place);
    initialise(result.descriptor, plugin);
    if (result.descriptor.deinit != nullptr) endings.push_back(result.descriptor.deinit);
    warnings.insert(warnings.end(), result.warnings.begin(), result.warnings.end());
    for (const auto& extension : plugin.extensions) by_id.emplace(extension->id, extension.get());
    plugins.push_back(std::move(result.plugin));
  }

  // Why there is no such extension, and where it was looked for.
  std::string account_of(Kind kind, std::string_view id) const {
    std::vector<std::string> lines;
    std::vector<std::string> known, siblings;
    const std::string_view prefix = id.substr(0, id.find('.'));
    for (const auto& [name, extension] : by_id)
      if (extension->kind == kind) {
        known.push_back(name);
        if (extension->plugin->id == prefix) siblings.push_back(name);
      }
    const bool loaded = std::any_of(plugins.begin(), plugins.end(),
                                    [&](const auto& plugin) { return plugin->id == prefix; });
    if (const auto other = by_id.find(id); other != by_id.end()) {
      const std::string_view is = to_string(other->second->kind);
      return fmt::format("'{}' is {} {}", id, is == "action" ? "an" : "a", is);
    }
    if (nearest_name(id, known)) {
      lines.push_back(suggest_name(id, known));
    } else if (loaded) {
      lines.push_back(siblings.empty()
                          ? fmt::format("plugin '{}' has no {}", prefix, plural(kind))
                          : fmt::format("plugin '{}' has: {}", prefix, join_words(siblings)));
    } else if (!known.empty()) {
      lines.push_back(suggest_name(id, known));
    }
    if (!loaded) {
      lines.push_back(fmt::format("no plugin '{}' is loaded; looked at:", printable(prefix)));
      for (const std::string& line : account) lines.push_back("  " + line);
    }
    return fmt::format("{}", fmt::join(lines, "\n"));
  }

  std::vector<std::unique_ptr<Plugin>> plugins;
  std::map<std::string, const Extension*, std::less<>> by_id;
  std::vector<std::string> warnings;
  std::vector<std::string> account;
  std::vector<decltype(confiture_plugin::deinit)> endings;
};

Registry::Registry() : state_(std::make_unique<State>()) {}
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;
Registry::~Registry() = default;

Registry Registry::load(const SearchPath& path) {
  Registry registry;
  SearchResult found = find_plugins(path);
  registry.state_->account = std::move(found.account);
  for (const Candidate& candidate : found.candidates) registry.state_->load(candidate);
  return registry;
}

const std::vector<std::unique_ptr<Plugin>>& Registry::plugins() const {
  return state_->plugins;
}

const Extension* Registry::find(Kind kind, std::string_view id) const {
  const auto found = state_->by_id.find(id);
  return found != state_->by_id.end() && found->second->kind == kind ? found->second : nullptr;
}

const Extension& Registry::require(Kind kind, std::string_view id, const Place& place) const {
  if (const Extension* extension = find(kind, id)) return *extension;
  throw Error(unknown(kind), fmt::format("unknown {} '{}'", to_string(kind), printable(id)),
              state_->account_of(kind, id), place);
}

std::vector<const Extension*> Registry::all(Kind kind) const {
  std::vector<const Extension*> extensions;
  for (const auto& [id, extension] : state_->by_id)
    if (extension->kind == kind) extensions.push_back(extension);
  return extensions;
}

const std::vector<std::string>& Registry::warnings() const {
  return state_->warnings;
}

}  // namespace host::extensions
