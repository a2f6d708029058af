// SPDX-License-Identifier: MIT
#include "host/hooks/event.hpp"

namespace host::hooks {

std::string_view to_string(Outcome::Status status) {
  switch (status) {
    case Outcome::Status::ok:
      return "ok";
    case Outcome::Status::failed:
      return "failed";
    case Outcome::Status::warned:
      return "warned";
    case Outcome::Status::ignored:
      return "ignored";
    case Outcome::Status::skipped:
      return "skipped";
  }
  return "ok";
}

}  // namespace host::hooks
