// SPDX-License-Identifier: MIT
// A key for each domain of values: within one, equal values become equal; across two, nobody can
// tell that they were. What is in no domain by name is in the common one.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "host/extensions/instance.hpp"

namespace host::sync {

// [main]
class Domains {
 public:
  // The session, with its key, outlives it.
  explicit Domains(extensions::Session& common) : common_(common) {}

  // What strategies of that domain are made with; lives with this. Empty: the common one.
  extensions::Session& session(const std::string& domain);

 private:
  struct Own {
    Secret key;
    extensions::Session session;
  };
  extensions::Session& common_;
  std::map<std::string, std::unique_ptr<Own>> sessions_;
};

}  // namespace host::sync
