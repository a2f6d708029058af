// SPDX-License-Identifier: MIT
// confiture/report.hpp - what a rule found.
#pragma once

#include <confiture/rule.h>
#include <confiture/call.hpp>
#include <confiture/schema.hpp>
#include <confiture/tree.hpp>

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

enum class Severity : std::int32_t {
  off = CONFITURE_SEVERITY_OFF,
  info = CONFITURE_SEVERITY_INFO,
  warning = CONFITURE_SEVERITY_WARNING,
  error = CONFITURE_SEVERITY_ERROR,
  critical = CONFITURE_SEVERITY_CRITICAL
};
enum class Risk : std::int32_t {
  none = CONFITURE_RISK_NONE,
  low = CONFITURE_RISK_LOW,
  medium = CONFITURE_RISK_MEDIUM,
  high = CONFITURE_RISK_HIGH,
  critical = CONFITURE_RISK_CRITICAL
};

class Finding {
 public:
  Finding(const Node& at, std::string message) : at_(at), message_(std::move(message)) {}

  // What to do instead.
  Finding& hint(std::string text) { return hint_ = std::move(text), *this; }
  // SQL that would mend it.
  Finding& suggestion(std::string sql) { return suggestion_ = std::move(sql), *this; }
  // Other than the rule's own, which configuration can change.
  Finding& severity(Severity severity) { return severity_ = severity, *this; }
  // What it adds to the risk of the migration that it is in, if not what the rule's record says.
  Finding& risk(Risk risk) { return risk_ = risk, *this; }
  // Where in the node's file, if the node is too wide: bytes, as Tree::offset() counts them.
  Finding& span(std::uint64_t offset, std::uint64_t end_offset) {
    return offset_ = offset, end_offset_ = end_offset, *this;
  }
  // An edit of the rule's kind of fix: replaces bytes [offset, end_offset) of the node's file.
  Finding& fix(std::uint64_t offset, std::uint64_t end_offset, std::string text) {
    edits_.push_back({offset, end_offset, std::move(text)});
    return *this;
  }

 private:
  friend class Report;
  struct Edit {
    std::uint64_t offset, end_offset;
    std::string text;
  };
  Node at_;
  std::string message_, hint_, suggestion_;
  Severity severity_ = Severity::off;
  Risk risk_ = Risk::none;
  std::uint64_t offset_ = 0, end_offset_ = 0;
  std::vector<Edit> edits_;
};

// Collects the findings of one check(); the host gets them when it returns without an exception.
class Report : public Call {
 public:
  using Call::Call;

  // `message` says what is wrong, with the object's name. The reference lives as long as this.
  Finding& add(const Node& at, std::string message) {
    return findings_.emplace_back(at, std::move(message));
  }

  // The parse tree of a statement, or of the statement that made a view, a function, a policy, a
  // trigger; of the first statement of a text; of an expression, such as a default. Nothing where
  // there is none, or where it cannot be parsed.
  Tree tree(const Node& node) const {
    const confiture_tree_v1* api = trees();
    if (api == nullptr) return {};
    const auto base = static_cast<std::uint64_t>(node.integer(CONFITURE_PROP_TREE_OFFSET));
    return {api, api->of(handle(), node.handle()), base};
  }
  Tree statement(std::string_view sql) const {
    const confiture_tree_v1* api = trees();
    return api == nullptr ? Tree() : Tree(api, api->statement(handle(), to_str(sql)));
  }
  Tree expression(std::string_view sql) const {
    const confiture_tree_v1* api = trees();
    return api == nullptr ? Tree() : Tree(api, api->expression(handle(), to_str(sql)));
  }

  void send() const {
    if (findings_.empty()) return;
    const auto& lint = require<confiture_lint_v1>(CONFITURE_SERVICE_LINT);
    for (const Finding& finding : findings_) {
      std::vector<confiture_edit> edits;
      for (const Finding::Edit& edit : finding.edits_)
        edits.push_back({edit.offset, edit.end_offset, to_str(edit.text)});
      confiture_finding sent{};
      sent.struct_size = sizeof sent;
      sent.severity = static_cast<std::int32_t>(finding.severity_);
      sent.risk = static_cast<std::int32_t>(finding.risk_);
      sent.at = finding.at_.handle();
      sent.message = to_str(finding.message_);
      if (!finding.hint_.empty()) sent.hint = to_str(finding.hint_);
      if (!finding.suggestion_.empty()) sent.suggestion = to_str(finding.suggestion_);
      sent.edits = edits.empty() ? nullptr : edits.data();
      sent.edit_count = static_cast<std::uint32_t>(edits.size());
      sent.offset = finding.offset_;
      sent.end_offset = finding.end_offset_;
      lint.report(handle(), &sent);
    }
  }

 private:
  const confiture_tree_v1* trees() const {
    return service<confiture_tree_v1>(CONFITURE_SERVICE_TREE);
  }

  std::list<Finding> findings_;  // references stay; an empty one takes no memory
};

}  // namespace confiture
#pragma GCC visibility pop
