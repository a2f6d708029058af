// SPDX-License-Identifier: MIT
// Answers that were written before the questions are asked: a YAML or JSON file, so that a walk
// through the wizard can be repeated without a person.
//
//   plan: { review: yes }
//   2_orders: { apply: production 1a2b3c4d, note: "ticket 77" }
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/config/value.hpp"

namespace host::review {

class Answers {
 public:
  // A map from VERSION_NAME, or `plan`, to a map from the id of a question to what a person would
  // type: review, way_back, apply, when, schedule or note; about the plan also request and as.
  // Throws config.unknown_key and config.wrong_type.
  explicit Answers(const config::Value& document);

  // Throws config.unknown_key for an answer about a migration that is not among these.
  void check(const std::vector<std::string>& migrations) const;
  // Throws question.unanswered; a note and a role that are not there are empty.
  std::string find(const std::string& migration, const std::string& id) const;

 private:
  struct About {
    Place place;
    std::map<std::string, std::string> answers;
  };
  std::map<std::string, About> about_;
};

}  // namespace host::review
