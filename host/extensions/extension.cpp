// SPDX-License-Identifier: MIT
#include "host/extensions/extension.hpp"

namespace host::extensions {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::action:
      return "action";
    case Kind::strategy:
      return "strategy";
    case Kind::rule:
      return "rule";
    case Kind::classifier:
      break;
  }
  return "classifier";
}

}  // namespace host::extensions
