// SPDX-License-Identifier: MIT
// refused: prepare() is called as prepare(confiture::Call&)
#include <confiture/plugin.hpp>

struct Wrong {
  void prepare(confiture::Context& context);
  std::string_view rewrite(std::string_view value) const { return value; }
};
const auto wrong = confiture::strategy<Wrong>("acme.wrong", "Takes the wrong argument");
