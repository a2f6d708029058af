// SPDX-License-Identifier: MIT
// The plugin's own unit tests: its entry is linked in, and the fake host plays the database.
// [test]
#include <confiture/testing.hpp>

#include <cstdio>
#include <cstdlib>

namespace testing = confiture::testing;

namespace {

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "failed: %s\n", what);
  std::exit(1);
}

}  // namespace

int main() {
  testing::Host host;
  const confiture_plugin& acme = *confiture_plugin_v1(&host.handle());

  testing::Strategy mask(host, testing::find(acme, "acme.mask_iban"), "{keep: 2}");
  expect(mask("DE02120300000000202051") == "DE******************51", "an IBAN is masked");
  expect(mask("é") == "**", "what is no IBAN is hidden");
  expect(mask(std::nullopt) == std::nullopt, "NULL stays NULL");

  host.answers["SELECT count(*) FROM users"] = {{"count"}, {{"3"}}};
  testing::Action count(host, testing::find(acme, "acme.count_rows"), "{table: users}");
  count.run();
  expect(host.log.at(0).text == "users has 3 rows in local", "the rows are counted");

  testing::Rule comment(host, testing::find(acme, "acme.table_comment"));
  const auto found = comment.check(testing::table("users", {testing::column("id", "int8")}));
  expect(found.at(0).message == "table public.users has no comment", "a comment is missed");
}
// [test]
