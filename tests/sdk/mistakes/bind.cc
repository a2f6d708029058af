// SPDX-License-Identifier: MIT
// refused: bind() is called as bind(const confiture::BatchColumns&, confiture::Call&)
#include <confiture/plugin.hpp>

struct Wrong {
  void bind(confiture::Call& call);
  std::string_view rewrite(std::string_view value) const { return value; }
};
const auto wrong = confiture::strategy<Wrong>("acme.wrong", "Forgets the columns");
