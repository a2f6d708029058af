// SPDX-License-Identifier: MIT
#include "host/lint/acceptance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "host/foundation/text.hpp"
#include "host/lint/built_in.hpp"
#include "host/lint/linter.hpp"

namespace host::lint {
namespace {

bool names(std::string_view word, const Finding& finding) {
  return word == finding.rule || word == finding.category;
}

// Takes a rule out of a comment, or the comment with its line where the rule is the only one. What
// begins a part is left: it has an end.
std::vector<Edit> taken_out(std::string_view text, const Suppression& one, std::size_t index) {
  if (one.rules.size() > 1) {
    const bool last = index + 1 == one.rules.size();
    return {{last ? one.rules[index - 1].end_offset : one.rules[index].offset,
             last ? one.rules[index].end_offset : one.rules[index + 1].offset,
             {}}};
  }
  const std::string_view comment = text.substr(one.offset, one.end_offset - one.offset);
  if (comment.find("ignore-begin") != std::string_view::npos) return {};
  std::uint64_t from = one.offset, to = one.end_offset;
  while (from > 0 && (text[from - 1] == ' ' || text[from - 1] == '\t')) --from;
  const bool whole = (from == 0 || text[from - 1] == '\n') && to < text.size() && text[to] == '\n';
  return {{from, whole ? to + 1 : to, {}}};
}

}  // namespace

void Acceptance::note(const sql::Script& script) {
  Suppressions found = read_suppressions(script);
  if (!found.all.empty() || !found.bad.empty())
    files_[script.source().name()] = {script.shared_source(), std::move(found)};
}

bool Acceptance::severity_of_path(Finding& finding) const {
  if (finding.by_path) finding.severity = Severity::off;
  for (const config::PathRules& path : configuration_.paths) {
    if (!matches_glob(finding.file(), path.pattern, true)) continue;
    for (const config::RuleSetting& setting : path.rules) {
      if (!names(setting.rule, finding)) continue;
      if (setting.off) finding.severity = Severity::off;
      if (setting.severity) finding.severity = *parse_severity(*setting.severity);
    }
  }
  return finding.severity != Severity::off;
}

Suppression* Acceptance::suppressing(const Finding& finding, Suppression::Rule*& rule) {
  const auto file = files_.find(finding.file());
  if (file == files_.end()) return nullptr;
  for (Suppression& one : file->second.suppressions.all) {
    const bool covers =
        finding.offset >= one.from && finding.offset < std::max(one.to, one.from + 1);
    if (!covers || (!one.until.empty() && one.until < today_)) continue;
    for (Suppression::Rule& each : one.rules)
      if (names(each.word, finding)) {
        rule = &each;
        return &one;
      }
  }
  return nullptr;
}

bool Acceptance::runs(std::string_view word) const {
  return std::any_of(rules_.begin(), rules_.end(), [&](const RuleInfo& rule) {
    return (rule.id == word || rule.category == word) && rule.severity != Severity::off;
  });
}

void Acceptance::complain(Report& report, const File& file, std::string_view rule,
                          std::string message, std::string hint, std::uint64_t offset,
                          std::uint64_t end, std::vector<Edit> edits) const {
  const auto info = std::find_if(rules_.begin(), rules_.end(),
                                 [rule](const RuleInfo& one) { return one.id == rule; });
  Finding finding;
  finding.rule = rule;
  finding.category = info->category;
  finding.severity = info->severity;
  finding.source = file.source;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  if (!edits.empty()) finding.fix = FixKind::safe;
  finding.edits = std::move(edits);
  place_finding(finding, offset, end);
  if (finding.severity != Severity::off && severity_of_path(finding))
    report.findings.push_back(std::move(finding));
}

void Acceptance::check_comments(Report& report, File& file) const {
  std::vector<std::string> known;
  for (const RuleInfo& rule : rules_) known.push_back(rule.id);
  for (const BadSuppression& one : file.suppressions.bad)
    complain(report, file, unknown_suppression, one.message, one.hint, one.offset, one.end_offset);
  for (const Suppression& one : file.suppressions.all) {
    const bool over = !one.until.empty() && one.until < today_;
    if (over)
      complain(report, file, unused_suppression,
               fmt::format("this comment accepts nothing since {}", one.until),
               "mend what it accepted, or give it a new date", one.offset, one.end_offset);
    if (one.reason.empty() && configuration_.require_reason)
      complain(report, file, unused_suppression, "this comment gives no reason",
               "say why the finding is accepted, after the rule", one.offset, one.end_offset);
    for (std::size_t index = 0; index < one.rules.size(); ++index) {
      const Suppression::Rule& rule = one.rules[index];
      const bool is_rule = std::any_of(rules_.begin(), rules_.end(), [&](const RuleInfo& each) {
        return each.id == rule.word || each.category == rule.word;
      });
      if (!is_rule) {
        std::vector<Edit> edits;
        if (const auto nearest = nearest_name(rule.word, known))
          edits.push_back({rule.offset, rule.end_offset, *nearest});
        complain(report, file, unknown_suppression,
                 fmt::format("unknown rule '{}' in a comment", printable(rule.word)),
                 suggest_name(rule.word, known), rule.offset, rule.end_offset, std::move(edits));
      }
      if (is_rule && !rule.used && !over && runs(rule.word))
        complain(report, file, unused_suppression,
                 fmt::format("this comment accepts no finding of '{}'", rule.word), "take it out",
                 one.offset, one.end_offset, taken_out(file.source->text(), one, index));
    }
  }
}

void Acceptance::settle(Report& report, const Baseline& baseline) {
  std::vector<Finding> left;
  Baseline::Count counted = baseline.count();
  const auto keep = [&](Finding& finding) {
    const bool old = counted.take(finding);
    if (old) finding.accepted = "baseline";
    (old ? report.accepted : left).push_back(std::move(finding));
  };
  for (Finding& finding : report.findings) {
    if (!severity_of_path(finding)) continue;
    Suppression::Rule* rule = nullptr;
    const Suppression* one = suppressing(finding, rule);
    if (one == nullptr) {
      keep(finding);
      continue;
    }
    rule->used = true;
    if (one->reason.empty() && configuration_.require_reason) {
      left.push_back(std::move(finding));
      continue;
    }
    finding.accepted = one->reason.empty() ? "suppressed" : one->reason;
    report.accepted.push_back(std::move(finding));
  }
  report.findings.clear();
  for (auto& [name, file] : files_) check_comments(report, file);
  for (Finding& finding : report.findings) keep(finding);
  report.findings = std::move(left);
  const std::set<std::string_view> files(report.file_names.begin(), report.file_names.end());
  report.baseline_gone = counted.gone(
      [&](const Baseline::Entry& entry) { return files.contains(entry.file) && runs(entry.rule); });
  sort_findings(report.findings);
  sort_findings(report.accepted);
}

}  // namespace host::lint
