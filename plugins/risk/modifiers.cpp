// SPDX-License-Identifier: MIT
#include "plugins/risk/modifiers.hpp"

#include <algorithm>
#include <utility>

namespace plugins::risk {
namespace {

using confiture::Effect;
using confiture::Truth;

constexpr std::int64_t many_rows = 10'000, very_many_rows = 1'000'000;

bool works_on_rows(const Form& form) {
  return form.work == "scan" || form.work == "rewrite" || form.work == "copy";
}

// One step up, to no more than `most`.
void raise(Effect& effect, std::string reason, Risk most = Risk::high) {
  if (effect.risk < most)
    effect.risk = static_cast<Risk>(static_cast<std::int32_t>(effect.risk) + 1);
  effect.reasons.push_back(std::move(reason));
}

// `*` stands for any characters.
bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*')
    return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
  return !text.empty() && pattern.front() == text.front() &&
         matches(pattern.substr(1), text.substr(1));
}

Truth yes(bool truth) {
  return truth ? Truth::yes : Truth::no;
}

Truth reversible(const Form& form) {
  if (form.reversible == "yes" || form.reversible == "reversible" || form.reversible == "n/a")
    return Truth::yes;
  return form.reversible == "unknown" ? Truth::unknown : Truth::no;
}

// What the table says, without a look at the database.
Effect base_effect(const Reading& reading, const Form& form, std::string_view lock) {
  Effect effect;
  effect.risk = reading.risk.value_or(risk_of(form));
  effect.form = form.id;
  effect.lock = lock;
  effect.reasons.push_back(!reading.reason.empty() ? reading.reason
                           : !form.reason.empty()  ? std::string(form.reason)
                                                   : std::string(form.statement));
  effect.safer = form.safer;
  effect.lost = form.lost;
  effect.way_back = form.way_back == "n/a" ? "" : std::string(form.way_back);
  effect.reversible = reversible(form);
  const bool all = lock == "ACCESS EXCLUSIVE" && reading.about.has_value();
  effect.blocks_reads = yes(form.reads == "yes" || (form.reads == "-" && all));
  effect.blocks_writes = yes(form.writes == "yes" || (form.writes == "-" && all));
  if (!reading.lock.empty()) {
    effect.blocks_reads = yes(lock == "ACCESS EXCLUSIVE");
    effect.blocks_writes = yes(lock_rank(lock) >= lock_rank("SHARE"));
  }
  // A change has to read what it changes.
  if (effect.blocks_reads == Truth::yes) effect.blocks_writes = Truth::yes;
  effect.rewrites = yes(form.rewrite == "yes" || form.rewrite == "copied");
  effect.scans = reading.skips_scan ? Truth::unknown : yes(form.scan.substr(0, 3) == "yes");
  const bool certain = !form.lost.empty() && form.lost.substr(0, 5) != "none ";
  effect.loses_data = yes(certain);
  return effect;
}

bool is_online_work(const Form& form) {
  return form.id.substr(0, 12) == "con.validate" || form.id == "idx.create_conc" ||
         form.id == "idx.create_unique_conc" || form.id == "part.attach";
}

}  // namespace

