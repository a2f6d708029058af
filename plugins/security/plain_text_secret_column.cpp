// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::security {
namespace {

struct PlainTextSecretColumn {
  std::vector<std::string> names{"password",     "passwd",      "passphrase",    "pwd",
                                 "secret",       "api_key",     "apikey",        "private_key",
                                 "access_token", "auth_token",  "refresh_token", "session_token",
                                 "token",        "credentials", "pin_code"};
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("names", &PlainTextSecretColumn::names,
                              "Words that make a column's name the name of a secret"),
                        field("exclude", &PlainTextSecretColumn::exclude,
                              "Columns that hold no secret, as `name` or `schema.table.name`"));
  static constexpr RuleRecord record{
      .id = "security.plain_text_secret_column",
      .summary = "No password, token or key lies in a plain text column",
      .severity = Severity::warning,
      .kinds = {NodeKind::column},
      .why =
          "Whoever reads the table, a backup or a copy of it reads the secret. Passwords belong "
          "hashed\n"
          "(bcrypt, scrypt, argon2), tokens hashed or encrypted. A column whose name says that it "
          "holds a\n"
          "hash, a cipher text or something about the secret is left alone.",
      .bad = "CREATE TABLE account (id bigint PRIMARY KEY, password text NOT NULL);",
      .good = "CREATE TABLE account (id bigint PRIMARY KEY, password_hash text NOT NULL);"};

  void check(const Node& column, Report& report) const {
    const std::string_view type = column.type_name();
    if (type != "text" && type != "varchar" && type != "bpchar" && type != "citext") return;
    if (matching(column.name(), names) == nullptr || is_about_it(column.name())) return;
    if (is_listed(column, exclude)) return;
    report
        .add(column,
             "column " + text(column.qualified_name()) + " seems to hold a secret in plain text")
        .hint("store a hash or a cipher text and let the name say so: " +
              quoted(text(column.name()) + "_hash"));
  }

 private:
  static bool is_about_it(std::string_view name) {
    static const std::vector<std::string> words{
        "hash",   "hashed", "digest", "encrypted", "cipher", "ciphertext", "salt",  "bcrypt",
        "scrypt", "argon2", "hmac",   "id",        "type",   "kind",       "hint",  "policy",
        "status", "name",   "label",  "algorithm", "prefix", "reference",  "scope", "question"};
    return matching(name, words) != nullptr;
  }
};

}  // namespace

RuleExtension plain_text_secret_column() {
  return confiture::rule<PlainTextSecretColumn>();
}

}  // namespace plugins::security
