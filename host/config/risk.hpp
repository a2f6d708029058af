// SPDX-License-Identifier: MIT
// The section `risk` of db/confiture.yaml: what a team tells the classifiers of statements.
#pragma once

#include <string>
#include <vector>

#include "host/config/value.hpp"

namespace host::config {

// There is no way to switch a classifier off: it could only hide a risk.
struct ClassifierSetting {
  std::string classifier;  // risk.statement
  Value with;              // its parameters
  Place place;
};

struct Risk {
  std::vector<ClassifierSetting> classifiers;
};

}  // namespace host::config
