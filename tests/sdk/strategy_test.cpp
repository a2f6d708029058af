// SPDX-License-Identifier: MIT
// Strategies as the host calls them: every shape of rewrite(), whole batches, keys, types.
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace confiture;
using testing::Value;

BOOST_AUTO_TEST_SUITE(strategies)

namespace {

std::string shown(const Value& value) {
  return value ? "'" + *value + "'" : "NULL";
}

std::string once(const Extension& extension, const Value& value) {
  testing::Host host;
  return shown(testing::Strategy(host, extension)(value));
}

struct InClass {
  std::string prefix = "<";
  static constexpr auto params = confiture::params(field("prefix", &InClass::prefix, "Prefix"));
  static constexpr auto flags = StrategyFlag::deterministic | StrategyFlag::keyed;
  static constexpr auto doc = "# In a class";
  std::string_view rewrite(std::string_view value, Row& row) const {
    return row.keep(prefix + std::string(value));
  }
};

struct WithNull {
  std::string rewrite(std::string_view value) { return std::string(value) + "!"; }
  std::string_view rewrite_null(Row&) { return "nothing"; }
};

struct Reverse {
  void apply(Batch& batch) {
    for (std::size_t row = 0; row < batch.row_count(); ++row)
      if (const auto value = batch.value(0, batch.row_count() - 1 - row))
        batch.set(0, row, *value);
      else
        batch.set_null(0, row);
  }
};

struct ByCountry {
  Column country;
  static constexpr auto params =
      confiture::params(field("country", &ByCountry::country, "The country").required());
  std::string rewrite(std::string_view value, Row& row) const {
    return std::string(row[country].value_or("??")) + ":" + std::string(value) + ":" +
           std::to_string(row.ordinal());
  }
};

struct Keyed {
  std::array<std::uint8_t, 16> key{};
  void prepare(Call& call) { key = call.derive_key<16>("acme"); }
  std::string rewrite(std::string_view) const { return std::to_string(key[0]); }
};

struct TextOnly {
  void bind(const BatchColumns& columns, Call&) const {
    if (columns[0].type_name() != "text")
      throw Unsupported("column " + std::string(columns[0].name()) + " is no text",
                        "use core.null");
  }
  std::string_view rewrite(std::string_view value) const { return value; }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_class_says_its_parameters_flags_and_documentation) {
  const Extension extension = strategy<InClass>("acme.in_class", "In a class");
  const confiture_extension& made = extension.descriptor();
  const auto& table = *static_cast<const confiture_strategy_v1*>(made.vtable);
  BOOST_TEST(made.struct_size == sizeof(confiture_extension));
  BOOST_TEST(made.param_size == sizeof(confiture_param));
  BOOST_TEST(made.kind == CONFITURE_KIND_STRATEGY);
  BOOST_TEST(made.id == "acme.in_class");
  BOOST_TEST(made.summary == "In a class");
  BOOST_TEST(made.doc == "# In a class");
  BOOST_TEST(made.param_count == 1u);
  BOOST_TEST(table.struct_size == sizeof(confiture_strategy_v1));
  BOOST_TEST(table.flags ==
             (std::uint32_t{CONFITURE_STRATEGY_DETERMINISTIC} | CONFITURE_STRATEGY_KEYED));
  BOOST_TEST((table.bind == nullptr));
  BOOST_TEST(once(extension, "a") == "'<a'");
}

BOOST_AUTO_TEST_CASE(a_function_may_have_any_of_the_shapes) {
  BOOST_TEST(once(strategy("a.b", "c", [](std::string_view v) { return v.substr(1); }), "xy") ==
             "'y'");
  BOOST_TEST(once(strategy("a.b", "c", [](std::string_view v, Row&) { return std::string(v); }),
                  "xy") == "'xy'");
  BOOST_TEST(once(strategy("a.b", "c", [](std::string_view) { return "static"; }), "xy") ==
             "'static'");
  const auto nullable = [](std::optional<std::string_view> v) {
    return v ? std::optional<std::string>() : std::optional<std::string>("was NULL");
  };
  BOOST_TEST(once(strategy("a.b", "c", nullable), "xy") == "NULL");
  BOOST_TEST(once(strategy("a.b", "c", nullable), std::nullopt) == "'was NULL'");
}

BOOST_AUTO_TEST_CASE(null_stays_null_unless_the_class_says_otherwise) {
  BOOST_TEST(once(strategy<InClass>("a.b", "c"), std::nullopt) == "NULL");
  BOOST_TEST(once(strategy<WithNull>("a.b", "c"), std::nullopt) == "'nothing'");
  BOOST_TEST(once(strategy<WithNull>("a.b", "c"), "") == "'!'");
}

BOOST_AUTO_TEST_CASE(an_empty_result_is_an_empty_text_and_not_null) {
  BOOST_TEST(once(strategy("a.b", "c", [](std::string_view) { return std::string_view(); }), "x") ==
             "''");
  BOOST_TEST(once(strategy("a.b", "c", [](std::string_view) { return std::string(); }), "x") ==
             "''");
  BOOST_TEST(once(strategy("a.b", "c", [](std::string_view, Row& row) { return row.keep(""); }),
                  "x") == "''");
}

BOOST_AUTO_TEST_CASE(a_whole_batch_is_one_call) {
  testing::Host host;
  testing::Strategy reverse(host, strategy<Reverse>("a.b", "c"));
  const auto out = reverse.apply({{"1"}, {std::nullopt}, {"3"}, {"4"}});
  BOOST_TEST(shown(out[0]) == "'4'");
  BOOST_TEST(shown(out[2]) == "NULL");
  BOOST_TEST(shown(out[3]) == "'1'");
  BOOST_TEST(reverse.apply({}).empty());
}

BOOST_AUTO_TEST_CASE(a_row_knows_its_context_and_its_place) {
  testing::Host host;
  testing::Strategy by_country(host, strategy<ByCountry>("a.b", "c"), "{country: land}",
                               {testing::column("iban"), testing::column("land")});
  const auto out = by_country.apply({{"1", "DE"}, {"2", std::nullopt}});
  BOOST_TEST(shown(out[0]) == "'DE:1:0'");
  BOOST_TEST(shown(out[1]) == "'??:2:1'");
}

BOOST_AUTO_TEST_CASE(a_key_is_derived_once_and_the_same_each_time) {
  testing::Host host;
  testing::Strategy a(host, strategy<Keyed>("a.b", "c")), b(host, strategy<Keyed>("a.b", "c"));
  BOOST_TEST(shown(a("x")) == shown(b("y")));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_missing_or_not_granted_is_said) {
  testing::Host host;
  host.has_key = false;
  BOOST_CHECK_EXCEPTION(testing::Strategy(host, strategy<Keyed>("a.b", "c")), testing::Failure,
                        [](const testing::Failure& failure) {
                          return failure.status() == CONFITURE_FAILED &&
                                 failure.what() ==
                                     std::string("no anonymization key is configured");
                        });
  host.grants_secret = false;
  BOOST_CHECK_EXCEPTION(
      testing::Strategy(host, strategy<Keyed>("a.b", "c")), testing::Failure,
      [](const testing::Failure& failure) {
        return failure.status() == CONFITURE_DENIED &&
               failure.what() ==
                   std::string("the service 'confiture.secret/1' was not granted to this plugin") &&
               failure.hint() == "add 'secret' to the plugin's `allow:` in confiture.yaml";
      });
}

BOOST_AUTO_TEST_CASE(bind_sees_the_types) {
  testing::Host host;
  testing::Strategy fine(host, strategy<TextOnly>("a.b", "c"));
  BOOST_CHECK_EXCEPTION(
      testing::Strategy(host, strategy<TextOnly>("a.b", "c"), "{}", {testing::column("n", "int4")}),
      testing::Failure, [](const testing::Failure& failure) {
        return failure.status() == CONFITURE_UNSUPPORTED &&
               failure.what() == std::string("column n is no text") &&
               failure.hint() == "use core.null";
      });
}

BOOST_AUTO_TEST_CASE(a_function_is_copied_for_each_instance) {
  const Extension counting = strategy(
      "a.b", "c", [count = 0](std::string_view) mutable { return std::to_string(++count); });
  testing::Host host;
  testing::Strategy one(host, counting), two(host, counting);
  BOOST_TEST(shown(one("x")) == "'1'");
  BOOST_TEST(shown(one("x")) == "'2'");
  BOOST_TEST(shown(two("x")) == "'1'");
}

BOOST_AUTO_TEST_CASE(all_workers_share_the_cache) {
  const Extension first_wins = strategy("a.b", "c", [](std::string_view value, Row& row) {
    if (const auto known = row.cached("first")) return *known;
    return row.cache("first", value);
  });
  testing::Host host;
  testing::Strategy one(host, first_wins), two(host, first_wins);
  BOOST_TEST(shown(one("x")) == "'x'");
  BOOST_TEST(shown(two("y")) == "'x'");
}

BOOST_AUTO_TEST_CASE(several_targets_are_rewritten_each) {
  const Extension named = strategy("a.b", "c", [](std::string_view v, Row& row) {
    return std::to_string(row.target()) + std::string(v);
  });
  const confiture_extension& made = named.descriptor();
  const auto& table = *static_cast<const confiture_strategy_v1*>(made.vtable);
  testing::Host host;
  testing::detail::FakeCall call(host);
  void* self = nullptr;
  BOOST_TEST(made.create(&made, &host.handle(), call.handle(), nullptr, &self) == CONFITURE_OK);
  const confiture_str a[] = {{"a", 1}}, b[] = {{"b", 1}};
  confiture_str out_a[] = {a[0]}, out_b[] = {b[0]};
  const confiture_str* columns[] = {a, b};
  confiture_str* const out[] = {out_a, out_b};
  const confiture_batch batch = {sizeof batch, 2, 2, 0, 0, 1, columns, out};
  BOOST_TEST(table.apply(self, call.handle(), &batch) == CONFITURE_OK);
  BOOST_TEST(to_view(out_a[0]) == "0a");
  BOOST_TEST(to_view(out_b[0]) == "1b");
  made.destroy(self);
}

BOOST_AUTO_TEST_SUITE_END()
