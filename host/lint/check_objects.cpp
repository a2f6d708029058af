// SPDX-License-Identifier: MIT
// The objects of a whole model before the rules that asked for their kinds, on as many threads as
// there are cores. A rule stays on one thread and sees the objects in their order; what all have
// found is put in the order that one thread would have found it in.
#include <algorithm>
#include <exception>
#include <thread>
#include <tuple>
#include <utility>

#include "host/lint/active_rule.hpp"
#include "host/sql/large_stack.hpp"

namespace host::lint {
namespace {

// What has no life of its own: it is in a list of what it belongs to.
struct Part {
  std::uint32_t kind, owner, list;
};
constexpr Part parts[] = {
    {CONFITURE_NODE_INDEX_KEY, CONFITURE_NODE_INDEX, CONFITURE_LIST_KEYS},
    {CONFITURE_NODE_ARGUMENT, CONFITURE_NODE_FUNCTION, CONFITURE_LIST_ARGUMENTS},
    {CONFITURE_NODE_ENUM_VALUE, CONFITURE_NODE_ENUM_TYPE, CONFITURE_LIST_VALUES},
    {CONFITURE_NODE_SETTING, CONFITURE_NODE_TABLE, CONFITURE_LIST_SETTINGS},
    {CONFITURE_NODE_SETTING, CONFITURE_NODE_INDEX, CONFITURE_LIST_SETTINGS},
    {CONFITURE_NODE_SETTING, CONFITURE_NODE_VIEW, CONFITURE_LIST_SETTINGS},
    {CONFITURE_NODE_SETTING, CONFITURE_NODE_FUNCTION, CONFITURE_LIST_SETTINGS},
    {CONFITURE_NODE_SETTING, CONFITURE_NODE_ROLE, CONFITURE_LIST_SETTINGS},
};

bool is_seen_before(std::uint32_t kind) {
  return kind == CONFITURE_NODE_STATEMENT || kind == CONFITURE_NODE_SUBCOMMAND ||
         kind == CONFITURE_NODE_FILE;
}

void add_objects(const sql::SchemaModel& model, std::uint32_t kind,
                 std::vector<const sql::Node*>& nodes) {
  for (const Part& part : parts)
    if (part.kind == kind)
      for (const sql::Node* owner : model.objects(part.owner))
        for (const sql::Node* node : owner->list(part.list)) nodes.push_back(node);
  for (const sql::Node* node : model.objects(kind)) nodes.push_back(node);
}

}  // namespace

// What one thread does: some of the rules look at all of the nodes.
class Linter::Lane {
 public:
  Lane(Linter& linter, const std::vector<const sql::Node*>& nodes)
      : linter_(linter), nodes_(nodes), rules_(sql::SchemaModel::kind_count) {}

  // `place` of the rule among those that look at the kind.
  void add(std::uint32_t kind, std::size_t place, ActiveRule& rule) {
    rules_[kind].emplace_back(place, &rule);
  }

  void run() noexcept {
    try {
      for (; node_ < nodes_.size(); ++node_)
        for (const auto& [place, rule] : rules_[nodes_[node_]->kind]) {
          rule_ = place;
          linter_.check(*nodes_[node_], *rule, findings_);
          order_.resize(findings_.size(), {node_, rule_});
        }
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  // Throws what the first check that failed has thrown.
  static void collect(std::vector<Lane>& lanes, std::vector<Finding>& findings) {
    const auto first = std::min_element(lanes.begin(), lanes.end(), [](auto& one, auto& other) {
      return one.reached() < other.reached();
    });
    if (first->failure_) std::rethrow_exception(first->failure_);
    std::vector<std::tuple<Check, Lane*, std::size_t>> order;
    for (Lane& lane : lanes)
      for (std::size_t i = 0; i < lane.order_.size(); ++i)
        order.emplace_back(lane.order_[i], &lane, i);
    std::sort(order.begin(), order.end());
    findings.reserve(findings.size() + order.size());
    for (const auto& [check, lane, i] : order) findings.push_back(std::move(lane->findings_[i]));
  }

 private:
  using Check = std::pair<std::size_t, std::size_t>;  // the node, the rule
  // The check that failed, or past the last.
  Check reached() const { return failure_ ? Check(node_, rule_) : Check(nodes_.size(), 0); }

  Linter& linter_;
  const std::vector<const sql::Node*>& nodes_;
  std::vector<std::vector<std::pair<std::size_t, ActiveRule*>>> rules_;  // by kind
  std::vector<Finding> findings_;
  std::vector<Check> order_;  // which check each finding is of
  std::size_t node_ = 0, rule_ = 0;
  std::exception_ptr failure_;
};

void Linter::check_objects(const sql::SchemaModel& model, const ByKind& rules,
                           std::vector<Finding>& findings) {
  std::vector<const sql::Node*> nodes;
  for (std::uint32_t kind = 1; kind < rules.size(); ++kind)
    if (!is_seen_before(kind) && !rules[kind].empty()) add_objects(model, kind, nodes);
  // A connection serves one thread.
  const bool asks = options_.live != nullptr || options_.facts != nullptr;
  const std::size_t count = asks ? 1 : std::clamp(std::thread::hardware_concurrency(), 1u, 4u);
  std::vector<Lane> lanes;
  for (std::size_t i = 0; i < count; ++i) lanes.emplace_back(*this, nodes);
  for (std::uint32_t kind = 1; kind < rules.size(); ++kind)
    for (std::size_t place = 0; place < rules[kind].size(); ++place)
      lanes[rules[kind][place]->number % count].add(kind, place, *rules[kind][place]);
  {
    sql::LargeStackThreads threads;
    for (std::size_t i = 1; i < count; ++i)
      threads.start(walking_stack, [&lane = lanes[i]] { lane.run(); });
    lanes.front().run();
  }
  Lane::collect(lanes, findings);
}

}  // namespace host::lint
