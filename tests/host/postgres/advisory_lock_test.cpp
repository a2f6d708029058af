// SPDX-License-Identifier: MIT
#include "host/postgres/advisory_lock.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/host/postgres/database.hpp"

namespace {

using namespace host::postgres;
using host::Cancellation;
using host::test::refusal;
using host::test::TestDatabase;
using std::chrono::milliseconds;

struct Fixture {
  TestDatabase database;
  Cancellation cancellation;
  std::unique_ptr<Connection> first = database.connect();
  std::unique_ptr<Connection> second = database.connect();

  std::string refused(std::string_view name, milliseconds patience) {
    return refusal([&] { AdvisoryLock(*second, name, patience, cancellation); });
  }
};

BOOST_FIXTURE_TEST_SUITE(advisory_lock, Fixture)

BOOST_AUTO_TEST_CASE(the_second_run_is_told_who_holds_it) {
  const AdvisoryLock lock(*first, "confiture.history", milliseconds(0), cancellation);
  const std::vector<Parameter> pid{std::to_string(first->backend_pid())};
  const std::string since =
      second
          ->query(
              "SELECT to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
              "FROM pg_stat_activity WHERE pid = $1::int",
              pid)
          .text(0, 0);
  for (const int patience : {0, 300})
    BOOST_TEST(
        refused("confiture.history", milliseconds(patience)) ==
        fmt::format("postgres.locked: the lock 'confiture.history' is held by another run: "
                    "pid {}, application 'confiture', user 'postgres', client local, "
                    "connected since {} | waited {}; run this again when that run has ended, "
                    "or end it with SELECT pg_terminate_backend({})",
                    first->backend_pid(), since, patience == 0 ? "0s" : "300ms",
                    first->backend_pid()));
}

BOOST_AUTO_TEST_CASE(it_is_free_again_after_its_life) {
  { const AdvisoryLock lock(*first, "confiture.history", milliseconds(0), cancellation); }
  BOOST_TEST(refused("confiture.history", milliseconds(0)) == "");
}

BOOST_AUTO_TEST_CASE(who_waits_gets_it) {
  auto lock =
      std::make_unique<AdvisoryLock>(*first, "confiture.history", milliseconds(0), cancellation);
  std::string said = "not asked";
  std::thread waiting([&] { said = refused("confiture.history", std::chrono::minutes(10)); });
  lock.reset();
  waiting.join();
  BOOST_TEST(said == "");
}

BOOST_AUTO_TEST_CASE(names_and_databases_have_locks_of_their_own) {
  const AdvisoryLock lock(*first, "confiture.history", milliseconds(0), cancellation);
  BOOST_TEST(refused("sales.history", milliseconds(0)) == "");
  const TestDatabase other;
  second = other.connect();
  BOOST_TEST(refused("confiture.history", milliseconds(0)) == "");
}

BOOST_AUTO_TEST_CASE(a_wait_can_be_broken_off) {
  const AdvisoryLock lock(*first, "confiture.history", milliseconds(0), cancellation);
  cancellation.request();
  BOOST_TEST(refused("confiture.history", std::chrono::minutes(10)) ==
             "run.interrupted: interrupted | ");
}

// A pooler answers with a process id that it made up.
class Pooled final : public Connection {
 public:
  explicit Pooled(Connection& connection) : connection_(connection) {}
  Result query(std::string_view sql, std::span<const Parameter> parameters) override {
    return connection_.query(sql, parameters);
  }
  void execute(std::string_view sql) override { connection_.execute(sql); }
  TransactionState transaction_state() const override { return connection_.transaction_state(); }
  int backend_pid() const override { return connection_.backend_pid() + 1; }
  int server_version() const override { return connection_.server_version(); }
  void cancel() noexcept override { connection_.cancel(); }
  ::pg_conn* native() override { return connection_.native(); }

 private:
  Connection& connection_;
};

BOOST_AUTO_TEST_CASE(a_pooler_is_refused) {
  Pooled pooled(*first);
  BOOST_TEST(
      refusal([&] { AdvisoryLock(pooled, "confiture.history", milliseconds(0), cancellation); }) ==
      "postgres.pooler: this connection goes through a connection pooler, where a lock holds "
      "nobody off | give this environment the address of the PostgreSQL server itself, or name it "
      "with --database-url");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
