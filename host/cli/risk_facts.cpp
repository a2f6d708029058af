// SPDX-License-Identifier: MIT
#include "host/cli/risk_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "host/cli/phrases.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/observation.hpp"

namespace host::cli {
namespace {

using review::Effect;
using review::Touched;

std::string size_of(std::int64_t bytes) {
  constexpr std::array<std::string_view, 4> units{"bytes", "kB", "MB", "GB"};
  std::size_t unit = 0;
  for (; bytes >= 10'240 && unit + 1 < units.size(); ++unit) bytes /= 1024;
  return fmt::format("{} {}", bytes, units[unit]);
}

// Every relation once, with its strongest lock.
std::vector<Touched> touched_of(const std::vector<Effect>& effects) {
  std::vector<Touched> all;
  for (const Effect& effect : effects)
    for (const Touched& one : effect.touched) {
      const auto known = std::find_if(all.begin(), all.end(), [&](const Touched& each) {
        return each.relation == one.relation;
      });
      if (known == all.end())
        all.push_back(one);
      else if (migrations::lock_rank(one.lock) > migrations::lock_rank(known->lock))
        known->lock = one.lock;
    }
  return all;
}

std::string describe(const Touched& one) {
  std::string text = fmt::format("{}: {}", one.relation, one.lock);
  if (one.rows >= 0) text += ", " + counted(static_cast<std::size_t>(one.rows), "row");
  if (one.bytes >= 0) text += ", " + size_of(one.bytes);
  return text;
}

std::string counts_of(const std::vector<Effect>& effects) {
  std::string text;
  for (const lint::Risk risk : {lint::Risk::critical, lint::Risk::high, lint::Risk::medium,
                                lint::Risk::low}) {
    const auto count = std::count_if(effects.begin(), effects.end(),
                                     [&](const Effect& effect) { return effect.risk == risk; });
    if (count > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, lint::to_string(risk));
  }
  return text;
}

bool keeps_others_out(const Touched& one) {
  return migrations::lock_rank(one.lock) >= migrations::lock_rank("SHARE ROW EXCLUSIVE");
}

// Relations that are locked at the same time: until its end, for one in a transaction.
std::size_t locked_at_once(const migrations::Step& step, const std::vector<Effect>& effects) {
  const auto count = [](const std::vector<Touched>& touched) {
    return static_cast<std::size_t>(
        std::count_if(touched.begin(), touched.end(), keeps_others_out));
  };
  if (step.header.transactional) return count(touched_of(effects));
  std::size_t most = 0;
  for (const Effect& effect : effects) most = std::max(most, count(effect.touched));
  return most;
}

}  // namespace

std::vector<review::Fact> risk_facts(MigrationRisk& risk, const migrations::Step& step) {
  const std::vector<Effect>& effects = risk.effects(step);
  std::vector<review::Fact> facts;
  if (effects.empty()) return facts;
  facts.push_back({"statements", counts_of(effects)});
  for (const Touched& one : touched_of(effects)) facts.push_back({"touches", describe(one)});
  bool blocks = false, unknown = false;
  std::int64_t bytes = 0;
  std::vector<std::string> lost;
  for (const Effect& effect : effects) {
    blocks = blocks || effect.blocks_writes == review::Truth::yes;
    unknown = unknown || effect.blocked_bytes < 0;
    bytes += std::max<std::int64_t>(effect.blocked_bytes, 0);
    if (effect.loses_data == review::Truth::yes &&
        std::find(lost.begin(), lost.end(), effect.lost) == lost.end())
      lost.push_back(effect.lost);
  }
  if (blocks)
    facts.push_back({"blocking", fmt::format("{} of work while others wait",
                                             review::blocking_budget(unknown ? -1 : bytes))});
  if (const std::size_t count = locked_at_once(step, effects); count > 1)
    facts.push_back({"at once", counted(count, "relation") + " locked"});
  if (!lost.empty()) facts.push_back({"loses", join_words(lost)});
  return facts;
}

}  // namespace host::cli
