// SPDX-License-Identifier: MIT
// How the page of a plan looks: one style sheet for a light screen, a dark one, a telephone and
// paper.
#pragma once

#include <string_view>

namespace host::cli {

std::string_view plan_page_style();

}  // namespace host::cli
