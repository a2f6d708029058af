// SPDX-License-Identifier: MIT
#include "plugins/common/moment.hpp"
#include "tests/plugins/support/strategies.hpp"

using namespace strategies;
using plugins::common::days_of;
using plugins::common::read_moment;

namespace {

Columns with_id(const char* type) {
  return {column("value", type), column("id", "int8")};
}

// One value, of the row with id 0.
std::string shifted(const char* type, const std::string& value,
                    std::string_view parameters = "{by: id}") {
  Host host;
  Strategy strategy(host, subject("time.shift"), parameters, with_id(type));
  return *strategy.apply({{value, "0"}})[0];
}

std::int64_t days_in(const std::string& text) {
  return read_moment(text)->days;
}

Texts some_dates(std::size_t count) {
  Host host;
  Texts values;
  Strategy strategy(host, subject("time.shift"), "{by: id, max: 3000d}", with_id("date"));
  for (const Value& value : strategy.apply(rows_of(Texts(count, "2001-01-31"), 2)))
    values.push_back(*value);
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(times)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  check_examples("time.shift", "{by: id}", with_id("timestamptz"));
  check_examples("time.jitter", "{}", {column("value", "timestamp")});
  check_examples("time.truncate", "{}", {column("value", "timestamptz")});
}

BOOST_AUTO_TEST_CASE(every_day_of_the_calendar_comes_back) {
  BOOST_CHECK_EQUAL(days_of({1970, 1, 1}), 0);
  BOOST_CHECK_EQUAL(days_of({2000, 3, 1}), 11017);
  BOOST_CHECK_EQUAL(days_of({-4713, 11, 24}), -2440588);  // day 0 of the Julian calendar
  BOOST_CHECK_EQUAL(days_of({5874897, 12, 31}), 2145042905);
  for (std::int64_t days = -2440588; days < 4000000; days += 37)
    BOOST_REQUIRE_EQUAL(days_of(plugins::common::civil_date(days)), days);
}

BOOST_AUTO_TEST_CASE(every_form_is_written_as_it_was_read) {
  Host host;
  confiture::testing::detail::FakeCall fake(host);
  const confiture::Call call(host.handle(), fake.handle());
  for (const char* text :
       {"2024-02-29", "0001-01-01", "0001-12-31 BC", "4713-01-01 BC", "5874897-12-31",
        "294276-12-31 23:59:59.999999", "2024-02-29 12:30:00.5", "2024-02-29 00:00:00+00",
        "1900-01-01 00:00:00-00:25:21", "0044-03-15 10:00:00+01 BC", "24:00:00", "23:59:59.000001",
        "12:00:00+05:30"}) {
    const auto moment = read_moment(text);
    BOOST_REQUIRE_MESSAGE(moment, text);
    BOOST_CHECK_EQUAL(plugins::common::write_moment(*moment, call), text);
  }
  for (const char* text : {"infinity", "-infinity", "", "2024", "2024-13-01", "2024-01-01 25:00:00",
                           "2024-01-01T00:00:00", "2024-01-01 BCE"})
    BOOST_CHECK_MESSAGE(!read_moment(text), text);
}

BOOST_AUTO_TEST_CASE(shift_keeps_its_promises) {
  const Texts values = some_dates(3000);
  const Texts after = check_promises("time.shift", "{by: id, max: 30d}", with_id("date"), values);
  BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
  for (std::size_t row = 0; row < values.size(); ++row)
    BOOST_REQUIRE_LE(std::abs(days_in(after[row]) - days_in(values[row])), 30);
}

BOOST_AUTO_TEST_CASE(shift_keeps_order_and_distance_within_an_entity) {
  Host host;
  Strategy dates(host, subject("time.shift"), "{by: id}", with_id("date"));
  Strategy times(host, subject("time.shift"), "{by: id}", with_id("timestamptz"));
  std::set<std::int64_t> shifts;
  for (int id = 0; id < 200; ++id) {
    const Value entity = std::to_string(id);
    const auto after = dates.apply({{"2024-02-28", entity}, {"2024-03-01", entity}});
    BOOST_REQUIRE_EQUAL(days_in(*after[1]) - days_in(*after[0]), 2);
    const auto time = times.apply({{"2024-03-01 23:59:59.5+00", entity}});
    BOOST_REQUIRE_EQUAL(*time[0], *after[1] + " 23:59:59.5+00");
    shifts.insert(days_in(*after[0]) - days_in("2024-02-28"));
  }
  BOOST_CHECK_GT(shifts.size(), 100);
  BOOST_CHECK(!shifts.contains(0));
}

BOOST_AUTO_TEST_CASE(shift_of_rows_without_an_entity) {
  Host host;
  Strategy strategy(host, subject("time.shift"), "{by: id}", with_id("date"));
  const auto after = strategy.apply({{"2024-02-28", Value()}, {"2024-02-29", Value()}});
  BOOST_CHECK_EQUAL(days_in(*after[1]) - days_in(*after[0]), 1);
  BOOST_CHECK_NE(*after[0], "2024-02-28");
}

BOOST_AUTO_TEST_CASE(the_ends_of_time) {
  for (const char* value : {"infinity", "-infinity"})
    BOOST_CHECK_EQUAL(shifted("date", value), value);
  for (const char* value : {"5874897-12-31", "4714-11-24 BC"}) {
    const std::string after = shifted("date", value);
    BOOST_CHECK_NE(after, value);
    BOOST_CHECK(read_moment(after)->in_range());
  }
  const std::string last = shifted("timestamp", "294276-12-31 23:59:59.999999");
  BOOST_CHECK(read_moment(last)->in_range());
  BOOST_CHECK(last.ends_with(" 23:59:59.999999"));
  BOOST_CHECK(shifted("date", "0001-01-01 BC").size() >= 10);
}

BOOST_AUTO_TEST_CASE(jitter_keeps_its_promises) {
  const Texts dates = some_dates(2000);
  const Texts after =
      check_promises("time.jitter", "{within: 3d}", {column("value", "date")}, dates);
  BOOST_CHECK_EQUAL(count_unchanged(dates, after), 0);
  for (std::size_t row = 0; row < dates.size(); ++row)
    BOOST_REQUIRE_LE(std::abs(days_in(after[row]) - days_in(dates[row])), 3);

  Texts times;
  for (const std::string& date : dates) times.push_back(date + " 00:00:30");
  const Texts moved =
      check_promises("time.jitter", "{within: 1m}", {column("value", "timestamp")}, times);
  BOOST_CHECK_EQUAL(count_unchanged(times, moved), 0);
  for (std::size_t row = 0; row < times.size(); ++row) {
    const auto before = *read_moment(times[row]);
    const auto now = *read_moment(moved[row]);
    const std::int64_t change =
        (now.days - before.days) * plugins::common::one_day + now.time_of_day - before.time_of_day;
    BOOST_REQUIRE_LE(std::abs(change), 60 * plugins::common::one_second);
    BOOST_REQUIRE(!now.has_fraction);
  }
}

BOOST_AUTO_TEST_CASE(jitter_of_less_than_a_second) {
  const std::string after =
      rewritten("time.jitter", "{within: 500ms}", "timestamp", "2024-02-29 12:00:00");
  BOOST_CHECK_NE(after, "2024-02-29 12:00:00");
  BOOST_CHECK(after.starts_with("2024-02-29 1"));
  BOOST_CHECK_EQUAL(refusal("time.jitter", "{within: 12h}", {column("born", "date")}),
                    "time.jitter within less than a day cannot change column 'born' of type 'date' "
                    "- set `within: 1d` or more");
}

BOOST_AUTO_TEST_CASE(truncate_is_date_trunc) {
  const auto truncated = [](const char* unit, const char* type, const char* value) {
    return rewritten("time.truncate", "{to: " + std::string(unit) + "}", type, value);
  };
  const char* value = "2024-05-16 13:47:59.25+00";
  BOOST_CHECK_EQUAL(truncated("decade", "timestamptz", value), "2020-01-01 00:00:00+00");
  BOOST_CHECK_EQUAL(truncated("year", "timestamptz", value), "2024-01-01 00:00:00+00");
  BOOST_CHECK_EQUAL(truncated("quarter", "timestamptz", value), "2024-04-01 00:00:00+00");
  BOOST_CHECK_EQUAL(truncated("week", "timestamptz", value), "2024-05-13 00:00:00+00");
  BOOST_CHECK_EQUAL(truncated("day", "timestamptz", value), "2024-05-16 00:00:00+00");
  BOOST_CHECK_EQUAL(truncated("hour", "timestamptz", value), "2024-05-16 13:00:00+00");
  BOOST_CHECK_EQUAL(truncated("minute", "timestamptz", value), "2024-05-16 13:47:00+00");
  BOOST_CHECK_EQUAL(truncated("second", "timestamptz", value), "2024-05-16 13:47:59+00");
  BOOST_CHECK_EQUAL(truncated("hour", "timetz", "13:47:59+02"), "13:00:00+02");
  BOOST_CHECK_EQUAL(truncated("hour", "time", "24:00:00"), "24:00:00");
  BOOST_CHECK_EQUAL(truncated("year", "date", "-infinity"), "-infinity");
  check_promises("time.truncate", "{}", {column("value", "date")}, some_dates(500));
}

BOOST_AUTO_TEST_CASE(units_that_do_not_suit) {
  BOOST_CHECK_EQUAL(refusal("time.truncate", "{to: day}", {column("born", "date")}),
                    "time.truncate to this unit does not suit column 'born' of type 'date' - "
                    "choose decade, year, quarter, month or week");
  BOOST_CHECK_NE(refusal("time.truncate", "{to: day}", {column("opens", "timetz")}), "");
  BOOST_CHECK_EQUAL(refusal("time.truncate", "{to: hour}", {column("opens", "timetz")}), "");
  BOOST_CHECK_EQUAL(refusal("time.truncate", "{to: month}", {column("opens", "time")}),
                    "time.truncate to this unit does not suit column 'opens' of type 'time' - "
                    "choose hour, minute or second");
  BOOST_CHECK_EQUAL(refusal("time.shift", "{by: id}", {column("opens", "time"), column("id")}),
                    "time.shift cannot rewrite column 'opens' of type 'time' - it takes date, "
                    "timestamp, timestamptz; give the column a strategy that suits its type");
}

BOOST_AUTO_TEST_SUITE_END()
