// SPDX-License-Identifier: MIT
#include <random>

#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

std::string address(std::uint32_t bits) {
  return std::to_string(bits >> 24) + '.' + std::to_string(bits >> 16 & 255) + '.' +
         std::to_string(bits >> 8 & 255) + '.' + std::to_string(bits & 255);
}

std::uint32_t bits_of(const std::string& text) {
  std::uint32_t bits = 0;
  std::size_t begin = 0;
  for (int octet = 0; octet < 4; ++octet) {
    std::size_t used = 0;
    bits = bits << 8 | static_cast<std::uint32_t>(std::stoul(text.substr(begin), &used));
    begin += used + 1;
  }
  return bits;
}

int shared_bits(std::uint32_t a, std::uint32_t b) {
  int shared = 0;
  while (shared < 32 && (a >> (31 - shared) & 1) == (b >> (31 - shared) & 1)) ++shared;
  return shared;
}

Texts random_addresses(std::size_t count) {
  std::mt19937 random(4);
  Texts values;
  for (std::size_t index = 0; index < count; ++index)
    values.push_back(address(static_cast<std::uint32_t>(random())));
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(net)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  check_examples("net.ipv4", "{}", {column("value", "inet")});
  check_examples("net.ipv6", "{}", {column("value", "inet")});
  check_examples("net.mac", "{}", {column("value")});
  check_examples("net.hostname", "{}", {column("value")});
  check_examples("net.url", "{}", {column("value")});
  check_examples("net.user_agent", "{}", {column("value")});
}

BOOST_AUTO_TEST_CASE(ipv4_keeps_its_promises) {
  const Texts values = random_addresses(20000);
  for (const char* parameters : {"{}", "{keep_prefix: 8}", "{keep_prefix: 24}"})
    BOOST_CHECK_EQUAL(count_unchanged(values, check_promises("net.ipv4", parameters,
                                                             {column("value", "inet")}, values)),
                      0);
}

BOOST_AUTO_TEST_CASE(ipv4_permutes_a_whole_network) {
  Texts values;
  std::set<std::string> expected;
  for (std::uint32_t host = 0; host < 65536; ++host) values.push_back(address(0x0a000000 | host));
  expected.insert(values.begin(), values.end());
  const Texts after =
      check_promises("net.ipv4", "{keep_prefix: 16}", {column("value", "inet")}, values);
  BOOST_CHECK(std::set<std::string>(after.begin(), after.end()) == expected);
}

BOOST_AUTO_TEST_CASE(ipv4_keeps_shared_prefixes) {
  std::mt19937 random(7);
  Texts values;
  std::vector<std::uint32_t> originals;
  for (int pair = 0; pair < 2000; ++pair) {
    const auto first = static_cast<std::uint32_t>(random());
    const auto second = first ^ (static_cast<std::uint32_t>(random()) >> (random() % 32));
    originals.insert(originals.end(), {first, second});
  }
  for (const std::uint32_t bits : originals) values.push_back(address(bits));
  Host host;
  Strategy strategy(host, subject("net.ipv4"), "{}", {column("value", "inet")});
  const std::vector<Value> after = strategy.apply(rows_of(values, 1));
  for (std::size_t row = 0; row < originals.size(); row += 2)
    BOOST_REQUIRE_EQUAL(shared_bits(originals[row], originals[row + 1]),
                        shared_bits(bits_of(*after[row]), bits_of(*after[row + 1])));
}

BOOST_AUTO_TEST_CASE(ipv4_keeps_the_leading_bits) {
  for (const std::string& value : random_addresses(500)) {
    const std::string after = rewritten("net.ipv4", "{keep_prefix: 12}", "inet", value);
    BOOST_REQUIRE_GE(shared_bits(bits_of(value), bits_of(after)), 12);
  }
}

BOOST_AUTO_TEST_CASE(masks_and_networks) {
  BOOST_CHECK(rewritten("net.ipv4", "{}", "inet", "10.1.2.3/24").ends_with("/24"));
  const std::string network = rewritten("net.ipv4", "{}", "cidr", "10.1.2.0/24");
  BOOST_CHECK(network.ends_with(".0/24"));
  BOOST_CHECK_NE(network, "10.1.2.0/24");
  BOOST_CHECK_EQUAL(rewritten("net.ipv4", "{}", "cidr", "0.0.0.0/0"), "0.0.0.0/0");
  BOOST_CHECK(rewritten("net.ipv6", "{}", "cidr", "2001:db8::/32").ends_with("::/32"));
}

