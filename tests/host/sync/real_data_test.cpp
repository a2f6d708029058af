// SPDX-License-Identifier: MIT
// Pagila, Chinook and Northwind from one database to another.
#include <boost/test/unit_test.hpp>
#include <set>
#include <sstream>

#include "host/foundation/file.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;
namespace utf = boost::unit_test;

namespace {

struct Here {
  const char* name;
  boost::test_tools::assertion_result operator()(utf::test_unit_id) const {
    boost::test_tools::assertion_result here(!shared_data(name).empty());
    here.message() << "the data set '" << name << "' is not here: see CONFITURE_SHARED_DATA";
    return here;
  }
};

// A script without the lines that make its own database and change to it.
std::string script_without_database(const std::filesystem::path& path) {
  std::istringstream lines(host::read_file(path));
  std::string sql;
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("DROP DATABASE", 0) != 0 && line.rfind("CREATE DATABASE", 0) != 0 &&
        line.rfind("\\c ", 0) != 0)
      sql += line + "\n";
  return sql;
}

constexpr const char* tables_sql =
    "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'p')"
    " AND relnamespace = 'public'::regnamespace ORDER BY oid::regclass::text";

// Equal counts in every table, valid foreign keys, and no source value anywhere in the target.
void check_copy(TwoDatabases& both, std::size_t tables, const std::string& secrets_sql) {
  const auto names = both.source->query(tables_sql);
  BOOST_CHECK_EQUAL(names.row_count(), tables);
  for (std::size_t row = 0; row < names.row_count(); ++row) {
    const std::string count = "SELECT count(*) FROM ONLY " + names.text(row, 0);
    BOOST_CHECK_EQUAL(both.target_value(count), both.source_value(count));
  }
  const std::string keys =
      "SELECT count(*), bool_and(convalidated) FROM pg_constraint WHERE contype = 'f'";
  BOOST_CHECK_EQUAL(both.target_value(keys), both.source_value(keys));
  const std::string dump =
      run_program(fmt::format("pg_dump --data-only -d '{}'", both.target_database.url()));
  const auto secrets = both.source->query(secrets_sql);
  BOOST_CHECK_GT(secrets.row_count(), 0u);
  for (std::size_t row = 0; row < secrets.row_count(); ++row)
    BOOST_REQUIRE_EQUAL(dump.find(secrets.text(row, 0)), std::string::npos);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_data)

BOOST_AUTO_TEST_CASE(pagila, *utf::precondition(Here{"pagila"})) {
  TwoDatabases both;
  const std::string schema = host::read_file(shared_data("pagila") / "pagila-schema.sql");
  load_sql(both.source_database, schema);
  load_sql(both.source_database, host::read_file(shared_data("pagila") / "pagila-data.sql"));
  load_sql(both.target_database, schema);
  const Report report = both.run("{ public.customer: { email: person.email } }");
  check_copy(both, 22, "SELECT email FROM customer");
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(DISTINCT email) FROM customer"), "599");
  const std::string view = "SELECT category, total_sales FROM rental_by_category ORDER BY category";
  both.source->execute("REFRESH MATERIALIZED VIEW rental_by_category");
  BOOST_CHECK_EQUAL(both.target_value(view), both.source_value(view));
  BOOST_CHECK_EQUAL(report.rows, std::stoull(both.source_value(
                                     "SELECT sum((xpath('/row/c/text()', query_to_xml("
                                     "'SELECT count(*) AS c FROM ONLY ' || oid::regclass, true,"
                                     " true, '')))[1]::text::bigint) FROM pg_class WHERE relkind ="
                                     " 'r' AND relnamespace = 'public'::regnamespace")));
}

BOOST_AUTO_TEST_CASE(chinook, *utf::precondition(Here{"chinook"})) {
  TwoDatabases both;
  load_sql(both.source_database, script_without_database(shared_data("chinook") / "chinook.sql"));
  both.clone_schema();
  both.run(
      "{ customer: { email: person.email, phone: person.phone, fax: person.phone },"
      " employee: { email: person.email, phone: person.phone, fax: person.phone } }");
  check_copy(both, 11,
             "SELECT email FROM customer UNION ALL SELECT phone FROM customer"
             " WHERE phone IS NOT NULL UNION ALL SELECT email FROM employee");
}

BOOST_AUTO_TEST_CASE(northwind, *utf::precondition(Here{"northwind"})) {
  TwoDatabases both;
  load_sql(both.source_database,
           script_without_database(shared_data("northwind") / "northwind.sql"));
  both.clone_schema();
  both.run(
      "{ customers: { phone: person.phone, fax: person.phone, contact_name: core.redact },"
      " employees: { home_phone: person.phone, notes: core.null } }");
  check_copy(both, 14, "SELECT phone FROM customers UNION ALL SELECT home_phone FROM employees");
  const std::string photos =
      "SELECT md5(string_agg(photo, '' ORDER BY employee_id)) FROM employees";
  BOOST_CHECK_EQUAL(both.target_value(photos), both.source_value(photos));
}

BOOST_AUTO_TEST_SUITE_END()
