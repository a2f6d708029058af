// SPDX-License-Identifier: MIT
#include "host/cli/plan_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "host/cli/html.hpp"
#include "host/cli/phrases.hpp"
#include "host/cli/plan_page_style.hpp"
#include "host/foundation/text.hpp"
#include "host/review/standing.hpp"

namespace host::cli {
namespace {

// Of the style sheet; a level that nobody knows looks like a high one.
std::string_view class_of(std::string_view risk) {
  constexpr std::array<std::string_view, 5> levels{"none", "low", "medium", "high", "critical"};
  const auto* found = std::find(levels.begin(), levels.end(), risk);
  return found == levels.end() ? "high" : *found;
}

std::string badge(std::string_view risk) {
  return fmt::format("<span class=\"risk {}\">{}</span>", class_of(risk), html_text(risk));
}

std::string list(const std::vector<std::string>& items, std::string_view kind = "plain") {
  if (items.empty()) return {};
  std::string html = fmt::format("<ul class=\"{}\">\n", kind);
  for (const std::string& item : items) html += fmt::format("<li>{}</li>\n", html_text(item));
  return html + "</ul>\n";
}

std::string facts_html(const std::vector<review::Fact>& facts) {
  std::string html;
  for (const review::Fact& fact : facts)
    if (!fact.text.empty())
      html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html_text(fact.label), html_text(fact.text));
  return html.empty() ? html : fmt::format("<dl class=\"facts\">\n{}</dl>\n", html);
}

// Without the blank lines around it: blanks that begin a line of code stay.
std::string_view without_blank_lines(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  const std::size_t start = text.rfind('\n', first);
  text = text.substr(start == text.npos ? 0 : start + 1);
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

std::string sql_html(std::string_view sql) {
  return fmt::format("<pre><code>{}</code></pre>\n", html_sql(without_blank_lines(sql)));
}

std::string statement_html(const PlanPage::Statement& statement) {
  std::string html = fmt::format(
      "<div class=\"statement\">\n<header><strong>{}</strong> <span class=\"line\">line {}</span> "
      "{}</header>\n",
      html_text(statement.tag.empty() ? "A statement" : statement.tag), statement.line,
      badge(statement.risk.empty() ? "not known" : statement.risk));
  html += sql_html(statement.sql);
  std::string notes = list(statement.effects, "effects");
  if (!statement.reason.empty()) notes += fmt::format("<p>{}</p>\n", html_text(statement.reason));
  if (!statement.safer.empty())
    notes += fmt::format("<p><strong>Safer:</strong> {}</p>\n", html_text(statement.safer));
  if (!notes.empty()) html += fmt::format("<div class=\"notes\">\n{}</div>\n", notes);
  return html + "</div>\n";
}

std::string migration_html(const PlanPage::Migration& migration, std::size_t number) {
  std::string html =
      fmt::format("<section id=\"m{}\">\n<div class=\"title\"><h2>{}</h2> {}</div>\n", number,
                  html_text(migration.key), badge(migration.risk));
  html += facts_html(migration.facts);
  if (!migration.reasons.empty()) html += "<h3>Why this risk</h3>\n" + list(migration.reasons);
  html += "<h3>What it does</h3>\n";
  for (const PlanPage::Statement& statement : migration.statements)
    html += statement_html(statement);
  if (!without_blank_lines(migration.rest).empty())
    html += "<p class=\"quiet\">Behind its last statement:</p>\n" + sql_html(migration.rest);
  html += "<h3>The way back</h3>\n";
  html += migration.way_back ? sql_html(*migration.way_back) : "<p>There is none.</p>\n";
  if (!migration.hooks.empty()) html += "<h3>Hooks around it</h3>\n" + list(migration.hooks);
  return html + "</section>\n";
}

std::string command_html(std::string_view what, const std::string& command) {
  return fmt::format("<p>{}</p>\n<pre><code>{}</code></pre>\n", html_text(what),
                     html_text(command));
}

std::string proof_html(const PlanPage& page) {
  std::string html = "<section id=\"proof\">\n<h2>Proven elsewhere</h2>\n";
  if (!page.proven.empty()) html += list(page.proven);
  if (!page.unproven.empty()) html += "<h3>Not proven</h3>\n" + list(page.unproven);
  return html + "</section>\n";
}

std::string approvals_html(const PlanPage& page) {
  const std::string hash = review::short_hash(page.hash);
  std::string html = "<section id=\"approvals\">\n<h2>Approvals</h2>\n";
  if (page.approvals) {
    const PlanPage::Approvals& approvals = *page.approvals;
    html += "<h3>Needed</h3>\n" +
            (approvals.needed.empty() ? "<p>None for this risk.</p>\n" : list(approvals.needed));
    html += "<h3>Given</h3>\n" +
            (approvals.given.empty() ? "<p>None yet.</p>\n" : list(approvals.given));
    html += "<h3>Missing</h3>\n" +
            (approvals.missing.empty() ? "<p>Nothing.</p>\n" : list(approvals.missing));
    html += "<h3>How to decide</h3>\n";
    if (!approvals.allowed) {
      html += command_html("To approve exactly this plan, on your own machine:",
                           fmt::format("confiture approve {} --env {}", hash, page.environment));
      html += command_html(
          "To block it:",
          fmt::format("confiture reject {} --env {} --comment \"why\"", hash, page.environment));
    }
  } else {
    html += fmt::format("<p>None is needed: environment {} has no policy.</p>\n",
                        html_text(page.environment));
  }
  if (!page.approvals || page.approvals->allowed)
    html += command_html("To run it:", "confiture migrate up --env " + page.environment);
  return html + "</section>\n";
}

std::string verdict_html(const PlanPage& page) {
  if (!page.approvals) return {};
  const PlanPage::Approvals& approvals = *page.approvals;
  if (approvals.allowed)
    return "<p class=\"verdict low\"><strong>It may run.</strong> Nothing is missing.</p>\n";
  return fmt::format(
      "<p class=\"verdict medium\"><strong>It may not run yet.</strong> Missing: {}.</p>\n",
      html_text(join_words(approvals.missing)));
}

// How many migrations there are of each risk, worst first.
std::string census(const PlanPage& page) {
  std::vector<std::string> counts;
  for (const std::string_view risk : {"critical", "high", "medium", "low", "none"}) {
    const auto count =
        std::count_if(page.migrations.begin(), page.migrations.end(),
                      [&](const PlanPage::Migration& each) { return class_of(each.risk) == risk; });
    if (count > 0) counts.push_back(fmt::format("{} of risk {}", count, risk));
  }
  return join_words(counts);
}

std::string contents_html(const PlanPage& page) {
  if (page.migrations.size() < 2) return {};
  std::string html =
      fmt::format("<p class=\"census\">{}</p>\n<ol class=\"contents\">\n", html_text(census(page)));
  for (std::size_t index = 0; index < page.migrations.size(); ++index)
    html += fmt::format("<li><a href=\"#m{}\">{}</a> {}</li>\n", index + 1,
                        html_text(page.migrations[index].key), badge(page.migrations[index].risk));
  return html + "</ol>\n";
}

}  // namespace

std::string to_html(const PlanPage& page) {
  const std::string title =
      page.migrations.empty()
          ? "Nothing is pending for " + page.environment
          : fmt::format("{} for {}", counted(page.migrations.size(), "migration"),
                        page.environment);
  // Nothing may be fetched or run, whatever else were to fail.
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n"
      "<style>\n{}</style>\n</head>\n<body>\n<main>\n",
      html_text(title, false), plan_page_style());
  html += fmt::format(
      "<p class=\"eyebrow\">A plan of confiture</p>\n<div class=\"title\"><h1>{}</h1>{}</div>\n",
      html_text(title), page.migrations.empty() ? "" : " " + badge(page.risk));
  if (!page.migrations.empty()) html += verdict_html(page);
  html += facts_html(page.facts);
  html += contents_html(page);
  for (std::size_t index = 0; index < page.migrations.size(); ++index)
    html += migration_html(page.migrations[index], index + 1);
  if (!page.hooks.empty())
    html += "<section>\n<h2>All hooks of the run</h2>\n" + list(page.hooks) + "</section>\n";
  if (!page.proven.empty() || !page.unproven.empty()) html += proof_html(page);
  if (!page.migrations.empty()) html += approvals_html(page);
  html += fmt::format(
      "</main>\n<footer>Written at {}. What was decided since is in: confiture approvals status "
      "--env {}</footer>\n</body>\n</html>\n",
      html_text(page.written_at), html_text(page.environment));
  return html;
}

}  // namespace host::cli
