// SPDX-License-Identifier: MIT
// refused: a strategy has rewrite(std::string_view, Row&), or apply(Batch&)
#include <confiture/plugin.hpp>

struct Wrong {
  std::string_view rewrite(int value) const;
};
const auto wrong = confiture::strategy<Wrong>("acme.wrong", "Takes numbers");
