// SPDX-License-Identifier: MIT
#include "host/audit/trail.hpp"

#include <fmt/format.h>
#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <vector>

#include "host/foundation/json.hpp"
#include "host/postgres/quote.hpp"

namespace host::audit {
namespace {

namespace json = boost::json;
using postgres::quote_literal;

std::string literal_or_null(std::string_view text) {
  return text.empty() ? "NULL" : quote_literal(text);
}

json::value in_order(const json::value& value) {
  if (const json::array* list = value.if_array()) {
    json::array copy;
    for (const json::value& each : *list) copy.push_back(in_order(each));
    return copy;
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return value;
  std::vector<std::string_view> keys;
  for (const auto& member : *object) keys.emplace_back(member.key());
  std::sort(keys.begin(), keys.end());
  json::object copy;
  for (const std::string_view key : keys) copy[key] = in_order(object->at(key));
  return copy;
}

}  // namespace

std::string canonical_json(const json::value& value) {
  return to_json(in_order(value));
}

std::string Trail::sql(std::string_view event, const json::object& payload) const {
  static const std::string machine = host_name();
  return fmt::format(
      "SELECT confiture.append_audit({}, {}, {}, {}, '" CONFITURE_VERSION "', {}, {}, {})",
      quote_literal(event), quote_literal(canonical_json(payload)), literal_or_null(origin_.person),
      quote_literal(machine), literal_or_null(origin_.environment), literal_or_null(origin_.run),
      literal_or_null(origin_.plan_hash));
}

void Trail::append(postgres::Connection& connection, std::string_view event,
                   const json::object& payload) const {
  connection.query(sql(event, payload));
}

std::string person_of(const config::Review& review, postgres::Connection& connection) {
  if (review.people.empty()) return {};
  const std::string role = connection.query("SELECT session_user").text(0, 0);
  for (const config::Person& person : review.people)
    if (person.database_role == role) return person.name;
  return {};
}

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace host::audit
