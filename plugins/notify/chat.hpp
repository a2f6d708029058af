// SPDX-License-Identifier: MIT
// A message to a chat's incoming webhook: the same parameters for each chat, a payload of its own.
#pragma once

#include <confiture/plugin.hpp>

#include <string>

#include "plugins/notify/actions.hpp"
#include "plugins/notify/delivery.hpp"

namespace notify {

// `Service` has `name`, `doc` and `static std::string payload(const Event&, const Context&, const
// std::string&)`, whose last argument is the configured text.
template <typename Service>
struct Chat {
  confiture::SecretName url;
  std::string text, ca_file;
  std::chrono::milliseconds timeout{10'000}, backoff{500};
  std::int64_t retries = 3;
  static constexpr auto params = confiture::params(
      confiture::field("url", &Chat::url,
                       "The secret that holds the incoming webhook's URL: who knows it may write")
          .required(),
      confiture::field("text", &Chat::text, "Put before the message, such as a mention"),
      confiture::field("timeout", &Chat::timeout, "For each try", "1..600000"),
      confiture::field("retries", &Chat::retries, "Further tries after one that failed", "0..10"),
      confiture::field("backoff", &Chat::backoff,
                       "Pause before the second try, doubled for each further one", "1..60000"),
      confiture::field("ca_file", &Chat::ca_file,
                       "Certificates of the authorities to trust, in place of the system's"));
  static constexpr auto flags = to_the_world;
  static constexpr const char* doc = Service::doc;

  void prepare(confiture::Call& call) const { origin_of(std::string(call.secret(url)), "url"); }

  void run(const confiture::Event& event, confiture::Context& context) const {
    HttpRequest request;
    request.url = std::string(context.secret(url));
    request.headers = {"Content-Type: application/json"};
    request.body = Service::payload(event, context, text);
    request.timeout = timeout;
    request.ca_file = ca_file;
    deliver(std::string(Service::name) + " at " + origin_of(request.url, "url"), {retries, backoff},
            context, [&] { return post(request, context); });
  }
};

}  // namespace notify
