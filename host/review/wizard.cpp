// SPDX-License-Identifier: MIT
#include "host/review/wizard.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"

namespace host::review {
namespace {

using migrations::Step;
using Asks = WizardSetting::Asks;

// Unknown levels weigh as much as a high one.
int weight(const std::string& level) {
  return level == "none"       ? 0
         : level == "low"      ? 1
         : level == "medium"   ? 2
         : level == "critical" ? 4
                               : 3;
}

bool is_low(const std::string& level) {
  return level == "none" || level == "low";
}

class Walk {
 public:
  Walk(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting)
      : terminal_(terminal),
        plan_(plan),
        setting_(setting),
        questions_(terminal, setting.questions) {
    for (const Step& step : plan.steps) judgements_.push_back(setting.judge(step));
  }

  // Runs confirm() or run(), and adds to a failure between two migrations what was applied by then.
  template <typename Function>
  auto saying_what_changed(Function function) {
    try {
      return function();
    } catch (const Error& error) {
      if (applying_) throw;
      throw Error(error.code(), fmt::format("{}; {}", error.message(), what_changed()),
                  error.hint(), error.place());
    }
  }

  void show() {
    for (std::size_t index = 0; index < plan_.steps.size(); ++index)
      terminal_.page(show_whole(index));
  }

  bool confirm() {
    show();
    return questions_.agree(
        "plan", weigh_question(worst_from(0), setting_.environment, setting_.plan_hash,
                               fmt::format("Apply all of it ({})", count())));
  }

  // When what is left from a step on is to run, and whether it is scheduled for then.
  bool schedule(std::size_t index, const std::string& about) {
    for (int tried = 0; tried < 3; ++tried) {
      const std::string when = questions_.line(
          about, {"when", "When? Like \"Sun 02:00-04:00 Europe/Paris\", or FROM until TO:"});
      if (when.empty()) return false;
      Proposal proposal;
      try {
        proposal = setting_.propose(when);
      } catch (const Error& error) {
        if (setting_.questions.written || error.code().exit != Exit::usage) throw;
        terminal_.write(fmt::format("That is no time: {}\n{}\n", printable(error.message()),
                                    printable(error.hint())));
        continue;
      }
      Question question =
          weigh_question(worst_from(index), setting_.environment, proposal.plan_hash,
                         fmt::format("Schedule what is left, from {} to {}",
                                     proposal.opening.not_before, proposal.opening.not_after));
      question.id = "schedule";
      if (!questions_.agree(about, question)) return false;
      setting_.schedule(proposal);
      return true;
    }
    return false;
  }

  std::size_t run() {
    const std::size_t count = plan_.steps.size();
    if (count == 0) return 0;
    if (setting_.preview && !preview()) {
      terminal_.write("Nothing was applied.\n");
      return 0;
    }
    if (!choose_role()) {
      terminal_.write("Nothing was applied.\n");
      return 0;
    }
    for (; applied_ < count; ++applied_) {
      const std::size_t index = applied_;
      std::string note;
      const Choice choice = agreed(index, note);
      if (choice != Choice::yes) {
        const bool scheduled = choice == Choice::schedule && schedule(index, key(index));
        terminal_.write(fmt::format("{}: '{}'{}.\n", scheduled ? "Scheduled" : "Not applied",
                                    printable(key(index)),
                                    index + 1 < count ? " and those after it" : ""));
        break;
      }
      applying_ = true;
      setting_.apply(index, note);
      applying_ = false;
    }
    return applied_;
  }

 private:
  std::string key(std::size_t index) const { return plan_.steps[index].migration->key(); }

  bool preview() {
    show();
    return questions_.agree("plan", {"review", fmt::format("All of it is read ({})?", count())});
  }

  std::string count() const {
    const std::size_t steps = plan_.steps.size();
    return fmt::format("{} migration{}", steps, steps == 1 ? "" : "s");
  }

  std::string show_head(std::size_t index) const {
    return show_facts(plan_.steps[index],
                      setting_.facts ? setting_.facts(index) : std::vector<Fact>(), index,
                      plan_.steps.size(), setting_.look);
  }

