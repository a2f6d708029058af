// SPDX-License-Identifier: MIT
// The table against what was measured: no row is lost, and none says anything else.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "plugins/risk/form.hpp"
#include "tests/support/checkout.hpp"

namespace plugins::risk {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> measured() {
  std::ifstream file(::test::checkout() / "tests/plugins/risk/facts.tsv");
  std::vector<std::string> columns;
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> fields;
    std::istringstream words(line);
    for (std::string field; std::getline(words, field, '\t');) fields.push_back(field);
    fields.resize(10);
    if (columns.empty()) {
      columns = fields;
      continue;
    }
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i) row[columns[i]] = fields[i];
  }
  return rows;
}

std::string answer(const std::string& measured) {
  return measured == "n/a" ? "-" : measured;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forms_of_statements)

BOOST_AUTO_TEST_CASE(every_row_that_was_measured_is_there_and_says_the_same) {
  const std::vector<Row> rows = measured();
  BOOST_TEST(rows.size() == 283u);
  BOOST_TEST(forms().size() == rows.size());
  for (Row row : rows) {
    const Form& known = form(row["id"]);
    BOOST_TEST_CONTEXT(row["id"]) {
      BOOST_TEST(known.since == row["since_pg"]);
      BOOST_TEST(known.lock == row["lock_on_target"]);
      BOOST_TEST(known.reads == answer(row["blocks_reads"]));
      BOOST_TEST(known.writes == answer(row["blocks_writes"]));
      BOOST_TEST(known.rewrite == row["table_rewrite"]);
      BOOST_TEST(known.scan == row["full_scan"]);
      BOOST_TEST(known.lost == (row["data_loss"] == "none" ? "" : row["data_loss"]));
      BOOST_TEST(known.reversible == row["reversible"]);
      BOOST_TEST(known.risk == row["risk"]);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_field_is_one_that_the_classifier_reads) {
  for (const Form& known : forms())
    BOOST_TEST_CONTEXT(std::string(known.id)) {
      BOOST_TEST((known.risk == "low" || known.risk == "medium" || known.risk == "high" ||
                  known.risk == "critical"));
      BOOST_TEST((known.reads == "yes" || known.reads == "no" || known.reads == "-"));
      BOOST_TEST((known.writes == "yes" || known.writes == "no" || known.writes == "-"));
      BOOST_TEST((known.source == "measured" || known.source == "documented"));
      BOOST_TEST(!known.statement.empty());
    }
}

// What is not in the table cannot be asked for.
BOOST_AUTO_TEST_CASE(an_unknown_form_is_a_broken_program) {
  BOOST_CHECK_THROW(form("col.paint"), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace plugins::risk
