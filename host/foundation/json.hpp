// SPDX-License-Identifier: MIT
// JSON as people and scripts like to read it: Boost.JSON's serializer writes 1789.5 as 1.7895E3.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace host {

// One line, keys in the order of their making, numbers in plain decimal where that is short.
std::string to_json(const boost::json::value& value);

}  // namespace host
