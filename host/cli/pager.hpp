// SPDX-License-Identifier: MIT
// $PAGER, for a text that is longer than the screen.
#pragma once

#include <string_view>

namespace host::cli {

// Lets the person read a text: by $PAGER, or `less -FRX` where it is not set. False where it cannot
// be started or PAGER is empty: nothing was shown then.
bool show_in_pager(std::string_view text);

}  // namespace host::cli
