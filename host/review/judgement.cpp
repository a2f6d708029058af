// SPDX-License-Identifier: MIT
#include "host/review/judgement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace host::review {
namespace {

constexpr std::array<std::string_view, 5> levels{"none", "low", "medium", "high", "critical"};

// A level that nobody knows is never a low one.
std::size_t rank_of(std::string_view level) {
  const auto* found = std::find(levels.begin(), levels.end(), level);
  return found == levels.end() ? 3 : static_cast<std::size_t>(found - levels.begin());
}

std::string joined(const std::vector<std::string>& reasons) {
  std::string text;
  for (const std::string& reason : reasons) text += (text.empty() ? "" : "; ") + reason;
  return text;
}

// What the statements do, the riskiest first; what is low speaks for itself.
std::vector<std::string> reasons_of(const sql::Script& script,
                                    const std::vector<Effect>& effects) {
  std::vector<std::size_t> order;
  for (std::size_t index = 0; index < effects.size(); ++index)
    if (effects[index].risk > lint::Risk::low) order.push_back(index);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return effects[a].risk > effects[b].risk;
  });
  std::vector<std::string> reasons;
  for (const std::size_t index : order) {
    const sql::Statement& statement = script.statements()[index];
    reasons.push_back(fmt::format("line {}: {} is {}: {}", statement.place.line,
                                  statement.tag.empty() ? "a statement" : statement.tag,
                                  lint::to_string(effects[index].risk),
                                  joined(effects[index].reasons)));
  }
  return reasons;
}

}  // namespace

Judgement weigh(const sql::Script& script, const std::vector<Effect>& effects,
                const lint::Assessment& assessment, WayBack way_back,
                const migrations::Header& header) {
  std::size_t found = rank_of(assessment.risk);
  Judgement judgement{{}, reasons_of(script, effects)};
  for (const Effect& effect : effects)
    found = std::max(found, static_cast<std::size_t>(effect.risk));
  judgement.reasons.insert(judgement.reasons.end(), assessment.reasons.begin(),
                           assessment.reasons.end());
  if (way_back == WayBack::none || way_back == WayBack::loses_data) {
    found = std::max(found, rank_of("medium"));
    judgement.reasons.emplace_back(way_back == WayBack::none ? "there is no way back"
                                                             : "the way back loses data");
  }
  judgement.level = levels[found];
  if (header.risk.empty()) return judgement;

  const std::size_t declared = rank_of(header.risk);
  const std::size_t least = found == 4 || found == 0 ? found : found - 1;
  judgement.level = levels[std::max(declared, least)];
  std::string reason = fmt::format("declared {}: {}", header.risk, header.risk_reason);
  if (declared < least)
    reason +=
        fmt::format(" (what was found is {}, and counts as {})", levels[found], judgement.level);
  judgement.reasons.push_back(std::move(reason));
  return judgement;
}

}  // namespace host::review
