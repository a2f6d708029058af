// SPDX-License-Identifier: MIT
#include "host/foundation/error.hpp"

#include <utility>

namespace host {

std::string to_string(const Place& place) {
  std::string text = place.file;
  // Not ":" + std::to_string(): gcc 12 warns of an overlap that cannot be.
  if (place.line != 0) text.append(":").append(std::to_string(place.line));
  if (place.line != 0 && place.column != 0) text.append(":").append(std::to_string(place.column));
  return text;
}

Error::Error(ErrorCode code, std::string message, std::string hint, Place place)
    : code_(code), message_(std::move(message)), hint_(std::move(hint)), place_(std::move(place)) {
  what_ = place_.known() ? to_string(place_) + ": " + message_ : message_;
}

Error Error::at(Place place) const {
  return Error(code_, message_, hint_, place_.known() ? place_ : std::move(place));
}

}  // namespace host
