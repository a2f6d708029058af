// SPDX-License-Identifier: MIT
#include "host/cli/plan_page.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <regex>

#include "host/cli/plan_page_style.hpp"

namespace cli = host::cli;

namespace {

using Colors = std::map<std::string, std::string>;

// The variables of each part of the style sheet that sets them: light, dark, paper.
std::vector<Colors> palettes() {
  const std::string style(cli::plan_page_style());
  const std::regex block(":root \\{([^}]*)\\}"), variable("--([a-z-]+): #([0-9a-f]{6});");
  std::vector<Colors> all;
  for (std::sregex_iterator each(style.begin(), style.end(), block), end; each != end; ++each) {
    const std::string text = (*each)[1];
    Colors colors;
    for (std::sregex_iterator one(text.begin(), text.end(), variable); one != end; ++one)
      colors[(*one)[1]] = (*one)[2];
    all.push_back(std::move(colors));
  }
  return all;
}

// Relative luminance, as WCAG 2.1 has it.
double luminance(const std::string& color) {
  constexpr std::array<double, 3> weights{0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double part = std::stoi(color.substr(2 * i, 2), nullptr, 16) / 255.0;
    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(const std::string& a, const std::string& b) {
  const double one = luminance(a), other = luminance(b);
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

// Everything that a stranger writes, as an attack.
const std::string attack = "</title></style><script>alert(1)</script>\"'><img src=x onerror=y>";

cli::PlanPage attacked() {
  cli::PlanPage page;
  page.environment = page.risk = page.hash = page.written_at = attack;
  page.facts = {{attack, attack}};
  cli::PlanPage::Migration migration;
  migration.key = migration.risk = migration.rest = attack;
  migration.reasons = migration.hooks = {attack};
  migration.facts = {{attack, attack}};
  migration.statements = {{1, attack, "SELECT 1 -- " + attack, attack, {attack}, attack, attack}};
  migration.way_back = attack;
  page.migrations = {migration, migration};
  page.hooks = {attack};
  page.approvals = cli::PlanPage::Approvals{false, {attack}, {attack}, {attack}};
  return page;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plan_page)

BOOST_AUTO_TEST_CASE(text_stands_out_from_what_it_is_on) {
  const std::vector<Colors> all = palettes();
  BOOST_TEST_REQUIRE(all.size() == 3U);
  const std::vector<std::pair<std::string, std::vector<std::string>>> pairs{
      {"ink", {"paper", "card", "sunken"}},
      {"quiet", {"paper", "card"}},
      {"link", {"paper", "card"}},
      {"keyword", {"sunken"}},
      {"string", {"sunken"}},
      {"comment", {"sunken"}},
      {"none", {"none-back"}},
      {"low", {"low-back"}},
      {"medium", {"medium-back"}},
      {"high", {"high-back"}},
      {"critical", {"critical-back"}}};
  for (const Colors& colors : all)
    for (const auto& [text, grounds] : pairs)
      for (const std::string& ground : grounds)
        BOOST_TEST(contrast(colors.at(text), colors.at(ground)) >= 4.5, text << " on " << ground);
}

BOOST_AUTO_TEST_CASE(nothing_of_a_plan_is_markup) {
  const std::string html = to_html(attacked());
  BOOST_TEST(html.find("<script") == std::string::npos);
  BOOST_TEST(html.find("<img") == std::string::npos);
  BOOST_TEST(html.find("onerror=y&gt;") != std::string::npos);
  BOOST_TEST(html.find("\"'>") == std::string::npos);
  // Its own elements and no other.
  const std::regex tag("<(/?)([a-z0-9]+)[^>]*>");
  std::map<std::string, int> open;
  for (std::sregex_iterator each(html.begin(), html.end(), tag), end; each != end; ++each)
    open[(*each)[2]] += (*each)[1].length() == 0 ? 1 : -1;
  for (const auto& [name, count] : open)
    BOOST_TEST(count == (name == "meta" ? 4 : 0), name << ": " << count);
}

BOOST_AUTO_TEST_CASE(nothing_is_fetched) {
  const std::string html = to_html(attacked());
  for (const char* word : {"http:", "https:", "url(", "@import", " src=\"", "<link"})
    BOOST_TEST(html.find(word) == std::string::npos, word);
}

BOOST_AUTO_TEST_CASE(an_empty_plan_is_a_page_too) {
  cli::PlanPage page;
  page.environment = "local";
  page.written_at = "2026-11-23T10:00:00.000Z";
  const std::string html = to_html(page);
  BOOST_TEST(html.find("<h1>Nothing is pending for local</h1></div>\n</main>") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
