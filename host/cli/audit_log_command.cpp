// SPDX-License-Identifier: MIT
// confiture audit log: what was done, for people, and as one document.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/audit_filter.hpp"
#include "host/cli/command.hpp"
#include "host/foundation/json.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using audit::Entry;

json::value read_payload(const Entry& entry) {
  boost::system::error_code error;
  json::value payload = json::parse(entry.payload, error);
  return error ? json::value(entry.payload) : payload;
}

std::string list_in_words(const json::array& list) {
  std::vector<std::string> words;
  for (const json::value& each : list)
    if (each.is_string()) words.emplace_back(each.get_string());
  return words.size() == list.size() ? join_words(words) : std::to_string(list.size());
}

// What a member of the payload says in few words; empty: nothing.
std::string in_words(const json::value& value) {
  if (const json::string* text = value.if_string()) return std::string(*text);
  if (const json::array* list = value.if_array()) return list->empty() ? "" : list_in_words(*list);
  if (const json::object* object = value.if_object()) {
    const json::value* message = object->if_contains("message");
    return message == nullptr ? std::string() : in_words(*message);
  }
  return value.is_null() ? std::string() : to_json(value);
}

// "duration 12 ms".
std::string in_words(std::string_view key, const json::value& value) {
  constexpr std::string_view milliseconds = "_ms";
  if (value.is_bool()) return value.get_bool() ? std::string(key) : std::string();
  if (value.is_number() && key.ends_with(milliseconds))
    return fmt::format("{} {:.0f} ms", key.substr(0, key.size() - milliseconds.size()),
                       value.to_number<double>());
  const std::string words = in_words(value);
  return words.empty() ? words : fmt::format("{} {}", key, words);
}

// "version 0001, name customers, hooks 2".
std::string summary(const Entry& entry) {
  const json::value payload = read_payload(entry);
  if (!payload.is_object()) return to_json(payload);
  std::string text;
  for (const auto& member : payload.get_object()) {
    const std::string words = in_words(member.key(), member.value());
    if (!words.empty()) text += (text.empty() ? "" : ", ") + words;
  }
  return text;
}

std::string line_of(const Entry& entry) {
  const std::string facts = summary(entry);
  return fmt::format(
      "{} {} {} by {}{}{}", entry.seq, entry.at, entry.event,
      entry.person ? fmt::format("{} ({})", *entry.person, entry.actor) : entry.actor,
      facts.empty() ? "" : ": ", facts);
}

Exit run(Context& context, const Arguments& arguments) {
  AuditView view(context);
  audit::Filter filter = read_filter(arguments);
  filter.last = arguments.number("last", 1);
  Output& output = context.output();
  json::array entries;
  bool any = false;
  audit::read_entries(view.connection(), filter, [&](const Entry& entry) {
    any = true;
    if (!output.json()) return output.line(line_of(entry));
    json::object object = to_object(entry);
    object["payload"] = read_payload(entry);
    entries.push_back(std::move(object));
  });
  if (!any) output.line("nothing of that kind");
  output.document(true, {{"entries", std::move(entries)}});
  return Exit::done;
}

}  // namespace

extern const Command audit_log_command;
const Command audit_log_command{"audit log",
                                "",
                                "show what was done, by whom and from where",
                                audit_filter_options({"last", "N", "only the newest"}),
                                0,
                                0,
                                run};

}  // namespace host::cli
