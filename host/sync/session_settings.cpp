// SPDX-License-Identifier: MIT
#include "host/sync/session_settings.hpp"

#include <fmt/format.h>

namespace host::sync {

void pin_settings(postgres::Connection& connection, std::chrono::milliseconds lock_timeout) {
  connection.execute(
      "SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres';"
      "SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 3;"
      "SET LOCAL bytea_output = 'hex'; SET LOCAL lc_monetary = 'C'; SET LOCAL xmloption = "
      "'content';"
      "SET LOCAL search_path = ''; SET LOCAL client_encoding = 'UTF8';"
      "SET LOCAL row_security = off; SET LOCAL statement_timeout = 0;"
      "SET LOCAL idle_in_transaction_session_timeout = 0;" +
      fmt::format("SET LOCAL lock_timeout = {}", lock_timeout.count()));
}

void unpin_settings(postgres::Connection& connection) {
  connection.execute(
      "SET LOCAL DateStyle TO DEFAULT; SET LOCAL IntervalStyle TO DEFAULT;"
      "SET LOCAL TimeZone TO DEFAULT; SET LOCAL extra_float_digits TO DEFAULT;"
      "SET LOCAL bytea_output TO DEFAULT; SET LOCAL lc_monetary TO DEFAULT;"
      "SET LOCAL xmloption TO DEFAULT; SET LOCAL search_path TO DEFAULT;"
      "SET LOCAL row_security TO DEFAULT; SET LOCAL statement_timeout TO DEFAULT;"
      "SET LOCAL lock_timeout TO DEFAULT");
}

}  // namespace host::sync
