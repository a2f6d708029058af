// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_names.hpp"

namespace plugins::naming {
namespace {

struct IdentifierTooLong {
  int max = 63;
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("max", &IdentifierTooLong::max, "The longest name in bytes", "8..63"),
                        field("exclude", &IdentifierTooLong::exclude,
                              "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.identifier_too_long",
      .summary = "No name is longer than PostgreSQL keeps it",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::database},
      .why =
          "PostgreSQL keeps 63 bytes of a name and cuts the rest with no more than a notice.\n"
          "Two long names become one, and a migration that names the whole of it later finds\n"
          "nothing. A letter such as `é` takes two bytes.",
      .bad =
          "CREATE TABLE customer (\n"
          "  id bigint PRIMARY KEY,\n"
          "  the_date_of_the_last_successful_delivery_to_the_registered_address date\n"
          ");",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, last_delivery_on date);"};

  void check(const Node& database, Report& report) const {
    each_named(database, [&](const Node& node, const char* word) {
      const std::string_view whole =
          node.written_name().empty() ? node.name() : node.written_name();
      if (whole.size() <= static_cast<std::size_t>(max) || is_listed(node, exclude)) return;
      const std::string cut = whole.size() == node.name().size()
                                  ? ", more than " + std::to_string(max)
                                  : ": PostgreSQL cuts it to " + quoted(node.name());
      report
          .add(node, "the name of " + text(word) + " " + quoted(whole) + " has " +
                         std::to_string(whole.size()) + " bytes" + cut)
          .hint("shorten it");
    });
  }
};

}  // namespace

RuleExtension identifier_too_long() {
  return confiture::rule<IdentifierTooLong>();
}

}  // namespace plugins::naming
