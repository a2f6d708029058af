// SPDX-License-Identifier: MIT
// confiture audit export: entries for other programs, with all that it takes to verify them there.
#include <boost/json.hpp>
#include <cstddef>

#include "host/cli/audit_filter.hpp"
#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/foundation/json.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using audit::Entry;

// A field of RFC 4180. What a spreadsheet would take for a formula is text.
std::string csv_field(const std::string& text) {
  constexpr std::string_view formula = "=+-@\t\r";
  std::string quoted = "\"";
  if (!text.empty() && formula.find(text.front()) != std::string_view::npos) quoted += '\'';
  for (const char c : text) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_line(const Entry& entry, bool redact, bool names) {
  std::string line;
  for (const auto& [name, value] : columns(entry, redact)) {
    if (!line.empty()) line += ',';
    line += names ? std::string(name) : value ? csv_field(*value) : std::string();
  }
  return line + "\r\n";
}

Exit run(Context& context, const Arguments& arguments) {
  AuditView view(context);
  const bool redact = arguments.flag("redact");
  Output& output = context.output();
  const bool csv = output.format() == "csv";
  json::array entries;
  std::size_t count = 0;
  if (csv) output.text(csv_line({}, redact, true));
  audit::read_entries(view.connection(), read_filter(arguments), [&](const Entry& entry) {
    ++count;
    if (csv) return output.text(csv_line(entry, redact, false));
    if (!output.json()) return output.text(to_json(to_object(entry, redact)) + "\n");
    entries.push_back(to_object(entry, redact));
  });
  view.close();
  note_reading(context, view.connection(), "audit.exported",
               {{"entries", count},
                {"format", csv             ? "csv"
                           : output.json() ? "json"
                                           : "jsonl"},
                {"redacted", redact}});
  if (output.json()) output.document(true, {{"entries", std::move(entries)}});
  return Exit::done;
}

}  // namespace

extern const Command audit_export_command;
const Command audit_export_command{
    "audit export",
    "",
    "write the audit for other programs: a JSON text a line, or CSV",
    audit_filter_options({"redact", "", "without the payloads, of which the hashes stay"}),
    0,
    0,
    run,
    {"jsonl", "csv"}};

}  // namespace host::cli
