// SPDX-License-Identifier: MIT
#include <cmath>

#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

std::string generalized(std::string_view parameters, const char* type, const std::string& value) {
  return rewritten("privacy.generalize", parameters, type, value);
}

const Columns integers = {column("value", "int4"), column("id", "int8")};

Texts counting(int count) {
  Texts values;
  for (int value = 0; value < count; ++value) values.push_back(std::to_string(value - count / 2));
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(privacy)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  check_examples("privacy.generalize", "{}", {column("value")});
  check_examples("privacy.laplace", "{epsilon: 1, sensitivity: 10, by: id}", integers);
  BOOST_CHECK_EQUAL(generalized("{band: 10}", "int4", "37"), "30");
  BOOST_CHECK_EQUAL(generalized("{band: 1000}", "numeric", "41250.50"), "41000.00");
  BOOST_CHECK_EQUAL(generalized("{to: year}", "date", "1984-07-21"), "1984-01-01");
}

BOOST_AUTO_TEST_CASE(bands) {
  for (int value = -1000; value <= 1000; ++value)
    for (const int band : {2, 7, 10, 365})
      BOOST_REQUIRE_EQUAL(
          generalized("{band: " + std::to_string(band) + "}", "int4", std::to_string(value)),
          std::to_string(value / band * band));
  BOOST_CHECK_EQUAL(generalized("{}", "int8", "-9223372036854775808"), "-9223372036854775800");
  BOOST_CHECK_EQUAL(generalized("{}", "numeric", "-3.75"), "0.00");
  BOOST_CHECK_EQUAL(generalized("{band: 1000000000000}", "numeric", std::string(40, '9')),
                    std::string(28, '9') + std::string(12, '0'));
  BOOST_CHECK_EQUAL(generalized("{}", "float8", "-37.5"), "-30");
  BOOST_CHECK_EQUAL(generalized("{}", "float8", "-3.5"), "0");
  for (const char* value : {"NaN", "Infinity", "-Infinity"})
    BOOST_CHECK_EQUAL(generalized("{}", "float8", value), value);
}

BOOST_AUTO_TEST_CASE(coarser_dates) {
  BOOST_CHECK_EQUAL(generalized("{to: decade}", "date", "1984-07-21"), "1980-01-01");
  BOOST_CHECK_EQUAL(generalized("{to: month}", "timestamp", "1984-07-21 10:00:00"),
                    "1984-07-01 00:00:00");
  BOOST_CHECK_EQUAL(generalized("{to: quarter}", "date", "infinity"), "infinity");
}

BOOST_AUTO_TEST_CASE(beginnings) {
  BOOST_CHECK_EQUAL(generalized("{prefix: 3, fill: \"\"}", "text", "75011"), "750");
  BOOST_CHECK_EQUAL(generalized("{prefix: 9}", "text", "75011"), "7501*");
  BOOST_CHECK_EQUAL(generalized("{prefix: 0}", "text", "ab"), "**");
  BOOST_CHECK_EQUAL(generalized("{prefix: 1}", "text", "éàü"), "é**");
  BOOST_CHECK_EQUAL(generalized("{prefix: 2}", "bpchar", "abc     "), "ab*");
}

BOOST_AUTO_TEST_CASE(generalize_keeps_its_promises) {
  check_promises("privacy.generalize", "{}", {column("value", "int4")}, counting(1000));
  check_promises("privacy.generalize", "{}", {column("value")}, counting(1000));
  BOOST_CHECK_NE(refusal("privacy.generalize", "{}", {column("value", "bytea")}), "");
}

BOOST_AUTO_TEST_CASE(laplace_keeps_its_promises) {
  check_promises("privacy.laplace", "{epsilon: 1, sensitivity: 10, by: id}", integers,
                 counting(1000));
}

