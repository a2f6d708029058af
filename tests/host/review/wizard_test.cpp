// SPDX-License-Identifier: MIT
// Every path through the wizard: what is shown, what counts as a yes, what a failure says.
#include "host/review/wizard.hpp"

#include <boost/test/unit_test.hpp>
#include <deque>

#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/review/answers.hpp"
#include "tests/support/refusal.hpp"

using namespace host;
using review::Judgement;

namespace {

// Answers as written down; "^D" is the end of input, "^C" an interruption. Keeps what was shown.
class Script : public Terminal {
 public:
  explicit Script(std::deque<std::string> answers) : answers_(std::move(answers)) {}
  bool interactive() const override { return true; }
  void write(std::string_view text) override { shown += text; }
  void page(std::string_view text) override { shown += text; }
  std::optional<std::string> read_line(std::optional<std::chrono::milliseconds>) override {
    const std::string answer = answers_.empty() ? "^D" : answers_.front();
    if (!answers_.empty()) answers_.pop_front();
    if (answer == "^C") throw Error(errors::interrupted, "interrupted");
    if (answer == "^D") return std::nullopt;
    shown += "<" + std::string(trim(answer)) + ">";
    return answer;
  }
  Typed glance(std::chrono::milliseconds) override { return {}; }
  void discard_typed_ahead() override { ++discarded; }

  std::string shown;
  int discarded = 0;

 private:
  std::deque<std::string> answers_;
};

struct Walk {
  Walk() {
    for (const char* name : {"users", "orders"}) {
      const std::string text = "-- summary: \x1b[31mall\nDROP TABLE " + std::string(name) + ";\n";
      migrations::File up;
      up.shown_as = "m.up.sql";
      up.text = text;
      up.checksum = "0123456789abcdef";
      files.push_back({*migrations::Version::parse(std::to_string(files.size() + 1)), name,
                       std::move(up), std::nullopt, std::nullopt, ""});
    }
    for (const migrations::Migration& file : files)
      plan.steps.push_back(migrations::read_step(file, file.up));
  }
  // What was applied, and the refusal that ended the walk.
  std::string with(std::deque<std::string> answers) {
    Script script(std::move(answers));
    std::string applied;
    setting.environment = "production";
    setting.plan_hash = "0123456789abcdef";
    setting.look.ascii = true;
    setting.judge = [&](const migrations::Step&) { return judgement; };
    setting.apply = [&](std::size_t index, const std::string& note) {
      applied += plan.steps[index].migration->name + (note.empty() ? " " : " (" + note + ") ");
    };
    scheduled.clear();
    setting.propose = nullptr;
    if (may_schedule) {
      setting.propose = [&](const std::string& when) {
        if (when != "at night")
          throw Error({"schedule.bad_window", Exit::usage}, "'" + when + "' is no window", "write");
        return review::Proposal{"89abcdef01234567", {"22:00", "23:00"}, when};
      };
      setting.schedule = [&](const review::Proposal& proposal) {
        scheduled += proposal.plan_hash + " " + proposal.window;
      };
    }
    role = "login";
    setting.apply_as = [&](const std::string& other) { role = other; };
    applied += test::refusal([&] { review::walk(script, plan, setting); });
    shown = script.shown;
    discarded = script.discarded;
    return applied;
  }

