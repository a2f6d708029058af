// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct UnknownReference {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &UnknownReference::exclude,
            "Tables that something else makes, as `name`, `schema.name` or `schema.*`"));
  static constexpr RuleRecord record{
      .id = "structure.unknown_reference",
      .summary = "Every table that is named is also defined",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::reference},
      .why =
          "A foreign key, an index, a trigger, a view or a comment names a table that no file\n"
          "of the schema makes: a build of the schema fails there, or it works only where\n"
          "somebody made the object by hand. System catalogs are known, and so are the tables\n"
          "of PostGIS. What another extension or another tool makes is listed under\n"
          "`exclude`.",
      .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);"};

  void check(const Node& reference, Report& report) const {
    // The columns of a view, or of a table made by a query, are not all known.
    if (reference.object_type() == "column") return;
    if (is_system(reference) || is_listed(reference, exclude)) return;
    for (const std::string& one : exclude)
      if (one.size() > 2 && one.ends_with(".*") &&
          reference.schema_name() == one.substr(0, one.size() - 2))
        return;
    std::string referrer = text(reference.referrer());
    std::replace(referrer.begin(), referrer.end(), '_', ' ');
    report
        .add(reference, "no file defines " + text(reference.object_type()) + " " +
                            text(reference.qualified_name()) + ", which " + article(referrer) +
                            referrer + " names")
        .hint("define it, mend the name, or list it under `exclude`");
  }

 private:
  static bool is_system(const Node& reference) {
    const std::string_view schema = reference.schema_name(), name = reference.name();
    static const std::vector<std::string> postgis{"spatial_ref_sys", "geometry_columns",
                                                  "geography_columns", "raster_columns",
                                                  "raster_overviews"};
    return schema == "pg_catalog" || schema == "information_schema" || name.starts_with("pg_") ||
           is_listed(reference, postgis);
  }

  static const char* article(const std::string& word) {
    return word.starts_with("i") ? "an " : "a ";
  }
};

}  // namespace

RuleExtension unknown_reference() {
  return confiture::rule<UnknownReference>();
}

}  // namespace plugins::structure