BOOST_AUTO_TEST_CASE(either_family_in_one_column) {
  const std::string six = rewritten("net.ipv4", "{keep_prefix: 24}", "inet", "2001:db8::1");
  BOOST_CHECK_NE(six.find(':'), std::string::npos);
  BOOST_CHECK_NE(six, "2001:db8::1");
  const std::string four = rewritten("net.ipv6", "{keep_prefix: 112}", "inet", "192.0.2.1");
  BOOST_CHECK_EQUAL(std::count(four.begin(), four.end(), '.'), 3);
  BOOST_CHECK_NE(four, "192.0.2.1");
}

BOOST_AUTO_TEST_CASE(ipv6_keeps_its_promises) {
  std::mt19937 random(5);
  Texts values;
  const char digits[] = "0123456789abcdef";
  for (int index = 0; index < 5000; ++index) {
    std::string text = "2001:db8:";
    for (int group = 0; group < 6; ++group) {
      text += group == 0 ? "1" : ":1";
      for (int digit = 0; digit < 3; ++digit) text += digits[random() % 16];
    }
    values.push_back(text);
  }
  for (const char* parameters : {"{}", "{keep_prefix: 32}"}) {
    const Texts after = check_promises("net.ipv6", parameters, {column("value", "inet")}, values);
    BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
  }
  BOOST_CHECK(
      rewritten("net.ipv6", "{keep_prefix: 32}", "inet", "2001:db8:1::1").starts_with("2001:db8:"));
}

BOOST_AUTO_TEST_CASE(texts_that_are_no_address) {
  BOOST_CHECK(rewritten("net.ipv4", "{}", "text", "unknown").starts_with("fd"));
  BOOST_CHECK(rewritten("net.ipv4", "{}", "text", "10.1.2.300").starts_with("fd"));
  BOOST_CHECK(rewritten("net.ipv4", "{}", "text", "10.1.2.3/33").starts_with("fd"));
  BOOST_CHECK_EQUAL(rewritten("net.ipv4", "{}", "text", ""), "");
  BOOST_CHECK_EQUAL(
      refusal("net.ipv4", "{}", {limited(15)}, "unknown"),
      "a value is no IP address, and the column is too short for an IPv6 address - core.hash and "
      "core.redact take any text");
}

BOOST_AUTO_TEST_CASE(mac_keeps_its_promises) {
  Texts values;
  char text[24];
  std::mt19937 random(6);
  for (int index = 0; index < 20000; ++index) {
    std::snprintf(text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x", unsigned(random() & 255),
                  unsigned(random() & 255), unsigned(random() & 255), unsigned(random() & 255),
                  unsigned(random() & 255), unsigned(random() & 255));
    values.push_back(text);
  }
  for (const char* parameters : {"{}", "{keep_vendor: true}"}) {
    const Texts after = check_promises("net.mac", parameters, {column("value", "macaddr")}, values);
    BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
    for (std::size_t row = 0; row < values.size(); ++row)
      BOOST_REQUIRE_EQUAL(std::stoi(values[row].substr(0, 2), nullptr, 16) & 3,
                          std::stoi(after[row].substr(0, 2), nullptr, 16) & 3);
  }
  BOOST_CHECK(rewritten("net.mac", "{keep_vendor: true}", "macaddr", "08:00:2b:01:02:03")
                  .starts_with("08:00:2b:"));
}

BOOST_AUTO_TEST_CASE(mac_forms) {
  const auto form = [](std::string text) {
    for (char& c : text)
      if (std::isxdigit(static_cast<unsigned char>(c)) != 0) c = 'x';
    return text;
  };
  for (const char* value : {"08:00:2b:01:02:03", "08-00-2B-01-02-03", "0800.2b01.0203",
                            "08002b010203", "08:00:2b:ff:fe:01:02:03"}) {
    const std::string after = rewritten("net.mac", "{}", "text", value);
    BOOST_CHECK_EQUAL(form(after), form(value));
    BOOST_CHECK_NE(after, value);
  }
  BOOST_CHECK_EQUAL(refusal("net.mac", "{}", {column("value")}, "no address"),
                    "a value is no MAC address - core.hash takes any text");
}

BOOST_AUTO_TEST_CASE(hostname_keeps_its_promises) {
  Texts values;
  for (int host = 0; host < 2000; ++host)
    values.push_back("host" + std::to_string(host) + ".acme-" + std::to_string(host % 7) + ".com");
  const Texts after = check_promises("net.hostname", "{}", {column("value")}, values);
  BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
  const auto domain = [](const std::string& name) { return name.substr(name.find('.')); };
  for (std::size_t row = 7; row < values.size(); ++row) {
    BOOST_REQUIRE_EQUAL(domain(after[row]), domain(after[row - 7]));
    BOOST_REQUIRE(after[row].ends_with(".example"));
  }
}

