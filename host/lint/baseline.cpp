// SPDX-License-Identifier: MIT
#include "host/lint/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/json.hpp"
#include "host/lint/errors.hpp"

namespace host::lint {
namespace {

constexpr std::int64_t format_version = 1;

[[noreturn]] void refuse(const std::string& file, std::string_view why) {
  throw Error(errors::bad_baseline, fmt::format("'{}' is no baseline: {}", file, why),
              "write it anew: confiture lint --write-baseline FILE", {file, 0, 0});
}

}  // namespace

std::string fingerprint(const Finding& finding) {
  std::string text = finding.file();
  for (const std::string* part : {&finding.rule, &finding.object, &finding.message})
    text.append(1, '\n').append(*part);
  text += '\n';
  if (finding.source != nullptr)
    for (const char c : finding.source->line(finding.line))
      if (static_cast<unsigned char>(c) > ' ') text += c;
  return sha256_hex(text).substr(0, 16);
}

Baseline::Baseline(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings)
    entries_.push_back({finding.file(), finding.rule, finding.message, fingerprint(finding)});
}

Baseline Baseline::read(const std::filesystem::path& file, const std::string& shown_as) {
  boost::json::error_code failed;
  const boost::json::value document = boost::json::parse(read_file(file), failed);
  if (failed) refuse(shown_as, failed.message());
  const boost::json::object* object = document.if_object();
  const boost::json::value* version = object ? object->if_contains("version") : nullptr;
  const boost::json::value* list = object ? object->if_contains("findings") : nullptr;
  if (version == nullptr || !version->is_int64() || version->get_int64() != format_version)
    refuse(shown_as, "it has no 'version': 1");
  if (list == nullptr || !list->is_array()) refuse(shown_as, "it has no list 'findings'");
  Baseline baseline;
  for (const boost::json::value& item : list->get_array()) {
    const auto text = [&](std::string_view key) {
      const boost::json::object* entry = item.if_object();
      const boost::json::value* value = entry ? entry->if_contains(key) : nullptr;
      if (value == nullptr || !value->is_string())
        refuse(shown_as, fmt::format("a finding has no '{}'", key));
      return std::string(value->get_string());
    };
    baseline.entries_.push_back({text("file"), text("rule"), text("message"), text("fingerprint")});
  }
  return baseline;
}

std::string Baseline::text() const {
  std::string lines;  // one a finding, so that a change shows as one
  for (const Entry& entry : entries_)
    lines += (lines.empty() ? "\n" : ",\n") +
             to_json(boost::json::object{{"file", entry.file},
                                         {"rule", entry.rule},
                                         {"message", entry.message},
                                         {"fingerprint", entry.fingerprint}});
  return fmt::format("{{\"version\": {}, \"findings\": [{}\n]}}\n", format_version, lines);
}

Baseline::Count::Count(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) left_[entry.fingerprint].push_back(&entry);
}

bool Baseline::Count::take(const Finding& finding) {
  if (left_.empty()) return false;
  const auto found = left_.find(fingerprint(finding));
  if (found == left_.end() || found->second.empty()) return false;
  found->second.pop_back();
  return true;
}

std::size_t Baseline::Count::gone(const std::function<bool(const Entry&)>& judged) const {
  std::size_t count = 0;
  for (const auto& [ignored, entries] : left_)
    for (const Entry* entry : entries)
      if (judged(*entry)) ++count;
  return count;
}

}  // namespace host::lint
