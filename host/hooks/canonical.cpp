// SPDX-License-Identifier: MIT
#include "host/hooks/canonical.hpp"

#include <confiture/parameters.h>

#include <boost/json.hpp>
#include <map>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/json.hpp"

namespace host::hooks {
namespace {

namespace json = boost::json;
using config::Parameters;

json::object to_object(const Parameters& parameters);

// By its meaning: 1m and 60s are one duration.
json::value to_value(const Parameters::Entry& entry) {
  if (!entry.set) return nullptr;
  if (entry.composite) {
    json::array items;
    for (const Parameters& item : entry.items) items.push_back(to_object(item));
    return items;
  }
  switch (entry.type) {
    case CONFITURE_PARAM_INT:
    case CONFITURE_PARAM_DURATION:
      return entry.integer;
    case CONFITURE_PARAM_BOOL:
      return entry.integer != 0;
    case CONFITURE_PARAM_REAL:
      return entry.real;
    default:
      return json::string(entry.text);
  }
}

// A map by name, so the file's order of keys does not show.
json::object to_object(const Parameters& parameters) {
  json::object object;
  for (const auto& [name, entry] : parameters.entries()) object.emplace(name, to_value(entry));
  return object;
}

json::object to_object(const config::HookCondition& when) {
  return {{"direction", when.direction},
          {"risk", when.risk},
          {"statements", json::value_from(when.statements)}};
}

}  // namespace

std::string canonical(std::span<const Hook* const> hooks) {
  std::map<std::string, std::string> digests{{"", ""}};  // by file; a test has none
  std::string text;
  for (const Hook* hook : hooks) {
    const std::string file = hook->action->plugin->file.string();
    const auto digest = digests.find(file);
    const json::object line{
        {"phase", phase_name(hook->phase)},
        {"action", hook->action->id},
        {"name", hook->name},
        {"parameters", to_object(hook->parameters)},
        {"environments", json::value_from(hook->environments)},
        {"migrations", hook->migrations},
        {"when", to_object(hook->when)},
        {"on_error", to_string(hook->on_error)},
        {"timeout_ms", hook->timeout.count()},
        {"plugin_sha256", digest != digests.end()
                              ? digest->second
                              : digests.emplace(file, sha256_hex(read_file(file))).first->second}};
    text += to_json(line) + "\n";
  }
  return text;
}

}  // namespace host::hooks
