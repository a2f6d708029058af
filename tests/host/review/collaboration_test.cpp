// SPDX-License-Identifier: MIT
// Waiting for approvals: who has approved is told as it comes, and nothing goes on without them.
#include "host/review/collaboration.hpp"

#include <boost/test/unit_test.hpp>
#include <deque>

#include "host/foundation/errors.hpp"
#include "tests/support/refusal.hpp"

using namespace host;
using review::Gathered;
using review::Gathering;

namespace {

// "..." is a while in which nothing is typed, "^D" the end of input.
class Script : public Terminal {
 public:
  explicit Script(std::deque<std::string> typed) : typed_(std::move(typed)) {}
  bool interactive() const override { return true; }
  void write(std::string_view text) override { shown += text; }
  void page(std::string_view text) override { shown += text; }
  std::optional<std::string> read_line(std::optional<std::chrono::milliseconds>) override {
    const std::string word = next();
    if (word == "^D") return std::nullopt;
    shown += "<" + word + ">";
    return word;
  }
  Typed glance(std::chrono::milliseconds) override {
    const std::string word = next();
    if (word == "...") return {};
    if (word == "^D") return {std::nullopt, true};
    return {word, false};
  }
  void discard_typed_ahead() override {}

  std::string shown;

 private:
  std::string next() {
    if (typed_.empty()) return "^D";
    std::string word = typed_.front();
    typed_.pop_front();
    return word;
  }
  std::deque<std::string> typed_;
};

struct Wait {
  // "approved", "schedule" or "left", or the refusal that ended it. `stands`: what is found at each
  // look, the last again and again.
  std::string with(std::deque<std::string> typed, std::vector<Gathering> stands) {
    Script script(std::move(typed));
    std::size_t looks = 0;
    requested = 0;
    setting.command = "confiture approve 0123 --env production";
    setting.may_schedule = true;
    setting.show = [&] { script.write("the plan\n"); };
    setting.look = [&] { return last = stands[std::min(looks++, stands.size() - 1)]; };
    setting.request = [&] { ++requested; };
    setting.pause = [&](std::chrono::milliseconds) { script.write("(waits)\n"); };
    std::string ended;
    const std::string refusal = test::refusal([&] {
      const Gathered gathered = gather_approvals(script, setting);
      ended = gathered == Gathered::approved   ? "approved"
              : gathered == Gathered::schedule ? "schedule"
                                               : "left";
    });
    shown = script.shown;
    return ended + refusal;
  }

  review::Collaboration setting;
  Gathering last;
  int requested = 0;
  std::string shown;
  const Gathering nobody{false, {"1 of a 'cto'", "1 of a 'dba'"}, {}};
  const Gathering one{false, {"1 of a 'cto'"}, {"approve by 'alice': counts"}};
  const Gathering both{true, {}, {"approve by 'alice': counts", "approve by 'bob': counts"}};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(collaboration, Wait)

BOOST_AUTO_TEST_CASE(approvals_are_told_as_they_come) {
  BOOST_TEST(with({"y", "...", "...", "", "..."}, {nobody, nobody, one, one, both}) == "approved");
  BOOST_TEST(requested == 1);
  BOOST_TEST(shown ==
             "the plan\n\nIt may not run yet.\n  missing: 1 of a 'cto'\n  missing: 1 of a 'dba'\n"
             "Ask for what is missing, and wait? [y/N] <y>"
             "Others approve it with: confiture approve 0123 --env production\n"
             "Waiting ('q' leaves, 'schedule' lets it run later): \n"
             "  approve by 'alice': counts\n  missing: 1 of a 'cto'\n"
             "Waiting ('q' leaves, 'schedule' lets it run later): "
             "  approve by 'bob': counts\nNothing is missing: it may run.\n");
}

BOOST_AUTO_TEST_CASE(what_is_approved_already_is_not_asked_for) {
  BOOST_TEST(with({}, {both}) == "approved");
  BOOST_TEST(requested == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_for_without_a_yes) {
  for (const char* word : {"", "n", "q", "^D", "schedule"}) {
    BOOST_TEST(with({word, word, word}, {nobody, both}) == "left");
    BOOST_TEST(requested == 0);
  }
  BOOST_TEST(shown.ends_with("Nothing was asked for, and nothing was applied.\n"));
}

BOOST_AUTO_TEST_CASE(a_wait_ends_when_nobody_waits) {
  BOOST_TEST(with({"y", "...", "q"}, {nobody}) == "left");
  BOOST_TEST(with({"y", "...", "^D"}, {nobody}) == "left");
  BOOST_TEST(with({"y", "S"}, {nobody}) == "schedule");
  setting.questions.patience = std::chrono::seconds(5);
  BOOST_TEST(with({"y", "...", "...", "..."}, {nobody}) ==
             "question.timed_out 124: the approvals were not there in time; nothing was changed "
             "[the plan stays asked for: run this again once it is approved]");
}

BOOST_AUTO_TEST_CASE(a_file_of_answers_waits_as_well) {
  setting.questions.written = [](const std::string&, const std::string&) { return "yes"; };
  BOOST_TEST(with({}, {nobody, nobody, both}) == "approved");
  BOOST_TEST(shown.find("Waiting.\n(waits)\n") != std::string::npos);
}

// Whatever is typed and whatever comes, it goes on only where the last look has allowed it, and
// asks for nothing but after a yes.
BOOST_AUTO_TEST_CASE(no_path_goes_on_unapproved) {
  const std::vector<std::string> words{"y", "n", "", "...", "q", "schedule", "yes"};
  const std::vector<Gathering> states{nobody, one, both};
  std::size_t approved = 0;
  for (std::size_t typed = 0; typed < 7 * 7 * 7 * 7; ++typed)
    for (std::size_t looks = 0; looks < 3 * 3 * 3 * 3; ++looks) {
      std::deque<std::string> answers;
      std::vector<Gathering> stands;
      for (std::size_t i = 0, t = typed, l = looks; i < 4; ++i, t /= 7, l /= 3) {
        answers.push_back(words[t % 7]);
        stands.push_back(states[l % 3]);
      }
      stands.push_back(nobody);
      const std::string ended = with(answers, stands);
      if (ended == "approved") {
        ++approved;
        BOOST_REQUIRE_MESSAGE(last.allowed, shown);
      }
      if (requested != 0)
        BOOST_REQUIRE_MESSAGE(shown.find("wait? [y/N] <y") != std::string::npos, shown);
    }
  BOOST_TEST(approved > 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
