// SPDX-License-Identifier: MIT
#include "host/lint/fixes.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "host/lint/built_in.hpp"

namespace host::lint {
namespace {

// What tells one finding from the next, wherever it stands.
using Identity = std::tuple<std::string, std::string, std::string, std::string>;

Identity identity(const Finding& finding) {
  return {finding.file(), finding.rule, finding.object, finding.message};
}

bool is_unread(const Finding& finding) {
  return finding.rule == "safety.syntax_error" || finding.rule == "safety.unsupported_syntax";
}

std::map<Identity, std::size_t> counted(const std::vector<Finding>& findings) {
  std::map<Identity, std::size_t> counts;
  for (const Finding& finding : findings) ++counts[identity(finding)];
  return counts;
}

std::size_t unread(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), is_unread));
}

// With the line ends that the file has there.
std::string with_ends_of(const std::string& file, const Edit& edit) {
  std::size_t line = edit.offset > 0 ? file.rfind('\n', edit.offset - 1) : std::string::npos;
  if (line == std::string::npos) line = file.find('\n', edit.offset);
  if (line == 0 || line == std::string::npos || file[line - 1] != '\r') return edit.text;
  std::string result;
  for (const char c : edit.text) {
    if (c == '\n' && !result.ends_with('\r')) result += '\r';
    result += c;
  }
  return result;
}

class Fixer {
 public:
  Fixer(Linter& linter, std::vector<Input> inputs, FixKind worst,
        const std::function<bool(const std::string&)>& may_change)
      : linter_(linter), inputs_(std::move(inputs)), worst_(worst) {
    for (const Input& input : inputs_)
      if (!input.context && may_change(input.source.name()))
        texts_[input.source.name()] = input.source.text();
    original_ = texts_;
  }

  Fixed run() {
    constexpr int most_rounds = 50;
    Fixed fixed;
    fixed.report = lint();
    for (int round = 0; round < most_rounds && step(fixed); ++round) {
    }
    for (const auto& [name, text] : texts_)
      if (text != original_.at(name)) fixed.texts[name] = text;
    return fixed;
  }

 private:
  Report lint() {
    std::vector<Input> inputs;
    for (const Input& input : inputs_) {
      const auto mended = texts_.find(input.source.name());
      inputs.push_back(
          {mended == texts_.end() ? input.source : sql::Source(mended->first, mended->second),
           input.kind, input.facts, input.context});
    }
    return linter_.run(std::move(inputs));
  }

  // The fixes that can be applied together: none overlaps another in its file.
  std::vector<const Finding*> chosen(const Report& report) const {
    std::map<std::string, std::vector<Edit>> taken;
    std::vector<const Finding*> result;
    for (const Finding& finding : report.findings) {
      const std::string file = finding.file();
      if (finding.fix == FixKind::none || finding.fix > worst_ || !texts_.contains(file) ||
          refused_.contains(identity(finding)) || !fits(finding, texts_.at(file)))
        continue;
      std::vector<Edit>& others = taken[file];
      const bool overlaps =
          std::any_of(finding.edits.begin(), finding.edits.end(), [&](const Edit& edit) {
            return std::any_of(others.begin(), others.end(), [&](const Edit& other) {
              return edit.offset <= other.end_offset && other.offset <= edit.end_offset;
            });
          });
      if (overlaps) continue;
      others.insert(others.end(), finding.edits.begin(), finding.edits.end());
      result.push_back(&finding);
    }
    return result;
  }

  static bool fits(const Finding& finding, const std::string& text) {
    return std::all_of(finding.edits.begin(), finding.edits.end(), [&](const Edit& edit) {
      return edit.offset <= edit.end_offset && edit.end_offset <= text.size();
    });
  }

  static void apply(const std::vector<const Finding*>& findings,
                    std::map<std::string, std::string>& texts) {
    std::map<std::string, std::vector<Edit>> edits;
    for (const Finding* finding : findings)
      for (const Edit& edit : finding->edits) edits[finding->file()].push_back(edit);
    for (auto& [file, list] : edits) {
      std::sort(list.begin(), list.end(),
                [](const Edit& a, const Edit& b) { return a.offset > b.offset; });
      std::string& text = texts[file];
      for (const Edit& edit : list)
        text.replace(edit.offset, edit.end_offset - edit.offset, with_ends_of(text, edit));
    }
  }

  // One round; false when there is nothing left to do.
  bool step(Fixed& fixed) {
    const std::vector<const Finding*> findings = chosen(fixed.report);
    if (findings.empty()) return false;
    std::map<std::string, std::string> before = texts_;
    apply(findings, texts_);
    Report after = lint();
    if (unread(after.findings) > unread(fixed.report.findings)) {
      texts_ = std::move(before);
      return one_by_one(findings, fixed);
    }
    std::map<Identity, std::size_t> then = counted(fixed.report.findings);
    std::map<Identity, std::size_t> now = counted(after.findings);
    std::vector<const Finding*> stubborn;
    for (const Finding* finding : findings)
      if (now[identity(*finding)] >= then[identity(*finding)]) stubborn.push_back(finding);
    if (!stubborn.empty()) {
      texts_ = std::move(before);
      for (const Finding* finding : stubborn) refuse(*finding, fixed);
      return true;
    }
    fixed.applied += findings.size();
    fixed.report = std::move(after);
    return true;
  }

  // Some fix makes text that does not parse: found by trying each alone.
  bool one_by_one(const std::vector<const Finding*>& findings, Fixed& fixed) {
    for (const Finding* finding : findings) {
      std::map<std::string, std::string> before = texts_;
      apply({finding}, texts_);
      const Report after = lint();
      texts_ = std::move(before);
      if (unread(after.findings) > unread(fixed.report.findings)) refuse(*finding, fixed);
    }
    return true;
  }

  void refuse(const Finding& finding, Fixed& fixed) {
    if (refused_.insert(identity(finding)).second) fixed.failed.push_back(finding);
  }

  Linter& linter_;
  std::vector<Input> inputs_;
  FixKind worst_;
  std::map<std::string, std::string> texts_, original_;
  std::set<Identity> refused_;
};

}  // namespace

Fixed fix_all(Linter& linter, std::vector<Input> inputs, FixKind worst,
              const std::function<bool(const std::string& file)>& may_change) {
  return Fixer(linter, std::move(inputs), worst, may_change).run();
}

}  // namespace host::lint
