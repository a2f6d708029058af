// SPDX-License-Identifier: MIT
// The secrets of db/confiture.yaml, which plugins ask for by name.
#include <fmt/format.h>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/config/reader.hpp"
#include "host/config/secrets.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/text.hpp"

namespace host::config {

std::map<std::string, SecretSource> read_secret_sources(const Value& section,
                                                        const std::filesystem::path& folder) {
  std::map<std::string, SecretSource> sources;
  for (const auto& [name, source] : as_map(section, "'secrets'"))
    sources.emplace(
        name.text,
        read_secret_source(source, fmt::format("the secret '{}'", printable(name.text)), folder));
  return sources;
}

Secret read_named_secret(const Project& project, const std::string& name) {
  const auto found = project.secrets.find(name);
  if (found != project.secrets.end()) return read_secret(found->second);
  std::vector<std::string> known;
  for (const auto& [each, source] : project.secrets) known.push_back(each);
  std::string hint = suggest_name(name, known);
  if (known.empty())
    hint = fmt::format("add to db/confiture.yaml: secrets: {{ {}: {{ env: NAME }} }}",
                       printable(name));
  throw Error(errors::unknown_secret, fmt::format("unknown secret '{}'", printable(name)),
              std::move(hint));
}

}  // namespace host::config
