// SPDX-License-Identifier: MIT
// A rule written in YAML (linting.custom): every object of a kind that matches `where` must match
// `require`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/config/linting.hpp"
#include "host/lint/finding.hpp"
#include "host/sql/node.hpp"

namespace host::lint {

// One property and what it should be.
struct Condition {
  enum class Test { glob, truth, number, range };
  std::uint32_t property = 0;
  bool is_text = false;
  Test test = Test::glob;
  std::vector<std::string> patterns;  // glob: any of them
  std::vector<std::string> unwanted;  // glob: none of them
  std::int64_t low = 0, high = 0;     // number, range; truth: 1 or 0
};

class CustomRule {
 public:
  // Throws lint.bad_custom_rule with the place of the mistake.
  explicit CustomRule(const config::CustomRule& written);

  const config::CustomRule& written() const { return *written_; }
  std::uint32_t kind() const { return kind_; }
  std::string doc() const;
  // Whether it has something to say of the node.
  bool matches(const sql::Node& node) const;
  // With {name}, {table}, {schema} and every other property of the kind filled in.
  std::string message(const sql::Node& node) const;
  std::string suggestion(const sql::Node& node) const;

 private:
  const config::CustomRule* written_;  // outlives this
  std::uint32_t kind_ = 0;
  std::vector<Condition> where_, require_;
};

}  // namespace host::lint
