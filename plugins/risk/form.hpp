// SPDX-License-Identifier: MIT
// The table: every form of a statement that was measured on PostgreSQL 12 to 18, and some that only
// the documentation tells of. forms/*.tsv holds it; what a column means stands with its field.
#pragma once

#include <string_view>
#include <vector>

#include <confiture/classifier.hpp>

namespace plugins::risk {

struct Form {
  std::string_view id;         // col.drop
  std::string_view statement;  // DROP COLUMN
  std::string_view since;      // the first major that knows it
  std::string_view lock;       // on the relation that it is about
  std::string_view reads, writes;  // whether they wait: yes, no; "-": there is nothing to wait for
  std::string_view rewrite;        // no, or what is written anew
  std::string_view rebuild;        // of indexes
  std::string_view scan;           // no, or what is read from one end to the other
  std::string_view work;           // catalog, scan, rewrite, rows, copy, error
  std::string_view lost;           // which data; empty: none
  std::string_view reversible;     // yes, no, partial, unknown; "n/a"
  std::string_view way_back;
  std::string_view clients;  // what running programs notice
  std::string_view risk;
  std::string_view reason;
  std::string_view safer;
  std::string_view source;  // measured, or documented
  std::string_view flags;   // alone: not in a transaction; fails
  // How to measure it: the relation whose lock counts, what to make first, one statement. Empty:
  // it is not tried.
  std::string_view target, setup, sql;
};

const std::vector<Form>& forms();
// One that there is.
const Form& form(std::string_view id);

confiture::Risk risk_of(const Form& form);
// From ACCESS SHARE, 1, to ACCESS EXCLUSIVE, 8; 0: none.
int lock_rank(std::string_view lock);
// The mode without what the table says beside it: "ACCESS EXCLUSIVE, then error".
std::string_view lock_mode(std::string_view lock);

// What `confiture selftest locks` runs, and what it needs before.
const std::vector<confiture_example>& examples();
extern const char* const playground;

}  // namespace plugins::risk
