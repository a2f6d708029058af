// SPDX-License-Identifier: MIT
#include "plugins/notify/delivery.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <thread>

namespace notify {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds glance(50);
constexpr milliseconds longest_pause(30'000);

void wait(milliseconds length, const confiture::Call& call) {
  const auto end = std::chrono::steady_clock::now() + length;
  for (auto now = end - length; now < end; now = std::chrono::steady_clock::now()) {
    call.stop_if_cancelled();
    std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(glance, end - now));
  }
}

}  // namespace

void deliver(const std::string& receiver, const Retries& retries, const confiture::Call& call,
             const std::function<Answer()>& once) {
  milliseconds pause = retries.pause;
  for (std::int64_t tried = 1;; ++tried) {
    call.stop_if_cancelled();
    const Answer answer = once();
    if (answer.kind == Answer::Kind::ok) return;
    if (answer.kind == Answer::Kind::refused)
      throw confiture::Error(receiver + " refused it: " + answer.why, answer.hint);
    if (tried > retries.count)
      throw confiture::Error(receiver + " could not be reached" +
                                 (tried > 1 ? " in " + std::to_string(tried) + " tries" : "") +
                                 ": " + answer.why,
                             answer.hint);
    call.debug(receiver + ": " + answer.why + "; the next try follows in " +
               std::to_string(pause.count()) + " ms");
    wait(pause, call);
    pause = std::min(pause * 2, longest_pause);
  }
}

std::string delivery_key(const confiture::Context& context) {
  if (const auto kept = context.metadata("delivery.key")) return std::string(*kept);
  if (sodium_init() < 0) throw confiture::Error("libsodium cannot be initialized");
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 33> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

}  // namespace notify