  std::string show_whole(std::size_t index) const {
    const Step& step = plan_.steps[index];
    std::string text = show_head(index) + show_sql(step, setting_.look);
    if (setting_.show_way_back || setting_.review_way_back || closely(index))
      text += show_way_back(step, setting_.look);
    return text + show_risk(judgements_[index]);
  }

  // Whether this mode wants its SQL and its way back looked at on their own.
  bool closely(std::size_t index) const {
    const std::string& level = judgements_[index].level;
    return setting_.asks == Asks::by_risk && !is_low(level) && level != "medium";
  }

  // Nothing to ask where no question comes before something is applied.
  bool choose_role() {
    if (setting_.roles.size() < 2 ||
        (setting_.asks != Asks::always && is_low(worst_from(0))))
      return true;
    std::string names;
    for (const std::string& role : setting_.roles)
      names += (names.empty() ? "" : ", ") + printable(role);
    const std::optional<std::string> role = questions_.pick(
        "plan", {"as", fmt::format("Apply as which role: {}? (empty: {})", names,
                                   printable(setting_.roles.front()))},
        setting_.roles);
    if (!role) return false;
    if (*role != setting_.roles.front()) setting_.apply_as(*role);
    return true;
  }

  // The worst risk of what is left from a step on.
  const std::string& worst_from(std::size_t index) const {
    return std::max_element(judgements_.begin() + static_cast<std::ptrdiff_t>(index),
                            judgements_.end(),
                            [](const Judgement& a, const Judgement& b) {
                              return weight(a.level) < weight(b.level);
                            })
        ->level;
  }

  Choice agreed(std::size_t index, std::string& note) {
    const Judgement& judgement = judgements_[index];
    if (setting_.asks != Asks::always && is_low(judgement.level)) {
      terminal_.write(show_head(index) + show_risk(judgement));
      return Choice::yes;
    }
    if (setting_.preview) {
      terminal_.write(show_head(index) + show_risk(judgement));
    } else {
      terminal_.page(show_whole(index));
    }
    if (closely(index) &&
        !questions_.agree(key(index), {"review", "Its SQL and its way back are reviewed?"}))
      return Choice::no;
    if (setting_.review_way_back && !questions_.agree(key(index), way_back_question(index)))
      return Choice::no;
    Question question = weigh_question(judgement.level, setting_.environment, setting_.plan_hash,
                                       "Apply it");
    question.may_wait = static_cast<bool>(setting_.propose);
    const Choice choice = questions_.choose(key(index), question);
    if (choice == Choice::yes)
      note = questions_.line(key(index), {"note", "Note for the audit (empty: none):"});
    return choice;
  }

  Question way_back_question(std::size_t index) const {
    return {"way_back", plan_.steps[index].migration->down ? "Its way back is right?"
                                                           : "There is no way back. Go on?"};
  }

  std::string what_changed() const {
    if (applied_ == 0) return "nothing was changed";
    std::vector<std::string> keys;
    for (std::size_t index = 0; index < applied_; ++index) keys.push_back("'" + key(index) + "'");
    return fmt::format("applied: {}", join_words(keys));
  }

  Terminal& terminal_;
  const migrations::Plan& plan_;
  const WizardSetting& setting_;
  Questions questions_;
  std::vector<Judgement> judgements_;
  std::size_t applied_ = 0;
  bool applying_ = false;
};

}  // namespace

void show_plan(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting) {
  Walk(terminal, plan, setting).show();
}

bool schedule_plan(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting) {
  Walk walk(terminal, plan, setting);
  return walk.saying_what_changed([&] { return walk.schedule(0, "plan"); });
}

bool confirm_plan(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting) {
  Walk walk(terminal, plan, setting);
  return walk.saying_what_changed([&] { return walk.confirm(); });
}

std::size_t walk(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting) {
  Walk walk(terminal, plan, setting);
  return walk.saying_what_changed([&] { return walk.run(); });
}

}  // namespace host::review
