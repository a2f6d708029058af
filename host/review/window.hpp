// SPDX-License-Identifier: MIT
// A maintenance window as people say it, "Sat,Sun 02:00-04:00 Europe/Paris", and when it opens
// next. The server's time zone data decide: they know daylight-saving time, and are the same for
// all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/postgres/connection.hpp"

namespace host::review {

struct Window {
  std::vector<int> days;  // 1, Monday, to 7; all of them where none is named
  std::string from, to;   // 02:00; a `to` before `from` is on the next day
  std::string zone;       // Europe/Paris
};

// Throws schedule.bad_window.
Window parse_window(std::string_view text);

// In UTC, "2026-11-29T01:00:00.000Z".
struct Opening {
  std::string not_before, not_after;
};

// The next opening that ends after `now` (a moment as above; empty: the server's clock). A day on
// which the window would open at a time that the clocks skip is left out; of an hour that comes
// twice, the first counts. Throws schedule.bad_window for a zone that the server does not know.
Opening next_opening(postgres::Connection& connection, const Window& window,
                     const std::string& now = {});

// Writes both moments as next_opening() does. Throws schedule.bad_time for what is no moment with a
// zone, over already, or not in this order.
void check_opening(postgres::Connection& connection, Opening& opening);

}  // namespace host::review