BOOST_AUTO_TEST_CASE(hostname_keeps_labels) {
  BOOST_CHECK(
      rewritten("net.hostname", "{keep_labels: 2}", "text", "db1.acme.com").ends_with(".acme.com"));
  BOOST_CHECK_EQUAL(rewritten("net.hostname", "{keep_labels: 2}", "text", "acme.com"), "acme.com");
  BOOST_CHECK_EQUAL(rewritten("net.hostname", "{}", "text", "").size(), 0);
  const std::string ip = rewritten("net.hostname", "{}", "text", "10.20.130.4");
  BOOST_CHECK_EQUAL(ip.size(), 11);
  BOOST_CHECK_NE(ip, "10.20.130.4");
  Host host;
  Strategy strategy(host, subject("net.hostname"), "{}", {limited(8)});
  BOOST_CHECK_EQUAL(strategy("a.acme.io")->size(), 8);
}

BOOST_AUTO_TEST_CASE(url_keeps_its_promises) {
  Texts values;
  for (int row = 0; row < 1000; ++row)
    values.push_back("https://shop.acme.com/u/" + std::to_string(row * 7919) + "?q=John%20Smith#x");
  const Texts after = check_promises("net.url", "{}", {column("value")}, values);
  BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
  for (const std::string& url : after) {
    BOOST_REQUIRE(url.starts_with("https://"));
    BOOST_REQUIRE_NE(url.find("?q="), std::string::npos);
    BOOST_REQUIRE_EQUAL(url.find("acme"), std::string::npos);
    BOOST_REQUIRE_EQUAL(url.find("Smith"), std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(url_parts) {
  BOOST_CHECK(rewritten("net.url", "{keep_host: true}", "text", "https://acme.com:8443/a")
                  .starts_with("https://acme.com:8443/"));
  BOOST_CHECK(rewritten("net.url", "{keep_path: true}", "text", "https://acme.com/a/b?c=1")
                  .find("/a/b?c=") != std::string::npos);
  BOOST_CHECK_EQUAL(
      rewritten("net.url", "{keep_host: true, keep_path: true}", "text", "https://acme.com/a"),
      "https://acme.com/a");
  const std::string user = rewritten("net.url", "{}", "text", "ftp://joe:secret@acme.com/");
  BOOST_CHECK_EQUAL(user.find("secret"), std::string::npos);
  const std::string six = rewritten("net.url", "{}", "text", "http://[2001:db8::1]:80/x");
  BOOST_CHECK_EQUAL(six.substr(0, 8) + six.substr(19, 5), "http://[]:80/");
  BOOST_CHECK_NE(six.substr(8, 11), "2001:db8::1");
  BOOST_CHECK_EQUAL(rewritten("net.url", "{}", "text", ""), "");
}

BOOST_AUTO_TEST_CASE(user_agent_keeps_its_family) {
  Texts values;
  for (int version = 0; version < 500; ++version)
    values.push_back("Mozilla/5.0 (X11) Gecko Firefox/" + std::to_string(version));
  const Texts after = check_promises("net.user_agent", "{}", {column("value")}, values);
  for (const std::string& agent : after)
    BOOST_REQUIRE_NE(agent.find("Firefox/"), std::string::npos);
  BOOST_CHECK_NE(rewritten("net.user_agent", "{}", "text", "curl/8.4.0"), "curl/8.4.0");
  Host host;
  Strategy strategy(host, subject("net.user_agent"), "{}", {limited(5)});
  BOOST_CHECK_EQUAL(strategy("Opera")->size(), 5);
}

BOOST_AUTO_TEST_CASE(other_types_are_refused) {
  BOOST_CHECK_EQUAL(refusal("net.ipv4", "{}", {column("address", "int4")}),
                    "net.ipv4 cannot rewrite column 'address' of type 'int4' - it takes inet, "
                    "cidr, text, varchar, bpchar, citext; give the column a strategy that suits "
                    "its type");
  for (const char* id : {"net.mac", "net.hostname", "net.url", "net.user_agent"})
    BOOST_CHECK_NE(refusal(id, "{}", {column("value", "jsonb")}), "");
}

BOOST_AUTO_TEST_SUITE_END()
