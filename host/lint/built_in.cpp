// SPDX-License-Identifier: MIT
#include "host/lint/built_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace host::lint {
namespace {

constexpr BuiltInRule syntax_error{
    "safety.syntax_error",
    "safety",
    "Every statement can be parsed",
    Severity::error,
    Risk::high,
    "A statement that PostgreSQL's parser cannot read fails when it is run, and no rule can judge "
    "it. The\nother statements of its file are judged all the same.",
    "CREATE TABEL customer (id bigint PRIMARY KEY);",
    "CREATE TABLE customer (id bigint PRIMARY KEY);"};

constexpr BuiltInRule psql_command{
    "safety.psql_meta_command",
    "safety",
    "No line is for psql alone",
    Severity::warning,
    Risk::medium,
    "Lines such as `\\c` and the rows after `COPY ... FROM stdin` are read by psql, not by the "
    "server:\nthe file works in psql only.",
    "\\c other",
    "SET search_path = other;"};

constexpr BuiltInRule unknown_name{
    "safety.unknown_suppression",
    "safety",
    "Comments that accept findings name rules that there are",
    Severity::warning,
    Risk::none,
    "A comment `-- confiture: ignore RULE` that names no rule accepts nothing, though its author "
    "thinks\nthat it does.",
    "-- confiture: ignore structure.require_primary_kez an import table\n"
    "CREATE TABLE import (line text);",
    "-- confiture: ignore structure.require_primary_key an import table\n"
    "CREATE TABLE import (line text);"};

constexpr BuiltInRule unused{
    "safety.unused_suppression",
    "safety",
    "Comments that accept findings have something to accept, and a reason where one is asked for",
    Severity::info,
    Risk::none,
    "A comment that accepts nothing any more hides the next finding that comes there. One whose "
    "date has\npassed accepts nothing either.",
    "-- confiture: ignore structure.require_primary_key an import table\n"
    "CREATE TABLE import (id bigint PRIMARY KEY);",
    "CREATE TABLE import (id bigint PRIMARY KEY);"};

constexpr BuiltInRule newer_syntax{
    "safety.unsupported_syntax",
    "safety",
    "Every statement is in syntax that the linter reads",
    Severity::warning,
    Risk::medium,
    "The parser is PostgreSQL 15's. A statement in newer syntax is run, but no rule can judge it; "
    "clauses\nsuch as `NOT ENFORCED` and named `NOT NULL` constraints are left out, and the rest "
    "is "
    "judged.",
    "ALTER TABLE booking ADD CONSTRAINT no_overlap UNIQUE (room, during WITHOUT OVERLAPS);",
    "ALTER TABLE booking ADD CONSTRAINT paid CHECK (paid >= 0) NOT ENFORCED;"};

constexpr std::array<BuiltInRule, 5> rules{syntax_error, psql_command, newer_syntax, unknown_name,
                                           unused};

}  // namespace

std::span<const BuiltInRule> built_in_rules() {
  return rules;
}

const BuiltInRule* find_built_in(std::string_view id) {
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [id](const BuiltInRule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

const BuiltInRule& rule_of(const sql::ParseError& error) {
  const bool psql = error.kind == sql::ParseError::Kind::psql_command ||
                    error.kind == sql::ParseError::Kind::copy_data;
  if (!error.newer.empty()) return newer_syntax;
  return psql ? psql_command : syntax_error;
}

Finding unread_statement(const sql::Statement& statement,
                         std::shared_ptr<const sql::Source> source) {
  const sql::ParseError& error = *statement.error;
  const BuiltInRule& rule = rule_of(error);
  Finding finding;
  finding.rule = rule.id;
  finding.category = rule.category;
  finding.severity = rule.severity;
  finding.risk = rule.risk;
  finding.source = std::move(source);
  finding.offset = statement.offset;
  finding.end_offset = statement.end_offset;
  finding.line = finding.end_line = error.place.line;
  finding.column = error.place.column;
  finding.end_column = error.place.column + 1;
  finding.message = error.message;
  switch (error.kind) {
    case sql::ParseError::Kind::syntax:
      finding.hint = "mend the statement";
      if (error.newer.empty()) break;
      finding.message = fmt::format("{} is newer than the parser, PostgreSQL 15's", error.newer);
      finding.hint = "judge this statement by hand: it is run as it is";
      break;
    case sql::ParseError::Kind::psql_command:
      finding.hint = "take the line out, or keep the file away from confiture";
      break;
    case sql::ParseError::Kind::copy_data:
      finding.hint = "write INSERT, or load the rows with psql";
      break;
    case sql::ParseError::Kind::bad_bytes:
      finding.hint = "save the file as UTF-8 text, without NUL bytes";
      break;
    case sql::ParseError::Kind::too_large:
      finding.hint = "split the statement";
      break;
  }
  return finding;
}

}  // namespace host::lint
