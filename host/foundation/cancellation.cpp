// SPDX-License-Identifier: MIT
#include "host/foundation/cancellation.hpp"

#include "host/foundation/errors.hpp"

namespace host {

void Cancellation::check() const {
  if (requested()) throw Error(errors::interrupted, "interrupted");
}

}  // namespace host
