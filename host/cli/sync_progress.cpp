// SPDX-License-Identifier: MIT
#include "host/cli/sync_progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

#include "host/foundation/json.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

std::string describe(const sync::Progress& progress, double seconds) {
  std::string text(progress.doing);
  if (!progress.table.empty())
    text += fmt::format(" {} ({} of {})", printable(progress.table), progress.table_number,
                        progress.table_count);
  const double rate = seconds > 0 ? static_cast<double>(progress.rows) / seconds : 0;
  text += fmt::format(": {} rows, {} a second", with_thousands(progress.rows),
                      with_thousands(static_cast<std::uint64_t>(rate)));
  if (rate > 0 && progress.estimated_rows > progress.rows && !progress.table.empty())
    text += fmt::format(", about {:.0f} s left",
                        static_cast<double>(progress.estimated_rows - progress.rows) / rate);
  return text;
}

// One JSON document a line, for programs that watch.
std::string event(const sync::Progress& progress, double seconds) {
  return to_json(boost::json::object{{"event", "progress"},
                                     {"doing", progress.doing},
                                     {"table", progress.table},
                                     {"table_number", progress.table_number},
                                     {"table_count", progress.table_count},
                                     {"rows", progress.rows},
                                     {"estimated_rows", progress.estimated_rows},
                                     {"seconds", seconds}});
}

}  // namespace

std::string with_thousands(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t end = text.size(); end > 3; end -= 3) text.insert(end - 3, ",");
  return text;
}

SyncProgress::SyncProgress(Output& output)
    : output_(output),
      terminal_(isatty(STDERR_FILENO) == 1),
      start_(std::chrono::steady_clock::now()),
      last_(start_) {}

SyncProgress::~SyncProgress() {
  clear();
}

void SyncProgress::update(const sync::Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10'000);
  if (output_.quiet() || now - last_ < pause) return;
  last_ = now;
  const std::string text = describe(progress, std::chrono::duration<double>(now - start_).count());
  if (output_.json()) {
    output_.message(event(progress, std::chrono::duration<double>(now - start_).count()));
    return;
  }
  if (!terminal_) {
    output_.message(text);
    return;
  }
  std::fputs(fmt::format("\r\x1b[K{}", text).c_str(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void SyncProgress::clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace host::cli
