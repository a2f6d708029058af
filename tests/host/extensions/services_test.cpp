// SPDX-License-Identifier: MIT
// The services as a plugin sees them, through the tables that it gets.
#include "host/extensions/services.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "host/config/errors.hpp"
#include "host/extensions/call.hpp"
#include "host/extensions/host_table.hpp"
#include "host/postgres/connection.hpp"
#include "tests/host/extensions/plugin_folder.hpp"

namespace host::extensions {
namespace {

using test::refusal;

confiture_str str(std::string_view text) {
  return {text.data(), text.size()};
}
std::string text_of(confiture_str value) {
  return value.data == nullptr ? "(none)" : std::string(value.data, value.size);
}

// A call of an action of plugin 'acme', with a context.
struct Caller {
  Caller() {
    plugin.id = "acme";
    action.kind = Kind::action;
    action.id = "acme.go";
    action.plugin = &plugin;
    call.plugin = &plugin;
    call.extension = &action;
    call.session = &session;
    call.context = &context;
  }
  std::string outcome(confiture_status status) {
    return refusal([&] { settle(call, status); });
  }

  Plugin plugin;
  Extension action;
  Session session;
  CallContext context;
  confiture_call call;
};

const char* test_url() {
  const char* url = std::getenv("CONFITURE_TEST_URL");
  BOOST_REQUIRE_MESSAGE(url != nullptr, "CONFITURE_TEST_URL is not set");
  return url;
}

std::unique_ptr<postgres::Connection> connect() {
  config::Environment environment;
  environment.database.kind = config::Database::Kind::url;
  environment.database.url = test_url();
  return postgres::connect(environment, config::Project{});
}

BOOST_AUTO_TEST_SUITE(services)

BOOST_AUTO_TEST_CASE(a_service_is_there_when_it_was_granted) {
  Plugin plugin;
  plugin.id = "acme";
  const confiture_host* host = make_host_table(plugin);
  BOOST_TEST(host->get_service(host, CONFITURE_SERVICE_CONFIG) != nullptr);
  BOOST_TEST(host->get_service(host, CONFITURE_SERVICE_LINT) != nullptr);
  BOOST_TEST(host->get_service(host, CONFITURE_SERVICE_DB) == nullptr);
  BOOST_TEST(host->get_service(host, CONFITURE_SERVICE_SECRET) == nullptr);
  BOOST_TEST(host->get_service(host, "confiture.db/2") == nullptr);
  BOOST_TEST(host->get_service(host, nullptr) == nullptr);
  plugin.grants_db = true;
  const confiture_host* granted = make_host_table(plugin);
  BOOST_TEST(granted->get_service(granted, CONFITURE_SERVICE_DB) == &db_service);
}

BOOST_AUTO_TEST_CASE(memory_of_a_call) {
  Caller caller;
  const confiture_host* host = make_host_table(caller.plugin);
  for (const std::size_t align : {1u, 2u, 8u, 64u}) {
    void* taken = host->alloc(&caller.call, 3, align);
    BOOST_TEST(reinterpret_cast<std::uintptr_t>(taken) % align == 0u);
  }
  BOOST_TEST(host->alloc(&caller.call, 1, 3) == nullptr);
  BOOST_TEST(host->alloc(&caller.call, 1, 128) == nullptr);
  BOOST_TEST(host->alloc(&caller.call, 1, 0) == nullptr);
  BOOST_TEST(host->alloc(&caller.call, SIZE_MAX, 8) == nullptr);
  BOOST_TEST(host->alloc(nullptr, 1, 1) == nullptr);
  BOOST_TEST(host->alloc(&caller.call, 10'000'000, 8) != nullptr);
  void* first = nullptr;
  for (int batch = 0; batch < 3; ++batch) {  // the same memory for every batch
    caller.call.reset();
    void* taken = host->alloc(&caller.call, 100, 8);
    if (batch == 0) first = taken;
    BOOST_TEST(taken == first);
  }
}

BOOST_AUTO_TEST_CASE(the_cache_is_one_a_plugin) {
  Caller caller;
  confiture_str out{};
  BOOST_TEST(cache_service.get(&caller.call, str("k"), &out) == CONFITURE_NOT_FOUND);
  BOOST_TEST(cache_service.put_if_absent(&caller.call, str("k"), str("v"), &out) == CONFITURE_OK);
  BOOST_TEST(text_of(out) == "v");
  BOOST_TEST(cache_service.put_if_absent(&caller.call, str("k"), str("w"), &out) == CONFITURE_OK);
  BOOST_TEST(text_of(out) == "v");
  BOOST_TEST(cache_service.get(&caller.call, str("k"), &out) == CONFITURE_OK);
  BOOST_TEST(text_of(out) == "v");
  caller.plugin.id = "other";
  BOOST_TEST(cache_service.get(&caller.call, str("k"), &out) == CONFITURE_NOT_FOUND);
}

BOOST_AUTO_TEST_CASE(metadata_is_for_actions) {
  Caller caller;
  confiture_str out{};
  BOOST_TEST(metadata_service.set(&caller.call, str("k"), str("v")) == CONFITURE_OK);
  BOOST_TEST(metadata_service.get(&caller.call, str("k"), &out) == CONFITURE_OK);
  BOOST_TEST(text_of(out) == "v");
  const confiture_metadata_entry* all = nullptr;
  std::size_t count = 0;
  BOOST_TEST(metadata_service_v2.set(&caller.call, str("a"), str("")) == CONFITURE_OK);
  BOOST_TEST(metadata_service_v2.all(&caller.call, &all, &count) == CONFITURE_OK);
  BOOST_REQUIRE(count == 2u);
  BOOST_TEST(text_of(all[0].key) + "=" + text_of(all[0].value) == "a=");
  BOOST_TEST(text_of(all[1].key) + "=" + text_of(all[1].value) == "k=v");
  caller.action.kind = Kind::strategy;
  BOOST_TEST(metadata_service_v2.all(&caller.call, &all, &count) == CONFITURE_DENIED);
  BOOST_TEST(count == 0u);
  const confiture_status status = metadata_service.set(&caller.call, str("k"), str("w"));
  BOOST_TEST(caller.outcome(status) ==
             "plugin.failed 7: plugin 'acme', strategy 'acme.go': the metadata of a run is for "
             "actions");
  BOOST_TEST(caller.session.metadata.at("k") == "v");
}

BOOST_AUTO_TEST_CASE(derived_keys_belong_to_one_plugin) {
  Caller caller;
  unsigned char one[32] = {}, two[32] = {};
  const confiture_status refused = secret_service.derive(&caller.call, str("l"), one, 32);
  BOOST_TEST(caller.outcome(refused) ==
             "anonymization.no_key 10: plugin 'acme', action 'acme.go': no anonymization key is "
             "configured [add to db/confiture.yaml: anonymization: { key: { env: CONFITURE_KEY } "
             "}]");
  const Secret key("0123456789abcdef0123456789abcdef");
  caller.session.key = &key;
  caller.call.reset();
  BOOST_TEST(secret_service.derive(&caller.call, str("l"), one, 32) == CONFITURE_OK);
  unsigned char expected[32] = {};
  derive_key(key, "confiture/1|acme|l", expected);
  BOOST_TEST(std::string(reinterpret_cast<char*>(one), 32) ==
             std::string(reinterpret_cast<char*>(expected), 32));
  caller.plugin.id = "other";
  BOOST_TEST(secret_service.derive(&caller.call, str("l"), two, 32) == CONFITURE_OK);
  BOOST_TEST((std::string(reinterpret_cast<char*>(one), 32) !=
              std::string(reinterpret_cast<char*>(two), 32)));
  BOOST_TEST(secret_service.derive(&caller.call, str("l"), two, 8) == CONFITURE_BUG);
}

BOOST_AUTO_TEST_CASE(secrets_are_found_by_name) {
  Caller caller;
  confiture_str out{};
  BOOST_TEST(secret_service.get(&caller.call, str("token"), &out) == CONFITURE_NOT_FOUND);
  caller.session.secret = [](std::string_view name) { return Secret(std::string(name) + "!"); };
  BOOST_TEST(secret_service.get(&caller.call, str("token"), &out) == CONFITURE_OK);
  BOOST_TEST(text_of(out) == "token!");
}

BOOST_AUTO_TEST_CASE(queries_of_an_action) {
  const auto connection = connect();
  Caller caller;
  caller.context.connection = connection.get();
  const confiture_result* rows = nullptr;
  const confiture_str parameters[] = {str("7"), {nullptr, 0}};
  BOOST_TEST(db_service.query(&caller.call, str("SELECT $1::int AS n, $2::text AS t"), parameters,
                              2, &rows) == CONFITURE_OK);
  BOOST_TEST(db_service.row_count(rows) == 1u);
  BOOST_TEST(db_service.column_count(rows) == 2u);
  BOOST_TEST(text_of(db_service.column_name(rows, 1)) == "t");
  BOOST_TEST(text_of(db_service.value(rows, 0, 0)) == "7");
  BOOST_TEST(text_of(db_service.value(rows, 0, 1)) == "(none)");
  BOOST_TEST(text_of(db_service.value(rows, 5, 5)) == "(none)");
  BOOST_TEST(db_service.row_count(nullptr) == 0u);
  BOOST_TEST(db_service.query(&caller.call, str("SELECT 1; SELECT 2"), nullptr, 0, nullptr) ==
             CONFITURE_OK);
}

BOOST_AUTO_TEST_CASE(the_servers_words_reach_the_person) {
  const auto connection = connect();
  Caller caller;
  caller.context.connection = connection.get();
  const confiture_status status =
      db_service.query(&caller.call, str("SELECT * FROM not_there"), nullptr, 0, nullptr);
  BOOST_TEST(status == CONFITURE_DB_ERROR);
  const std::string outcome = caller.outcome(status);
  BOOST_TEST(outcome.starts_with("plugin.failed 7: plugin 'acme', action 'acme.go': "));
  BOOST_TEST(outcome.find("relation \"not_there\" does not exist") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_hook_cannot_end_its_transaction) {
  const auto connection = connect();
  Caller caller;
  caller.context.connection = connection.get();
  connection->execute("BEGIN");
  for (const char* sql :
       {"COMMIT", "rollback", "SELECT 1; /* x */ COMMIT", "SAVEPOINT a", "BEGIN"}) {
    caller.call.reset();
    const confiture_status status = db_service.query(&caller.call, str(sql), nullptr, 0, nullptr);
    BOOST_TEST(status == CONFITURE_DENIED);
    BOOST_TEST(caller.outcome(status) ==
               "plugin.failed 7: plugin 'acme', action 'acme.go': a hook must not begin or end a "
               "transaction [leave BEGIN, COMMIT, ROLLBACK and SAVEPOINT to confiture]");
  }
  BOOST_TEST((connection->transaction_state() == postgres::TransactionState::in_transaction));
}

BOOST_AUTO_TEST_CASE(there_may_be_no_database) {
  Caller caller;
  const confiture_status status =
      db_service.query(&caller.call, str("SELECT 1"), nullptr, 0, nullptr);
  BOOST_TEST(caller.outcome(status) ==
             "plugin.failed 7: plugin 'acme', action 'acme.go': there is no database to talk to in "
             "this call [actions may use confiture.db/1 in phases that have a connection]");
}

BOOST_AUTO_TEST_CASE(cancellation_is_by_the_person_or_the_clock) {
  Caller caller;
  const confiture_host* host = make_host_table(caller.plugin);
  Cancellation person, clock;
  caller.session.cancellation = &person;
  caller.context.cancellation = &clock;
  BOOST_TEST(host->cancelled(&caller.call) == 0);
  clock.request();
  BOOST_TEST(host->cancelled(&caller.call) == 1);
  BOOST_TEST(caller.outcome(CONFITURE_CANCELLED) ==
             "plugin.failed 7: plugin 'acme', action 'acme.go': stopped by its time limit");
  person.request();
  BOOST_TEST(caller.outcome(CONFITURE_CANCELLED) == "run.interrupted 130: interrupted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::extensions
