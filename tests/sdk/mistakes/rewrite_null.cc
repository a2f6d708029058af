// SPDX-License-Identifier: MIT
// refused: rewrite_null() is called as rewrite_null(confiture::Row&)
#include <confiture/plugin.hpp>

struct Wrong {
  std::string_view rewrite(std::string_view value) const { return value; }
  std::string_view rewrite_null() const { return "none"; }
};
const auto wrong = confiture::strategy<Wrong>("acme.wrong", "Forgets the row");
