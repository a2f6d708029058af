// SPDX-License-Identifier: MIT
#include "host/config/secrets.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/file.hpp"

namespace host::config {
namespace {

constexpr std::size_t least_key_bytes = 32;
constexpr const char* make_key = "make one with: openssl rand -base64 48";

Secret read_variable(const SecretSource& source) {
  const char* value = std::getenv(source.name.c_str());
  if (value == nullptr || *value == '\0')
    throw Error(errors::variable_unset,
                fmt::format("the environment variable '{}' is {}", source.name,
                            value == nullptr ? "not set" : "empty"),
                {}, source.place);
  return Secret(value);
}

Secret read_secret_file(const SecretSource& source) {
  struct stat status {};
  if (::stat(source.name.c_str(), &status) == 0 && (status.st_mode & 077u) != 0)
    throw Error(
        errors::secret_exposed,
        fmt::format("the secret file '{}' can be read by others than its owner", source.name),
        fmt::format("run: chmod 600 {}", source.name), source.place);
  std::string bytes;
  try {
    bytes = read_file(source.name);
  } catch (const Error& error) {
    throw error.at(source.place);
  }
  if (bytes.ends_with('\n')) bytes.pop_back();
  return Secret(std::move(bytes));
}

}  // namespace

SecretSource read_secret_source(const Value& value, const std::string& what,
                                const std::filesystem::path& folder) {
  if (value.kind == Value::Kind::scalar)
    throw Error(errors::wrong_type, fmt::format("{} must not stand in the file itself", what),
                "say where it is: { env: NAME } or { file: PATH }", value.place);
  Reader reader(value, what);
  SecretSource source;
  source.place = value.place;
  if (const auto file = reader.text("file")) {
    source.kind = SecretSource::Kind::file;
    source.name = resolve_path(*file, folder).string();
    if (reader.value("env") != nullptr)
      throw Error(errors::wrong_type, fmt::format("{} has both 'env' and 'file'", what),
                  "keep one of them", value.place);
  } else {
    source.name = as_text(reader.required("env"), reader.name_of("env"));
  }
  reader.finish();
  return source;
}

Secret read_secret(const SecretSource& source) {
  return source.kind == SecretSource::Kind::environment ? read_variable(source)
                                                        : read_secret_file(source);
}

Secret read_anonymization_key(const Anonymization& anonymization) {
  if (!anonymization.key)
    throw Error(errors::no_key, "no anonymization key is configured",
                "add to db/confiture.yaml: anonymization: { key: { env: CONFITURE_KEY } }");
  const SecretSource& source = *anonymization.key;
  Secret key;
  try {
    key = read_secret(source);
  } catch (const Error& error) {
    if (error.code().id != errors::variable_unset.id) throw;
    throw Error(errors::no_key, fmt::format("there is no anonymization key: {}", error.message()),
                make_key, source.place);
  }
  const std::string_view bytes = key.reveal();
  if (bytes.size() < least_key_bytes)
    throw Error(errors::weak_key,
                fmt::format("the anonymization key has {} bytes; it needs at least {}",
                            bytes.size(), least_key_bytes),
                make_key, source.place);
  if (std::all_of(bytes.begin(), bytes.end(), [&](char c) { return c == bytes[0]; }))
    throw Error(errors::weak_key, "all bytes of the anonymization key are equal", make_key,
                source.place);
  return key;
}

}  // namespace host::config
