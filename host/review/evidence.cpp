// SPDX-License-Identifier: MIT
#include "host/review/evidence.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace host::review {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& object, std::string_view key) {
  return std::string(object.at(key).as_string());
}

}  // namespace

std::string describe(const Evidence& evidence) {
  return fmt::format(
      "{}: applied in '{}' at {} by '{}' in {:.0f} ms{}{}", evidence.migration,
      evidence.environment, evidence.applied_at, evidence.applied_by, evidence.duration_ms,
      evidence.verified ? "; its check holds there" : "",
      evidence.entry
          ? fmt::format("; audit entry {}, {}", evidence.entry->seq, evidence.entry->hash)
          : std::string());
}

json::object to_object(const Evidence& evidence) {
  json::object object{{"migration", evidence.migration},
                      {"environment", evidence.environment},
                      {"applied_at", evidence.applied_at},
                      {"applied_by", evidence.applied_by},
                      {"duration_ms", evidence.duration_ms},
                      {"verified", evidence.verified},
                      {"entry", nullptr}};
  if (evidence.entry) object["entry"] = audit::to_object(*evidence.entry);
  return object;
}

Evidence read_evidence(const json::object& object) {
  Evidence evidence{text_of(object, "migration"),
                    text_of(object, "environment"),
                    text_of(object, "applied_at"),
                    text_of(object, "applied_by"),
                    object.at("duration_ms").to_number<double>(),
                    object.at("verified").as_bool(),
                    {}};
  if (const json::value& entry = object.at("entry"); !entry.is_null())
    evidence.entry = audit::from_object(entry.as_object());
  return evidence;
}

std::string contradiction(const Evidence& evidence, const std::string& version,
                          const std::string& checksum) {
  if (!evidence.entry) return {};
  const audit::Entry& entry = *evidence.entry;
  if (entry_hash(entry) != entry.hash)
    return fmt::format("entry {} of the audit of '{}' was changed", entry.seq,
                       evidence.environment);
  boost::system::error_code error;
  const json::value payload = json::parse(entry.payload, error);
  const json::object* facts = error ? nullptr : payload.if_object();
  const auto says = [&](const char* key, const std::string& text) {
    const json::value* found = facts == nullptr ? nullptr : facts->if_contains(key);
    return found != nullptr && found->is_string() && found->get_string() == text;
  };
  if (entry.event == "migration.applied" && says("version", version) &&
      says("checksum", checksum) && entry.at == evidence.applied_at &&
      entry.actor == evidence.applied_by)
    return {};
  return fmt::format("entry {} of the audit of '{}' says something else", entry.seq,
                     evidence.environment);
}

}  // namespace host::review
