// SPDX-License-Identifier: MIT
// One exchange with a server through libcurl that can be stopped at any moment. libcurl lives in
// transfer.cpp alone.
#pragma once

#include <confiture/plugin.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace notify {

struct HttpRequest {
  std::string url;  // http or https
  std::vector<std::string> headers;
  std::string body;
  std::chrono::milliseconds timeout{10'000};
  std::string ca_file;  // empty: the system's authorities
};

enum class Tls { required, opportunistic, off };

struct Mail {
  std::string server;  // "smtp.example.com:587"
  Tls tls = Tls::required;
  std::string user, password;  // empty: no login
  std::string from;
  std::vector<std::string> to;
  std::string text;  // headers and body, lines ended by CR LF
  std::chrono::milliseconds timeout{30'000};
  std::string ca_file;
};

// What came of one try.
struct Answer {
  enum class Kind { ok, refused, try_again };
  Kind kind = Kind::ok;
  std::string why;  // without the URL, its path or what is secret in it
  std::string hint;
};

// Where a URL points to, as messages may say it: "https://example.com:8443", without the user, the
// password, the path and the query. Throws confiture::BadConfig for anything but http and https;
// `what` names the parameter.
std::string origin_of(const std::string& url, const std::string& what);

// POSTs the body. A redirect is not followed: it is a refusal. Throws confiture::Cancelled within
// 100 ms of a cancellation.
Answer post(const HttpRequest& request, const confiture::Call& call);

// Hands the mail to the server, with STARTTLS as `tls` says. The same for cancellation.
Answer send(const Mail& mail, const confiture::Call& call);

}  // namespace notify
