// SPDX-License-Identifier: MIT
// Names, addresses and what goes with them.
#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

const Columns with_id = {column("value"), column("id", "int8")};
constexpr const char* places[] = {"person.street", "person.city", "person.postcode"};
constexpr const char* names[] = {"person.first_name", "person.last_name", "person.name"};

Texts counting(const std::string& prefix, int count) {
  Texts values;
  for (int row = 0; row < count; ++row) values.push_back(prefix + std::to_string(row));
  return values;
}

// What the person with this id gets.
std::string of_person(std::string_view id, const std::string& person, std::string_view more = "",
                      const std::string& value = "x") {
  Host host;
  Strategy strategy(host, subject(id), "{by: id" + std::string(more) + "}", with_id);
  return *strategy.apply({{value, person}})[0];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pseudonyms)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  for (const char* id : names) check_examples(id, "{}", {column("value")});
  for (const char* id : places) check_examples(id, "{}", {column("value")});
  check_examples("person.username", "{}", {column("value")});
  check_examples("person.gender", "{by: id}", with_id);
  check_examples("person.national_id", "{format: us_ssn}", {column("value")});
  check_examples("person.date_of_birth", "{band: 5, as_of: 2025}", {column("value", "date")});
}

BOOST_AUTO_TEST_CASE(all_keep_their_promises) {
  const Texts values = counting("Smith ", 3000);
  for (const char* language : {"en", "fr", "de"}) {
    const std::string locale = "{locale: " + std::string(language);
    for (const char* id : {"person.first_name", "person.last_name", "person.name", "person.street",
                           "person.city", "person.postcode"}) {
      const Texts after = check_promises(id, locale + "}", {column("value")}, values);
      BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
      check_promises(id, locale + ", by: id}", with_id, values);
    }
  }
  check_promises("person.username", "{}", {column("value")}, counting("user", 20000));
  check_promises("person.gender", "{by: id}", with_id, values);
}

// Every city of the list: by chance, one in 47 would be its own replacement.
BOOST_AUTO_TEST_CASE(without_a_person_a_name_never_stays) {
  Host host;
  Strategy strategy(host, subject("person.city"), "{}", {column("value")});
  std::set<Value> cities;
  for (const Value& city : strategy.apply(rows_of(counting("city ", 2000), 1))) cities.insert(city);
  BOOST_CHECK_EQUAL(cities.size(), 47);
  for (const Value& city : cities) BOOST_CHECK(strategy(city) != city);
}

BOOST_AUTO_TEST_CASE(one_person_fits_together) {
  std::set<std::string> all;
  for (int person = 0; person < 300; ++person) {
    const std::string id = std::to_string(person);
    const std::string first = of_person("person.first_name", id);
    const std::string last = of_person("person.last_name", id);
    BOOST_REQUIRE_EQUAL(of_person("person.name", id), first + " " + last);
    BOOST_REQUIRE_EQUAL(of_person("person.name", id, ", form: last_first"), last + ", " + first);
    // The old value has no influence.
    BOOST_REQUIRE_EQUAL(of_person("person.name", id, "", "Ada"), first + " " + last);
    all.insert(first + last);
  }
  BOOST_CHECK_GT(all.size(), 290);
  BOOST_CHECK(of_person("person.username", "7").starts_with([] {
    std::string first = of_person("person.first_name", "7");
    first[0] = static_cast<char>(first[0] - 'A' + 'a');
    return first;
  }() + "."));
}

BOOST_AUTO_TEST_CASE(city_and_postcode_fit_together) {
  std::map<std::string, std::string> postcodes;
  for (int person = 0; person < 300; ++person) {
    const std::string id = std::to_string(person);
    const std::string city = of_person("person.city", id, ", locale: de");
    const std::string code = of_person("person.postcode", id, ", locale: de");
    BOOST_REQUIRE_EQUAL(code.size(), 5);
    BOOST_REQUIRE_EQUAL(postcodes.emplace(city, code).first->second, code);
  }
  BOOST_CHECK_GT(postcodes.size(), 40);
}

BOOST_AUTO_TEST_CASE(gender_follows_the_person_or_the_column) {
  const Columns columns = {column("value"), column("id"), column("sex")};
  Host host;
  Strategy first(host, subject("person.first_name"), "{by: id, gender: sex}", columns);
  Strategy free(host, subject("person.first_name"), "{by: id}", columns);
  Strategy gender(host, subject("person.gender"), "{by: id, values: [F, M]}", columns);
  int agreeing = 0;
  for (int person = 0; person < 100; ++person) {
    const Value id = std::to_string(person);
    const Value woman = first.apply({{"x", id, "female"}})[0];
    const Value man = first.apply({{"x", id, "M"}})[0];
    BOOST_REQUIRE(woman != man);
    const bool female = gender.apply({{"x", id, Value()}})[0] == Value("F");
    agreeing += free.apply({{"x", id, Value()}})[0] == (female ? woman : man) ? 1 : 0;
  }
  BOOST_CHECK_EQUAL(agreeing, 100);
  BOOST_CHECK_EQUAL(refusal("person.gender", "{}", {column("value")}),
                    "person.gender needs 'by' - name the column that says whose gender it is, such "
                    "as the key");
  BOOST_CHECK_EQUAL(refusal("person.gender", "{by: id, values: [F]}", with_id),
                    "'values' needs two texts, for female and male - write `values: [F, M]`");
}

BOOST_AUTO_TEST_CASE(short_columns) {
  Host host;
  Strategy name(host, subject("person.name"), "{}", {limited(5)});
  BOOST_CHECK_EQUAL(name("Mary Smith")->size(), 5);
  for (const int limit : {13, 14, 15, 20}) {
    Strategy user(host, subject("person.username"), "{}", {limited(limit)});
    BOOST_CHECK_LE(user("msmith")->size(), limit);
    BOOST_CHECK_GE(user("msmith")->size(), 13);
  }
  BOOST_CHECK_EQUAL(refusal("person.username", "{}", {limited(12)}),
                    "person.username needs columns of at least 13 characters - widen the column, "
                    "or use core.null");
  BOOST_CHECK_NE(refusal("person.name", "{}", {column("value", "int4")}), "");
}

BOOST_AUTO_TEST_CASE(dates_of_birth) {
  const auto born = [](std::string_view parameters, const char* value) {
    return rewritten("person.date_of_birth", parameters, "date", value);
  };
  BOOST_CHECK_EQUAL(born("{}", "1984-07-21"), "1984-01-01");
  BOOST_CHECK_EQUAL(born("{band: 10}", "1989-12-31"), "1980-01-01");
  BOOST_CHECK_EQUAL(born("{as_of: 2025}", "1936-06-01"), "1936-01-01");
  BOOST_CHECK_EQUAL(born("{as_of: 2025}", "1935-12-31"), "1935-01-01");
  BOOST_CHECK_EQUAL(born("{as_of: 2025}", "1900-01-01"), "1935-01-01");
  BOOST_CHECK_EQUAL(born("{as_of: 2025}", "0044-03-15 BC"), "1935-01-01");
  BOOST_CHECK_EQUAL(born("{}", "-infinity"), "-infinity");
  BOOST_CHECK_EQUAL(
      rewritten("person.date_of_birth", "{}", "timestamptz", "1984-07-21 10:30:00.5+00"),
      "1984-01-01 00:00:00+00");
  check_promises("person.date_of_birth", "{}", {column("value", "date")},
                 {"1984-07-21", "1985-07-21"});
  BOOST_CHECK_NE(refusal("person.date_of_birth", "{}", {column("value")}), "");
}

BOOST_AUTO_TEST_SUITE_END()
