// SPDX-License-Identifier: MIT
// Classifiers as the host calls them: statements in, effects out.
#include <boost/test/unit_test.hpp>
#include <confiture/testing/classifier.hpp>

#include <string>
#include <vector>

using namespace confiture;

BOOST_AUTO_TEST_SUITE(classifiers)

namespace {

struct Billing {
  std::string schema = "billing";
  static constexpr auto params =
      confiture::params(field("schema", &Billing::schema, "Whose tables are guarded"));
  static constexpr auto doc = "Billing is closed at night only.";
  void classify(const Node& statement, Effects& effects) const {
    if (statement.schema_name() != schema) return;
    Effect& effect = effects.add(Risk::critical, schema + " is guarded");
    effect.reasons.emplace_back("ask its owners");
    effect.form = "acme.billing";
    effect.lock = "SHARE";
  }
};

testing::Tree statement_about(const std::string& schema) {
  testing::Tree statement(NodeKind::statement);
  statement.set(CONFITURE_PROP_SCHEMA_NAME, schema);
  return statement;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_effect_arrives_whole) {
  testing::Host host;
  testing::Classifier billing(host, classifier<Billing>("acme.billing", "Billing is guarded"));
  const auto seen = billing.classify(statement_about("billing"));
  BOOST_TEST(seen.size() == 1u);
  BOOST_TEST(seen[0].risk == std::int32_t{CONFITURE_RISK_CRITICAL});
  BOOST_TEST(seen[0].form == "acme.billing");
  BOOST_TEST(seen[0].lock == "SHARE");
  BOOST_TEST(seen[0].reasons == (std::vector<std::string>{"billing is guarded", "ask its owners"}),
             boost::test_tools::per_element());
  BOOST_TEST(billing.classify(statement_about("public")).empty());
}

BOOST_AUTO_TEST_CASE(parameters_reach_the_classifier) {
  testing::Host host;
  testing::Classifier guard(host, classifier<Billing>("acme.billing", "Billing is guarded"),
                            "{schema: tax}");
  BOOST_TEST(guard.classify(statement_about("tax"))[0].reasons[0] == "tax is guarded");
}

BOOST_AUTO_TEST_CASE(a_registration_holds_the_table_and_the_examples) {
  static const std::vector<confiture_example> examples{
      {"acme.billing", nullptr, "DROP TABLE billing.invoice", "billing.invoice", 0, 0}};
  const Extension extension = classifier<Billing>("acme.billing", "Billing is guarded")
                                  .examples(examples, "CREATE SCHEMA billing");
  BOOST_TEST(extension.descriptor().kind == CONFITURE_KIND_CLASSIFIER);
  BOOST_TEST(extension.descriptor().doc == "Billing is closed at night only.");
  const auto& table = *static_cast<const confiture_classifier_v1*>(extension.descriptor().vtable);
  BOOST_TEST(table.struct_size == sizeof(confiture_classifier_v1));
  BOOST_TEST(table.example_count == 1u);
  BOOST_TEST(table.examples[0].form == "acme.billing");
  BOOST_TEST(table.playground == "CREATE SCHEMA billing");
}

BOOST_AUTO_TEST_CASE(effects_of_a_call_that_fails_are_dropped) {
  testing::Host host;
  testing::Classifier failing(host, classifier("a.b", "c", [](const Node&, Effects& effects) {
                                effects.add(Risk::low, "seen");
                                throw Error("cannot go on");
                              }));
  BOOST_CHECK_EXCEPTION(failing.classify(statement_about("public")), testing::Failure,
                        [](const testing::Failure& failure) {
                          return failure.what() == std::string("cannot go on");
                        });
}

BOOST_AUTO_TEST_SUITE_END()