// Mean 0 and mean absolute value of about sensitivity / epsilon, of 20,000 draws; zero among them
// as often as the discrete Laplace distribution has it: tanh(epsilon / 2 / sensitivity).
BOOST_AUTO_TEST_CASE(laplace_has_its_distribution) {
  Host host;
  Strategy strategy(host, subject("privacy.laplace"), "{epsilon: 1, sensitivity: 10, by: id}",
                    integers);
  const std::size_t count = 20000;
  double sum = 0;
  double magnitude = 0;
  double zeros = 0;
  for (const Value& value : strategy.apply(rows_of(Texts(count, "1000"), 2))) {
    const double noise = std::stod(*value) - 1000;
    sum += noise;
    magnitude += std::abs(noise);
    zeros += noise == 0 ? 1 : 0;
  }
  BOOST_CHECK_SMALL(sum / count, 0.5);
  BOOST_CHECK_CLOSE(magnitude / count, 10.0, 4);
  BOOST_CHECK_CLOSE(zeros / count, std::tanh(0.05), 12);
}

BOOST_AUTO_TEST_CASE(laplace_results_fit) {
  Host host;
  Strategy clamped(host, subject("privacy.laplace"),
                   "{epsilon: 0.01, sensitivity: 100, by: id, min: 0, max: 120}", integers);
  for (const Value& value : clamped.apply(rows_of(Texts(500, "40"), 2))) {
    BOOST_REQUIRE_GE(std::stoi(*value), 0);
    BOOST_REQUIRE_LE(std::stoi(*value), 120);
  }
  const Columns small = {column("value", "int2"), column("id")};
  Strategy wide(host, subject("privacy.laplace"), "{epsilon: 0.0001, sensitivity: 1000000, by: id}",
                small);
  for (const Value& value : wide.apply(rows_of(Texts(500, "1"), 2)))
    BOOST_REQUIRE_LE(std::abs(std::stoi(*value)), 32767);
  const Columns numeric = {column("value", "numeric"), column("id")};
  Strategy decimal(host, subject("privacy.laplace"),
                   "{epsilon: 5, sensitivity: 0.1, by: id, decimals: 2}", numeric);
  for (const Value& value : decimal.apply(rows_of(Texts(500, "-0.02"), 2))) {
    BOOST_REQUIRE_EQUAL(value->size() - value->find('.'), 3);
    BOOST_REQUIRE_LT(std::abs(std::stod(*value)), 2);
  }
}

BOOST_AUTO_TEST_CASE(laplace_refuses_what_makes_no_sense) {
  const Columns with_id = {column("value", "int4"), column("id")};
  BOOST_CHECK_EQUAL(
      refusal("privacy.laplace", "{epsilon: 1, sensitivity: 1, by: id, min: 2, max: 1}", with_id),
      "'min' is greater than 'max' - ");
  for (const char* limits : {"min: 1.2, max: 1.8", "min: 3000000000"})
    BOOST_CHECK_EQUAL(
        refusal("privacy.laplace",
                std::string("{epsilon: 1, sensitivity: 1, by: id, ") + limits + "}", with_id),
        "privacy.laplace has no value between 'min' and 'max' that column 'value' of type 'int4' "
        "can hold - move 'min' and 'max' apart, or give more 'decimals'");
  BOOST_CHECK_EQUAL(
      refusal("privacy.laplace", "{epsilon: 1, sensitivity: 1, by: id, decimals: 2}", with_id),
      "privacy.laplace cannot write decimals into column 'value' of type 'int4' - leave out "
      "'decimals'");
  BOOST_CHECK_EQUAL(refusal("privacy.laplace", "{epsilon: 1, sensitivity: 1, by: id}",
                            {column("value", "numeric"), column("id")}, "12345678901234567"),
                    "privacy.laplace met a value of more than 15 digits - lower 'decimals', or use "
                    "privacy.generalize");
}

BOOST_AUTO_TEST_CASE(the_budget_counts_all_columns_of_the_run) {
  Host host;
  const auto bind = [&](const char* name) {
    Strategy(host, subject("privacy.laplace"), "{epsilon: 1, sensitivity: 10, by: id, budget: 2.5}",
             {column(name, "int4"), column("id")});
  };
  bind("age");
  bind("age");  // another worker
  bind("weight");
  BOOST_CHECK_EXCEPTION(bind("height"), Failure, [](const Failure& failure) {
    return std::string(failure.what()) ==
           "the columns with privacy.laplace spend more than the budget of 2.500000";
  });
}

BOOST_AUTO_TEST_SUITE_END()