  std::deque<migrations::Migration> files;
  migrations::Plan plan;
  Judgement judgement{"medium", {"it drops a table"}};
  review::WizardSetting setting;
  bool may_schedule = false;
  std::string shown, scheduled, role;
  int discarded = 0;
};

// Told from what was shown alone: each question that has to be there, answered as it has to be,
// before the second migration is shown.
bool agreed_to(const std::string& shown, review::WizardSetting::Asks asks, bool preview,
               bool way_back, const std::string& level) {
  using Asks = review::WizardSetting::Asks;
  const auto answered = [&](const std::string& question, std::initializer_list<const char*> yes) {
    for (const char* word : yes)
      if (shown.find(question + "<" + word + ">") != std::string::npos) return true;
    return false;
  };
  if (preview && !answered("read (2 migrations)? [y/N] ", {"y", "yes"})) return false;
  const bool low = level == "none" || level == "low";
  if (low && asks != Asks::always) return true;
  if (way_back && !answered("There is no way back. Go on? [y/N] ", {"y", "yes"})) return false;
  if (asks == Asks::by_risk && level != "medium" && !answered("are reviewed? [y/N] ", {"y", "yes"}))
    return false;
  if (low || level == "medium") return answered("Apply it? [y/N/schedule] ", {"y", "yes"});
  if (level == "critical")
    return answered("Apply it? Type 'production 01234567' or 'schedule': ",
                    {"production 01234567"});
  return answered("Apply it? Type 'yes' or 'schedule': ", {"yes"});
}

bool scheduled_by(const std::string& shown, const std::string& level) {
  const std::size_t asked = shown.find("<schedule>When? ");
  if (asked == std::string::npos) return false;
  if (shown.find("<at night>", asked) == std::string::npos) return false;
  const auto answered = [&](const std::string& text) {
    return shown.ends_with("Schedule what is left, from 22:00 to 23:00? " + text +
                           "Scheduled: '1_users' and those after it.\n");
  };
  if (level == "critical") return answered("Type 'production 89abcdef': <production 89abcdef>");
  if (level == "high" || level == "odd") return answered("Type 'yes': <yes>");
  return answered("[y/N] <y>") || answered("[y/N] <yes>");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(wizard, Walk)

BOOST_AUTO_TEST_CASE(a_medium_risk_takes_a_y) {
  BOOST_TEST(with({"y", "", " YES ", "ticket 77 "}) == "users orders (ticket 77) ");
  BOOST_TEST(with({"y", "", "n"}) == "users ");
  BOOST_TEST(with({"q"}) == "");
}

BOOST_AUTO_TEST_CASE(silence_and_nonsense_are_never_a_yes) {
  for (const std::string level : {"none", "low", "medium", "high", "critical", "whatever"}) {
    judgement.level = level;
    BOOST_TEST(with({"^D"}) == "", level);
    BOOST_TEST(with({""}) == "", level);
    BOOST_TEST(with({"a", "b", "c", "y", "yes"}) == "", level);
  }
}

BOOST_AUTO_TEST_CASE(a_high_risk_takes_the_whole_word) {
  judgement.level = "high";
  BOOST_TEST(with({"y", "yes", "", "yes", ""}) == "users orders ");
  BOOST_TEST(discarded == 3);
  BOOST_TEST(with({"YES", "Yes", "y"}) == "");
}

BOOST_AUTO_TEST_CASE(a_critical_risk_takes_the_environment_and_the_plan) {
  judgement.level = "critical";
  BOOST_TEST(with({"production 01234567", "", "production"}) == "users ");
  BOOST_TEST(with({"yes", "production 0123456", "01234567"}) == "");
}

BOOST_AUTO_TEST_CASE(an_interruption_says_what_was_changed) {
  BOOST_TEST(with({"^C"}) == "run.interrupted 130: interrupted; nothing was changed");
  BOOST_TEST(with({"y", "", "^C"}) == "users run.interrupted 130: interrupted; applied: '1_users'");
}

BOOST_AUTO_TEST_CASE(all_of_it_is_shown_and_controls_are_visible) {
  BOOST_TEST(with({"n"}) == "");
  BOOST_TEST(shown ==
             "\n--- 1 of 2: 1_users ---\nfile        m.up.sql\nsummary     \\x1b[31mall\n"
             "checksum    0123456789abcdef\nway back    none\n\n-- summary: \\x1b[31mall\n"
             "DROP TABLE users;\n\nrisk: [MEDIUM]\n  - it drops a table\n"
             "Apply it? [y/N] <n>Not applied: '1_users' and those after it.\n");
}

BOOST_AUTO_TEST_CASE(low_risks_need_no_question_where_that_is_asked_for) {
  judgement.level = "low";
  setting.asks = review::WizardSetting::Asks::medium;
  BOOST_TEST(with({}) == "users orders ");
  BOOST_TEST(shown.find("DROP TABLE") == std::string::npos);
  judgement.level = "medium";
  BOOST_TEST(with({}) == "");
}

BOOST_AUTO_TEST_CASE(high_risks_are_reviewed_first_where_that_is_asked_for) {
  judgement.level = "high";
  setting.asks = review::WizardSetting::Asks::by_risk;
  BOOST_TEST(with({"yes", "yes", ""}) == "users ");
  BOOST_TEST(with({"n"}) == "");
  BOOST_TEST(shown.substr(shown.find("\nThere is no")) ==
             "\nThere is no way back.\n\nrisk: [HIGH]\n  - it drops a table\n"
             "Its SQL and its way back are reviewed? [y/N] <n>"
             "Not applied: '1_users' and those after it.\n");
}

BOOST_AUTO_TEST_CASE(a_preview_comes_before_every_question) {
  setting.preview = true;
  BOOST_TEST(with({"n"}) == "");
  BOOST_TEST(shown.find("DROP TABLE orders") < shown.find("All of it is read (2 migrations)?"));
  BOOST_TEST(with({"y", "y", "", "n"}) == "users ");
}

BOOST_AUTO_TEST_CASE(a_way_back_is_a_question_of_its_own) {
  setting.review_way_back = true;
  BOOST_TEST(with({"n"}) == "");
  BOOST_TEST(shown.substr(shown.find("There is no way back. Go")) ==
             "There is no way back. Go on? [y/N] <n>Not applied: '1_users' and those after it.\n");
  BOOST_TEST(with({"y", "y", "", "y", "n"}) == "users ");
}

BOOST_AUTO_TEST_CASE(choices_go_by_number_where_that_is_asked_for) {
  setting.look.accessible = setting.questions.accessible = true;
  BOOST_TEST(with({"1", "", "2"}) == "users ");
  BOOST_TEST(shown.substr(0, shown.find("file")) == "\n1 of 2: 1_users\n");
  BOOST_TEST(shown.find("Apply it? 1 yes, 2 no (default 2): <1>Note") != std::string::npos);
  BOOST_TEST(with({"y", "", "3", "3", "3"}) == "users ");
}

BOOST_AUTO_TEST_CASE(answers_may_be_written_before) {
  const auto answers = [&](const char* text) {
    const review::Answers written(config::parse_yaml(text, "answers.yaml"));
    setting.questions.written = [&](const std::string& migration, const std::string& id) {
      return written.find(migration, id);
    };
    return test::refusal([&] { written.check({"1_users", "2_orders"}); }) + with({"never read"});
  };
  BOOST_TEST(answers("1_users: { apply: yes, note: seen }\n2_orders: { apply: y }") ==
             "users (seen) orders ");
  BOOST_TEST(answers("1_users: { apply: perhaps }") ==
             "question.unanswered 2: 'perhaps' is no answer to 'apply' about '1_users'; nothing "
             "was changed [write there: y or n]");
  BOOST_TEST(answers("1_users: { apply: y }") ==
             "users question.unanswered 2: the file of answers says nothing of 'apply' about "
             "'2_orders'; applied: '1_users' [add to it: 2_orders: { apply: ... }]");
  BOOST_TEST(answers("1_user: { apply: y }").find("config.unknown_key 5: answers.yaml:1:1: ") == 0);
  BOOST_TEST(test::refusal([&] { answers("1_users: { aply: y }"); }) ==
             "config.unknown_key 5: answers.yaml:1:12: unknown key 'aply' in the answers about "
             "'1_users' [did you mean 'apply'?]");
}

BOOST_AUTO_TEST_CASE(what_is_left_may_be_scheduled) {
  may_schedule = true;
  BOOST_TEST(with({"schedule", "at night", "y"}) == "");
  BOOST_TEST(scheduled == "89abcdef01234567 at night");
  BOOST_TEST(shown.substr(shown.find("Apply it?")) ==
             "Apply it? [y/N/schedule] <schedule>When? Like \"Sun 02:00-04:00 Europe/Paris\", or "
             "FROM until TO: <at night>Schedule what is left, from 22:00 to 23:00? [y/N] <y>"
             "Scheduled: '1_users' and those after it.\n");
  BOOST_TEST(with({"y", "", "s", "at night", "yes", "y"}) == "users ");
  BOOST_TEST(scheduled == "89abcdef01234567 at night");
  BOOST_TEST(with({"schedule", "at noon", "", "y"}) == "");
  BOOST_TEST(scheduled == "");
  BOOST_TEST(shown.substr(shown.find("That is no")) ==
             "That is no time: 'at noon' is no window\nwrite\nWhen? Like \"Sun 02:00-04:00 "
             "Europe/Paris\", or FROM until TO: <>Not applied: '1_users' and those after it.\n");
  BOOST_TEST(with({"schedule", "a", "b", "c", "at night", "y"}) == "");
  BOOST_TEST(scheduled == "");
}

BOOST_AUTO_TEST_CASE(scheduling_weighs_as_much_as_applying) {
  may_schedule = true;
  judgement.level = "critical";
  BOOST_TEST(with({"schedule", "at night", "production 01234567", "y", "yes"}) == "");
  BOOST_TEST(scheduled == "");
  BOOST_TEST(with({"schedule", "at night", "production 89abcdef"}) == "");
  BOOST_TEST(scheduled == "89abcdef01234567 at night");
  BOOST_TEST(shown.find("Apply it? Type 'production 01234567' or 'schedule': ") !=
             std::string::npos);
  setting.questions.accessible = true;
  judgement.level = "low";
  BOOST_TEST(with({"3", "at night", "1"}) == "");
  BOOST_TEST(scheduled == "89abcdef01234567 at night");
}

BOOST_AUTO_TEST_CASE(nothing_is_scheduled_where_nothing_can_be) {
  BOOST_TEST(with({"schedule", "s", "3", "y"}) == "");
  BOOST_TEST(shown.find("schedule]") == std::string::npos);
  may_schedule = true;
  setting.questions.written = [](const std::string&, const std::string& id) {
    return std::string(id == "apply" ? "schedule" : "at noon");
  };
  BOOST_TEST(with({}) ==
             "schedule.bad_window 2: 'at noon' is no window; nothing was changed [write]");
}

BOOST_AUTO_TEST_CASE(roles_are_chosen_before_anything_is_applied) {
  setting.roles = {"login", "owner"};
  BOOST_TEST(with({"owner", "y", "", "n"}) == "users ");
  BOOST_TEST(role == "owner");
  BOOST_TEST(shown.find("Apply as which role: login, owner? (empty: login) <owner>") == 0U);
  BOOST_TEST(with({"", "y", "", "y", ""}) == "users orders ");
  BOOST_TEST(role == "login");
  BOOST_TEST(with({"y", "ownr", "root", "y"}) == "");
  BOOST_TEST(with({"^D", "y"}) == "");
  setting.asks = review::WizardSetting::Asks::medium;
  judgement.level = "low";
  BOOST_TEST(with({}) == "users orders ");
}

// Every sequence of answers, for every mode and level: nothing is applied, or scheduled, without
// the answers that its level and the mode ask for, given to the very questions.
BOOST_AUTO_TEST_CASE(no_path_applies_what_was_not_agreed_to) {
  using Asks = review::WizardSetting::Asks;
  const std::vector<std::string> words{"y",        "yes",      "production 01234567", "n", "",
                                       "schedule", "at night", "production 89abcdef"};
  may_schedule = true;
  setting.roles = {"login", "owner"};
  constexpr std::size_t most = 4;
  std::size_t paths = 0, applied_paths = 0, scheduled_paths = 0;
  std::size_t all = 1;
  for (std::size_t i = 0; i < most; ++i) all *= words.size();
  for (const Asks asks : {Asks::always, Asks::medium, Asks::by_risk})
    for (const bool preview : {false, true})
      for (const bool way_back : {false, true})
        for (const std::string level : {"none", "low", "medium", "high", "critical", "odd"}) {
          setting.asks = asks;
          setting.preview = preview;
          setting.review_way_back = way_back;
          judgement.level = level;
          // After what has to be answered before anything else, so that the paths are not too long.
          std::deque<std::string> first;
          const bool low = level == "none" || level == "low";
          if (preview) first.push_back("y");
          if (asks == Asks::always || !low) first.push_back("owner");
          for (std::size_t number = 0; number < all; ++number) {
            std::deque<std::string> answers = first;
            for (std::size_t i = 0, rest = number; i < most; ++i, rest /= words.size())
              answers.push_back(words[rest % words.size()]);
            ++paths;
            const bool applied = with(answers).starts_with("users");
            if (applied) {
              ++applied_paths;
              BOOST_REQUIRE_MESSAGE(agreed_to(shown, asks, preview, way_back, level), shown);
            }
            if (!scheduled.empty()) {
              ++scheduled_paths;
              BOOST_REQUIRE_MESSAGE(scheduled_by(shown, level), shown);
            }
          }
        }
  BOOST_TEST(paths == 3u * 2 * 2 * 6 * all);
  BOOST_TEST(applied_paths > 1000u);
  BOOST_TEST(scheduled_paths > 500u);
}

BOOST_AUTO_TEST_CASE(an_author_may_raise_a_risk_and_lower_it_by_one) {
  const auto weigh = [](const char* found, const char* declared) {
    migrations::Header header;
    header.risk = declared;
    header.risk_reason = "because";
    return review::weigh({}, {}, {{}, found, {}}, review::WayBack::safe, header).level;
  };
  BOOST_TEST(weigh("low", "critical") == "critical");
  BOOST_TEST(weigh("high", "low") == "medium");
  BOOST_TEST(weigh("critical", "low") == "critical");
  BOOST_TEST(weigh("none", "low") == "low");
  BOOST_TEST(weigh("medium", "") == "medium");
}

BOOST_AUTO_TEST_SUITE_END()
