// SPDX-License-Identifier: MIT
// Every path through the wizard: what is shown, what counts as a yes, what a failure says.
#include "host/review/wizard.hpp"

#include <boost/test/unit_test.hpp>
#include <deque>

#include "host/foundation/errors.hpp"
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
  std::optional<std::string> read_line(std::optional<std::chrono::milliseconds>) override {
    const std::string answer = answers_.empty() ? "^D" : answers_.front();
    if (!answers_.empty()) answers_.pop_front();
    if (answer == "^C") throw Error(errors::interrupted, "interrupted");
    if (answer == "^D") return std::nullopt;
    return answer;
  }
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
      files.push_back({*migrations::Version::parse(std::to_string(files.size() + 1)),
                       name,
                       std::move(up),
                       std::nullopt,
                       std::nullopt,
                       ""});
    }
    for (const migrations::Migration& file : files)
      plan.steps.push_back(migrations::read_step(file, file.up));
  }
  // What was applied, and the refusal that ended the walk.
  std::string with(std::deque<std::string> answers) {
    Script script(std::move(answers));
    std::string applied;
    review::WizardSetting setting;
    setting.environment = "production";
    setting.judge = [&](const migrations::Step&) { return judgement; };
    setting.apply = [&](std::size_t index) { applied += plan.steps[index].migration->name + " "; };
    applied += test::refusal([&] { review::walk(script, plan, setting); });
    shown = script.shown;
    discarded = script.discarded;
    return applied;
  }

  std::deque<migrations::Migration> files;
  migrations::Plan plan;
  Judgement judgement{"medium", {"it drops a table"}};
  std::string shown;
  int discarded = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(wizard, Walk)

BOOST_AUTO_TEST_CASE(a_medium_risk_takes_a_y) {
  BOOST_TEST(with({"y", " YES "}) == "users orders ");
  BOOST_TEST(with({"y", "n"}) == "users ");
  BOOST_TEST(with({"s"}) == "");
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
  BOOST_TEST(with({"y", "yes", "yes"}) == "users orders ");
  BOOST_TEST(discarded == 3);
  BOOST_TEST(with({"YES", "Yes", "y"}) == "");
}

BOOST_AUTO_TEST_CASE(a_critical_risk_takes_the_environment_and_the_checksum) {
  judgement.level = "critical";
  BOOST_TEST(with({"production 01234567", "production"}) == "users ");
  BOOST_TEST(with({"yes", "production 0123456", "01234567"}) == "");
}

BOOST_AUTO_TEST_CASE(an_interruption_says_what_was_changed) {
  BOOST_TEST(with({"^C"}) == "run.interrupted 130: interrupted; nothing was changed");
  BOOST_TEST(with({"y", "^C"}) == "users run.interrupted 130: interrupted; applied: '1_users'");
}

BOOST_AUTO_TEST_CASE(all_of_it_is_shown_and_controls_are_visible) {
  BOOST_TEST(with({"n"}) == "");
  BOOST_TEST(shown ==
             "\n--- 1 of 2: 1_users ---\nfile        m.up.sql\nsummary     \\x1b[31mall\n"
             "checksum    0123456789abcdef\nway back    none\n\n-- summary: \\x1b[31mall\n"
             "DROP TABLE users;\n\nrisk: [MEDIUM]\n  - it drops a table\n"
             "Apply it? [y]es, [N]o, [s]kip, [q]uit: Not applied: '1_users' and those after it.\n");
}

BOOST_AUTO_TEST_CASE(an_author_may_raise_a_risk_and_lower_it_by_one) {
  const auto weigh = [](const char* found, const char* declared) {
    migrations::Header header;
    header.risk = declared;
    header.risk_reason = "because";
    return review::weigh({{}, found, {}}, header).level;
  };
  BOOST_TEST(weigh("low", "critical") == "critical");
  BOOST_TEST(weigh("high", "low") == "medium");
  BOOST_TEST(weigh("critical", "low") == "critical");
  BOOST_TEST(weigh("none", "low") == "low");
  BOOST_TEST(weigh("medium", "") == "medium");
}

BOOST_AUTO_TEST_SUITE_END()
