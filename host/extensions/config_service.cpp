// SPDX-License-Identifier: MIT
// confiture.config/1
#include <fmt/format.h>

#include "host/extensions/call.hpp"
#include "host/extensions/config_view.hpp"
#include "host/extensions/services.hpp"

namespace host::extensions {
namespace {

using Entry = config::Parameters::Entry;

// The entry, or nullptr for a key that the descriptors do not declare, which is a bug worth a line
// in the log.
const Entry* find(const confiture_config* config, const char* key) noexcept {
  if (config == nullptr || key == nullptr) return nullptr;
  const Entry* entry = config->parameters->find(key);
  if (entry != nullptr) return entry;
  try {
    log_line(config->session, CONFITURE_LOG_WARN,
             fmt::format("plugin '{}', {} '{}': bug in plugin: it reads the parameter '{}', which "
                         "it does not declare",
                         config->extension->plugin->id, to_string(config->extension->kind),
                         config->extension->id, key));
  } catch (...) {  // no memory for a message
  }
  return nullptr;
}

const Entry* find_set(const confiture_config* config, const char* key) noexcept {
  const Entry* entry = find(config, key);
  return entry != nullptr && entry->set ? entry : nullptr;
}

int32_t is_set(const confiture_config* config, const char* key) noexcept {
  return find_set(config, key) != nullptr ? 1 : 0;
}

confiture_str text(const confiture_config* config, const char* key) noexcept {
  const Entry* entry = find_set(config, key);
  if (entry == nullptr || entry->composite) return {nullptr, 0};
  return {entry->text.c_str(), entry->text.size()};
}

int64_t integer(const confiture_config* config, const char* key) noexcept {
  const Entry* entry = find_set(config, key);
  return entry == nullptr ? 0 : entry->integer;
}

double real(const confiture_config* config, const char* key) noexcept {
  const Entry* entry = find_set(config, key);
  return entry == nullptr ? 0 : entry->real;
}

size_t count(const confiture_config* config, const char* key) noexcept {
  const Entry* entry = find_set(config, key);
  if (entry == nullptr) return 0;
  return entry->composite ? entry->items.size() : 1;
}

const confiture_config* item(const confiture_config* config, const char* key,
                             size_t index) noexcept {
  if (find_set(config, key) == nullptr) return nullptr;
  const auto found = config->items.find(std::string_view(key));
  if (found == config->items.end() || index >= found->second.size()) return nullptr;
  return &found->second[index];
}

}  // namespace

confiture_config make_config(const config::Parameters& parameters, const Extension& extension,
                             const Session& session) {
  confiture_config view;
  view.parameters = &parameters;
  view.extension = &extension;
  view.session = &session;
  for (const auto& [key, entry] : parameters.entries())
    for (const config::Parameters& part : entry.items)
      view.items[key].push_back(make_config(part, extension, session));
  return view;
}

const confiture_config_v1 config_service{is_set, text, integer, real, count, item};

}  // namespace host::extensions
