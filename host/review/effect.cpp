// SPDX-License-Identifier: MIT
#include "host/review/effect.hpp"

#include <algorithm>

#include "host/migrations/observation.hpp"

namespace host::review {
namespace {

std::string text_of(confiture_str text) {
  return text.data == nullptr ? std::string() : std::string(text.data, text.size);
}

Truth truth_of(std::int32_t value) {
  return value == CONFITURE_TRUTH_YES  ? Truth::yes
         : value == CONFITURE_TRUTH_NO ? Truth::no
                                       : Truth::unknown;
}

// "" is unknown, "none" is no lock at all.
bool stronger(const std::string& lock, const std::string& than) {
  if (than.empty() || lock.empty()) return !lock.empty() && than.empty();
  return migrations::lock_rank(lock) > migrations::lock_rank(than);
}

void touch(Effect& effect, const confiture_touched& said) {
  const Touched touched{text_of(said.relation), text_of(said.lock), said.rows, said.bytes};
  for (Touched& known : effect.touched) {
    if (known.relation != touched.relation) continue;
    if (stronger(touched.lock, known.lock)) known.lock = touched.lock;
    known.rows = std::max(known.rows, touched.rows);
    known.bytes = std::max(known.bytes, touched.bytes);
    return;
  }
  effect.touched.push_back(touched);
}

}  // namespace

void add_to(Effect& effect, const confiture_effect& said) {
  const auto risk = static_cast<lint::Risk>(std::clamp<std::int32_t>(said.risk, 0, 4));
  const bool worse = risk > effect.risk;
  std::vector<std::string> reasons;
  for (std::uint32_t index = 0; index < said.reason_count; ++index)
    if (std::string reason = text_of(said.reasons[index]); !reason.empty())
      reasons.push_back(std::move(reason));
  effect.reasons.insert(worse ? effect.reasons.begin() : effect.reasons.end(), reasons.begin(),
                        reasons.end());
  const auto take = [worse](std::string& known, confiture_str given) {
    std::string text = text_of(given);
    if (!text.empty() && (worse || known.empty())) known = std::move(text);
  };
  take(effect.form, said.form);
  take(effect.lost, said.lost);
  take(effect.way_back, said.way_back);
  take(effect.safer, said.safer);
  if (std::string lock = text_of(said.lock); stronger(lock, effect.lock)) effect.lock = lock;
  const auto add = [](Truth& known, std::int32_t given) {
    known = std::max(known, truth_of(given));
  };
  add(effect.blocks_reads, said.blocks_reads);
  add(effect.blocks_writes, said.blocks_writes);
  add(effect.rewrites, said.rewrites);
  add(effect.scans, said.scans);
  add(effect.loses_data, said.loses_data);
  // Here it is the other way round: what cannot be taken back in one way cannot be taken back.
  const Truth reversible = truth_of(said.reversible);
  if (effect.reversible == Truth::unknown || reversible == Truth::no) effect.reversible = reversible;
  for (std::uint32_t index = 0; index < said.touched_count; ++index)
    touch(effect, said.touched[index]);
  effect.blocked_bytes = effect.blocked_bytes < 0 || said.blocked_bytes < 0
                             ? -1
                             : std::max(effect.blocked_bytes, said.blocked_bytes);
  effect.risk = std::max(effect.risk, risk);
}

Effect unknown_effect(std::string_view why) {
  Effect effect;
  effect.risk = lint::Risk::high;
  effect.reasons.emplace_back(why);
  effect.blocked_bytes = -1;
  return effect;
}

// 100 MB a second is what a sequential read of a table, or its writing anew with its WAL, reaches on
// plain disks: a class of magnitude is all that this can be.
std::string_view blocking_budget(std::int64_t bytes) {
  constexpr std::int64_t a_second = 100'000'000;
  if (bytes < 0) return "unknown";
  if (bytes == 0) return "ms";
  if (bytes < a_second) return "<1 s";
  if (bytes < 10 * a_second) return "<10 s";
  if (bytes < 60 * a_second) return "<1 min";
  return bytes < 3600 * a_second ? "minutes" : "hours";
}

}  // namespace host::review
