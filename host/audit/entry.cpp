// SPDX-License-Identifier: MIT
#include "host/audit/entry.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/foundation/hash.hpp"

namespace host::audit {

std::string entry_hash(const Entry& entry) {
  std::string text = entry.prev + "\n";
  const auto add = [&](const Field& field) {
    text += field ? fmt::format("{}:{},", field->size(), *field) : "-,";
  };
  add(std::to_string(entry.seq));
  for (const std::string* each : {&entry.at, &entry.actor}) add(*each);
  for (const Field* each : {&entry.login, &entry.person, &entry.host, &entry.client}) add(*each);
  add(entry.application);
  for (const Field* each : {&entry.tool, &entry.environment, &entry.run, &entry.plan_hash})
    add(*each);
  add(entry.event);
  add(sha256_hex(entry.payload));
  return sha256_hex(text);
}

std::vector<Column> columns(const Entry& entry, bool redact) {
  return {{"seq", std::to_string(entry.seq)},
          {"at", entry.at},
          {"actor", entry.actor},
          {"login", entry.login},
          {"person", entry.person},
          {"host", entry.host},
          {"client", entry.client},
          {"application", entry.application},
          {"tool", entry.tool},
          {"environment", entry.environment},
          {"run", entry.run},
          {"plan_hash", entry.plan_hash},
          {"event", entry.event},
          {"payload", redact ? Field() : entry.payload},
          {"payload_sha256", sha256_hex(entry.payload)},
          {"prev", entry.prev},
          {"hash", entry.hash}};
}

boost::json::object to_object(const Entry& entry, bool redact) {
  boost::json::object object;
  for (const auto& [name, value] : columns(entry, redact)) {
    if (value) {
      object[name] = *value;
    } else {
      object[name] = nullptr;
    }
  }
  object["seq"] = entry.seq;
  return object;
}

Entry from_object(const boost::json::object& object) {
  const auto text = [&](const char* name) { return std::string(object.at(name).as_string()); };
  const auto field = [&](const char* name) {
    return object.at(name).is_null() ? Field() : Field(text(name));
  };
  return {object.at("seq").as_int64(),
          text("at"),
          text("actor"),
          field("login"),
          field("person"),
          field("host"),
          field("client"),
          text("application"),
          field("tool"),
          field("environment"),
          field("run"),
          field("plan_hash"),
          text("event"),
          text("payload"),
          text("prev"),
          text("hash")};
}

}  // namespace host::audit