Effect Modifiers::effect(const Reading& reading) const {
  const Form& form = *reading.form;
  const std::string_view lock = lock_mode(reading.lock.empty() ? form.lock : reading.lock);
  Effect effect = base_effect(reading, form, lock);
  const Relation* about = reading.about ? catalog.relation(*reading.about) : nullptr;
  const bool on_rows = works_on_rows(form);
  if (reading.about && lock != "none")
    effect.touched.push_back({about != nullptr ? about->name.sql() : reading.about->sql(),
                              std::string(lock), about != nullptr ? about->rows.value_or(-1) : -1,
                              about != nullptr ? about->bytes.value_or(-1) : -1});
  for (const Reading::Other& other : reading.others) {
    const Relation* relation = catalog.relation(other.relation);
    effect.touched.push_back({relation != nullptr ? relation->name.sql() : other.relation.sql(),
                              std::string(other.lock),
                              relation != nullptr ? relation->rows.value_or(-1) : -1,
                              relation != nullptr ? relation->bytes.value_or(-1) : -1});
  }
  if (on_rows && effect.blocks_writes == Truth::yes)
    effect.blocked_bytes = about != nullptr ? about->bytes.value_or(-1) : -1;

  // 1: what the plan itself makes.
  if (reading.made && !reading.security) {
    effect.risk = Risk::low;
    effect.reasons = {"made in this plan: nobody uses it yet"};
    effect.blocks_reads = effect.blocks_writes = effect.loses_data = Truth::no;
    effect.blocked_bytes = 0;
    effect.touched.clear();
    effect.lost.clear();
    effect.safer.clear();
    effect.reversible = Truth::yes;
    return effect;
  }
  if (reading.noop) return effect;

  // 2: how large the table is, where the plan is going to run.
  if (about != nullptr && on_rows && effect.blocks_writes == Truth::yes &&
      effect.risk == Risk::high && about->small()) {
    effect.risk = Risk::medium;
    effect.reasons.push_back("small (" + about->words() + "): over in a moment");
  }
  if (about != nullptr && is_online_work(form) && effect.risk == Risk::medium && about->large())
    raise(effect, "large (" + about->words() + ")");

  // 3: what the transaction holds already: another table, or this one beyond what the statement
  // itself would keep from others.
  const bool works = on_rows || (form.work == "rows" && form.scan.substr(0, 3) == "yes");
  std::vector<std::string> held;
  for (const Node& one : statement.locks()) {
    if (one.lock_mode() != "access_exclusive") continue;
    const Name name{std::string(one.schema_name()), ""};
    const std::string sql(one.qualified_name());
    const bool same = reading.about && (sql == reading.about->sql() ||
                                        (about != nullptr && sql == about->name.sql()) ||
                                        (about != nullptr && sql == about->name.name));
    const std::size_t dot = sql.find('.');
    const Relation* relation = catalog.relation(
        dot == std::string::npos ? Name{"", sql} : Name{sql.substr(0, dot), sql.substr(dot + 1)});
    const bool hot = catalog.online() ? relation != nullptr && !relation->small() : true;
    if (hot && (!same || (works && effect.blocks_reads != Truth::yes))) held.push_back(sql);
  }
  if (!held.empty() && reading.about && (works || held.size() > 1))
    raise(effect, "the transaction holds ACCESS EXCLUSIVE on " + held.front() +
                      (works ? " while this works" : " and another, and goes on to a third"));

  // 4: how many rows it changes.
  if (!reading.counts.empty()) {
    const std::optional<std::int64_t> rows = catalog.estimated_rows(reading.counts);
    if (rows && *rows > very_many_rows) {
      effect.risk = std::max(effect.risk, Risk::high);
      effect.reasons.push_back("about " + std::to_string(*rows) + " rows");
    } else if (rows && *rows > many_rows) {
      raise(effect, "about " + std::to_string(*rows) + " rows", Risk::critical);
    }
  }

  // 5: whether it gives up where it has to wait.
  if (reading.about && lock_rank(lock) >= lock_rank("SHARE") && statement.lock_timeout() == 0)
    raise(effect, "no lock_timeout: it waits for ever, and others wait behind it");

  // 7: who else is concerned.
  if (about != nullptr && lock_rank(lock) >= lock_rank("SHARE")) {
    std::string why;
    const auto add = [&why](bool truth, std::string_view what) {
      if (truth) why += std::string(why.empty() ? "" : ", ") + std::string(what);
    };
    add(about->references || about->referenced, "has foreign keys");
    add(about->published, "is replicated");
    add(about->partitioned(), "is partitioned");
    add(about->row_security, "has row level security");
    if (!why.empty()) raise(effect, about->name.sql() + " " + why);
  }
  if (reading.about) {
    const std::string name = about != nullptr ? about->name.sql() : reading.about->sql();
    for (const std::string& pattern : protected_tables)
      if (matches(pattern, name) && lock_rank(lock) > lock_rank("ACCESS SHARE")) {
        raise(effect, name + " is protected", Risk::critical);
        break;
      }
  }

  if (!catalog.online() && reading.about)
    effect.reasons.emplace_back("offline: the worse reading");
  else if (catalog.failed() || reading.guessed)
    effect.reasons.emplace_back(catalog.failed()
                                    ? "the catalog did not answer at once: the worse reading"
                                    : "not all is known: the worse reading");
  return effect;
}

}  // namespace plugins::risk
