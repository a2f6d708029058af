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

}  // namespace

Judgement weigh(const lint::Assessment& assessment, const migrations::Header& header) {
  const std::size_t found = rank_of(assessment.risk);
  Judgement judgement{std::string(levels[found]), assessment.reasons};
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
