// SPDX-License-Identifier: MIT
// Rules as the host calls them: reading nodes, reporting findings.
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>

#include <string>
#include <vector>

using namespace confiture;

BOOST_AUTO_TEST_SUITE(rules)

namespace {

struct NullableId {
  std::int64_t limit = 1;
  static constexpr auto params =
      confiture::params(field("limit", &NullableId::limit, "How many to report", "1.."));
  static constexpr auto doc = "Ids are never NULL.";
  void check(const Node& table, Report& report) const {
    std::int64_t left = limit;
    for (const Node& column : table.columns())
      if (column.is_nullable() && left-- > 0)
        report.add(column, "column " + std::string(column.name()) + " may be NULL")
            .hint("forbid it")
            .suggestion("ALTER TABLE " + std::string(table.qualified_name()) + " ...")
            .severity(Severity::critical)
            .risk(Risk::high)
            .fix(3, 7, " NOT NULL")
            .fix(9, 9, "");
  }
};

Extension nullable_id() {
  return rule<NullableId>("acme.nullable_id", "structure", Severity::warning, "Ids are not NULL",
                          {NodeKind::table, NodeKind::view});
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_finding_arrives_whole) {
  testing::Host host;
  testing::Rule rule(host, nullable_id());
  const auto found = rule.check(testing::table(
      "users", {testing::column("id", "int8", false), testing::column("a"), testing::column("b")}));
  BOOST_TEST(found.size() == 1u);
  BOOST_TEST(found[0].at == "a");
  BOOST_TEST(found[0].message == "column a may be NULL");
  BOOST_TEST(found[0].hint == "forbid it");
  BOOST_TEST(found[0].suggestion == "ALTER TABLE public.users ...");
  BOOST_TEST(found[0].severity == std::int32_t{CONFITURE_SEVERITY_CRITICAL});
  BOOST_TEST(found[0].risk == std::int32_t{CONFITURE_RISK_HIGH});
  BOOST_TEST(found[0].edits.size() == 2u);
  BOOST_TEST(found[0].edits[0].offset == 3u);
  BOOST_TEST(found[0].edits[0].end_offset == 7u);
  BOOST_TEST(found[0].edits[0].text == " NOT NULL");
  BOOST_TEST(found[0].edits[1].text == "");
}

BOOST_AUTO_TEST_CASE(parameters_reach_the_rule) {
  testing::Host host;
  testing::Rule rule(host, nullable_id(), "{limit: 5}");
  const auto table = testing::table("users", {testing::column("a"), testing::column("b")});
  BOOST_TEST(rule.check(table).size() == 2u);
  BOOST_TEST(rule.check(testing::Tree(NodeKind::view, "v")).empty());
  BOOST_TEST(rule.check(testing::column("c")).empty());
}

BOOST_AUTO_TEST_CASE(a_registration_holds_category_severity_and_kinds) {
  const Extension extension = nullable_id();
  BOOST_TEST(extension.descriptor().kind == CONFITURE_KIND_RULE);
  BOOST_TEST(extension.descriptor().doc == "Ids are never NULL.");
  const auto& table = *static_cast<const confiture_rule_v1*>(extension.descriptor().vtable);
  BOOST_TEST(table.struct_size == sizeof(confiture_rule_v1));
  BOOST_TEST(table.category == "structure");
  BOOST_TEST(table.severity == std::int32_t{CONFITURE_SEVERITY_WARNING});
  BOOST_TEST(table.node_kind_count == 2u);
  BOOST_TEST(table.node_kinds[1] == std::uint32_t{CONFITURE_NODE_VIEW});
}

BOOST_AUTO_TEST_CASE(findings_of_a_check_that_fails_are_dropped) {
  testing::Host host;
  testing::Rule rule(host, confiture::rule("a.b", "safety", Severity::off, "c", {NodeKind::table},
                                           [](const Node& table, Report& report) {
                                             report.add(table, "seen");
                                             throw Error("cannot go on");
                                           })
                               .doc("*doc*"));
  BOOST_CHECK_EXCEPTION(rule.check(testing::table("users")), testing::Failure,
                        [](const testing::Failure& failure) {
                          return failure.what() == std::string("cannot go on");
                        });
}

BOOST_AUTO_TEST_CASE(a_node_without_a_property_reads_as_nothing) {
  const Node none;
  BOOST_TEST(!none);
  BOOST_TEST(none.name() == "");
  BOOST_TEST(none.type_oid() == 0);
  BOOST_TEST(!none.parent().parent());
  BOOST_TEST(none.columns().empty());
  BOOST_TEST(!none.columns()[3]);
  BOOST_TEST(none.location().line == 0u);
  BOOST_TEST((none.columns().begin() == none.columns().end()));
}

BOOST_AUTO_TEST_CASE(links_lists_and_places_are_followed) {
  testing::Tree users = testing::table("users", {testing::column("id", "int8", false)});
  testing::Tree key(NodeKind::constraint, "orders_user_fk");
  key.link(CONFITURE_LINK_REFERENCED_TABLE, users).set(CONFITURE_PROP_ON_DELETE, "cascade");
  confiture_location place{};
  place.line = 3;
  key.location(place);
  const Node node(&testing::Tree::table(), key.handle());
  BOOST_TEST((node.kind() == NodeKind::constraint));
  BOOST_TEST(node.on_delete() == "cascade");
  BOOST_TEST(node.referenced_table().name() == "users");
  BOOST_TEST(node.referenced_table().columns()[0].type_name() == "int8");
  BOOST_TEST((node.referenced_table() == Node(&testing::Tree::table(), users.handle())));
  BOOST_TEST((node != node.referenced_table()));
  BOOST_TEST(node.location().line == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
