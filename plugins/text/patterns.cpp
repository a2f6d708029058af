// SPDX-License-Identifier: MIT
// Words with marks: mail and IP addresses.
#include "plugins/text/patterns.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <array>

#include "plugins/common/utf8.hpp"

namespace plugins::text {
namespace {

bool is_word(char c) {
  return common::is_letter(c) || common::is_digit(c) || !common::is_ascii(c);
}
bool is_local(char c) {
  return is_word(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}
bool is_hexadecimal(char c) {
  const char lower = common::to_lower(c);
  return common::is_digit(c) || (lower >= 'a' && lower <= 'f');
}

// The end of "acme.example", with a dot inside and letters at the end; or `begin`.
std::size_t end_of_domain(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && (is_word(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  while (end > begin && !is_word(text[end - 1])) --end;
  const std::string_view domain = text.substr(begin, end - begin);
  const std::size_t dot = domain.rfind('.');
  const bool named = dot != std::string_view::npos && dot > 0 && domain.size() - dot > 2 &&
                     !common::is_digit(domain[dot + 1]) && is_word(domain.front());
  return named ? end : begin;
}

bool is_address(int family, std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN + 1> terminated{};
  std::array<unsigned char, 16> bytes;
  if (text.size() >= terminated.size()) return false;
  text.copy(terminated.data(), text.size());
  return inet_pton(family, terminated.data(), bytes.data()) == 1;
}

}  // namespace

std::size_t match(Pattern pattern, std::string_view text, std::size_t at) {
  const char before = at == 0 ? ' ' : text[at - 1];
  if (common::is_continuation(text[at]) || is_word(before)) return 0;
  switch (pattern) {
    case Pattern::email:
      return is_local(before) ? 0 : match_email(text, at);
    case Pattern::phone:
      return match_phone(text, at);
    case Pattern::card:
      return match_card(text, at);
    case Pattern::iban:
      return match_iban(text, at);
    case Pattern::ip:
      return before == '.' || before == ':' ? 0 : match_ip(text, at);
    case Pattern::ssn:
      return before == '-' ? 0 : match_ssn(text, at);
  }
  return 0;
}

std::size_t match_email(std::string_view text, std::size_t at) {
  if (!is_local(text[at]) || text[at] == '.') return 0;
  std::size_t end = at;
  while (end < text.size() && is_local(text[end])) ++end;
  if (end == text.size() || text[end] != '@' || text[end - 1] == '.') return 0;
  const std::size_t domain = end + 1;
  const std::size_t last = end_of_domain(text, domain);
  return last == domain ? 0 : last - at;
}

std::size_t match_ip(std::string_view text, std::size_t at) {
  if (!is_hexadecimal(text[at]) && text[at] != ':') return 0;
  std::size_t end = at;
  while (end < text.size() && (is_hexadecimal(text[end]) || text[end] == '.' || text[end] == ':'))
    ++end;
  if (end < text.size() && is_word(text[end])) return 0;
  while (end > at && text[end - 1] == '.') --end;  // the end of a sentence
  if (is_address(AF_INET, text.substr(at, end - at))) return end - at;
  const std::string_view six = text.substr(at, end - at);
  if (six.size() > 2 && is_address(AF_INET6, six)) return six.size();
  if (!six.empty() && six.back() == ':' && is_address(AF_INET, six.substr(0, six.size() - 1)))
    return six.size() - 1;
  // "192.0.2.1:8080"
  const std::size_t port = six.find(':');
  if (port != std::string_view::npos && is_address(AF_INET, six.substr(0, port))) return port;
  return 0;
}

}  // namespace plugins::text
