// SPDX-License-Identifier: MIT
#include "host/config/secrets.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "tests/host/config/project_files.hpp"
#include "tests/support/refusal.hpp"

namespace host::config {
namespace {

using test::ProjectFiles;

const std::string made = " [make one with: openssl rand -base64 48]";
constexpr const char* variable = "CONFITURE_TEST_KEY";

Anonymization keyed_by(SecretSource::Kind kind, const std::string& name) {
  Anonymization anonymization;
  anonymization.key = SecretSource{kind, name, Place{"db/confiture.yaml", 2, 8}};
  return anonymization;
}

std::string refusal_of_key(const std::string& value) {
  ::setenv(variable, value.c_str(), 1);
  return host::test::refusal(
      [] { read_anonymization_key(keyed_by(SecretSource::Kind::environment, variable)); });
}

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_AUTO_TEST_CASE(a_key_of_32_bytes_is_enough) {
  BOOST_TEST(refusal_of_key("0123456789abcdef0123456789abcdef") == "");
}

BOOST_AUTO_TEST_CASE(weak_keys_are_refused) {
  BOOST_TEST(
      refusal_of_key("0123456789abcdef0123456789abcde") ==
      "anonymization.weak_key 10: db/confiture.yaml:2:8: the anonymization key has 31 bytes; "
      "it needs at least 32" +
          made);
  BOOST_TEST(refusal_of_key(std::string(40, 'k')) ==
             "anonymization.weak_key 10: db/confiture.yaml:2:8: all bytes of the anonymization key "
             "are equal" +
                 made);
}

BOOST_AUTO_TEST_CASE(a_missing_key_is_refused) {
  BOOST_TEST(refusal_of_key("") ==
             "anonymization.no_key 10: db/confiture.yaml:2:8: there is no anonymization key: the "
             "environment variable 'CONFITURE_TEST_KEY' is empty" +
                 made);
  ::unsetenv(variable);
  BOOST_TEST(host::test::refusal([] {
               read_anonymization_key(keyed_by(SecretSource::Kind::environment, variable));
             }) ==
             "anonymization.no_key 10: db/confiture.yaml:2:8: there is no anonymization key: the "
             "environment variable 'CONFITURE_TEST_KEY' is not set" +
                 made);
  BOOST_TEST(host::test::refusal([] { read_anonymization_key({}); }) ==
             "anonymization.no_key 10: no anonymization key is configured [add to "
             "db/confiture.yaml: anonymization: { key: { env: CONFITURE_KEY } }]");
}

BOOST_AUTO_TEST_CASE(a_file_is_for_its_owner_alone) {
  const ProjectFiles files;
  const std::string key = "0123456789abcdef0123456789abcdef";
  const std::string path = files.add("key", key + "\n", 0600).string();
  const Anonymization anonymization = keyed_by(SecretSource::Kind::file, path);
  BOOST_TEST(read_anonymization_key(anonymization).reveal() == key);
  for (const auto open : {0640, 0604, 0644}) {
    std::filesystem::permissions(path, static_cast<std::filesystem::perms>(open));
    BOOST_TEST(host::test::refusal([&] { read_anonymization_key(anonymization); }) ==
               "config.secret_exposed 5: db/confiture.yaml:2:8: the secret file '" + path +
                   "' can be read by others than its owner [run: chmod 600 " + path + "]");
  }
  BOOST_TEST(host::test::refusal([&] {
               read_secret({SecretSource::Kind::file, path + ".not", {"f", 1, 1}});
             }) ==
             "file.not_found 5: f:1:1: cannot read '" + path + ".not': No such file or directory");
}

BOOST_AUTO_TEST_CASE(secrets_have_names) {
  const ProjectFiles files(R"(secrets:
  webhook: { env: CONFITURE_TEST_KEY }
  smtp: { file: smtp.password }
)");
  files.add("db/smtp.password", "open sesame\n", 0600);
  ::setenv(variable, "s3cret", 1);
  const Project project = load_project(files.root());
  BOOST_TEST(read_named_secret(project, "webhook").reveal() == "s3cret");
  BOOST_TEST(read_named_secret(project, "smtp").reveal() == "open sesame");
  BOOST_TEST(host::test::refusal([&] { read_named_secret(project, "webhok"); }) ==
             "config.unknown_secret 5: unknown secret 'webhok' [did you mean 'webhook'?]");
  ::unsetenv(variable);
  BOOST_TEST(host::test::refusal([&] { read_named_secret(project, "webhook"); }) ==
             "config.variable_unset 5: db/confiture.yaml:2:12: the environment variable "
             "'CONFITURE_TEST_KEY' is not set");
}

BOOST_AUTO_TEST_CASE(a_secret_is_never_in_the_file) {
  const ProjectFiles files("secrets: { webhook: hunter2 }\n");
  BOOST_TEST(host::test::refusal([&] { load_project(files.root()); }) ==
             "config.wrong_type 5: db/confiture.yaml:1:21: the secret 'webhook' must not stand in "
             "the file itself [say where it is: { env: NAME } or { file: PATH }]");
  const ProjectFiles none("");
  BOOST_TEST(
      host::test::refusal([&] { read_named_secret(load_project(none.root()), "webhook"); }) ==
      "config.unknown_secret 5: unknown secret 'webhook' [add to db/confiture.yaml: "
      "secrets: { webhook: { env: NAME } }]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::config
