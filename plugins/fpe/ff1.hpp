// SPDX-License-Identifier: MIT
// ff1.hpp - FF1 of NIST SP 800-38G (Rev. 1): a permutation of the strings of one length over an
// alphabet of `radix` symbols, made of AES. The symbols are numerals, 0 to radix - 1.
//
// Strings whose halves fit in 96 bits (28 decimal digits each) take a path of machine arithmetic;
// longer ones take OpenSSL's big numbers, in ff1_wide.cpp.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plugins::fpe {

using Numeral = std::uint16_t;
__extension__ using Wide = unsigned __int128;

// The smallest domain that SP 800-38G Rev. 1 allows: radix ^ length must reach it.
inline constexpr std::uint64_t least_domain = 1000000;

// The smallest length that it allows for this radix; 6 for decimal digits.
std::size_t least_length(std::uint32_t radix);

// One instance, one thread. Throws confiture::Error if OpenSSL refuses.
class Ff1 {
 public:
  // `key` of 16, 24 or 32 bytes; `radix` 2 to 65536; any tweak.
  Ff1(const unsigned char* key, std::size_t key_size, std::uint32_t radix, std::string_view tweak);

  // In place. `count` is at least least_length(radix).
  void encrypt(Numeral* numerals, std::size_t count) { run(numerals, count, Direction::encrypt); }
  void decrypt(Numeral* numerals, std::size_t count) { run(numerals, count, Direction::decrypt); }

  // The same for a string given as the numbers of its halves, of count / 2 and of the other
  // symbols; both below 2^96.
  struct Halves {
    Wide left, right;
  };
  Halves encrypt(Halves halves, std::size_t count);

 private:
  enum class Direction { encrypt, decrypt };
  using Block = std::array<unsigned char, 16>;
  // What stays the same for strings of one length.
  struct Length {
    std::size_t count = 0;
    std::size_t left = 0, right = 0;           // symbols of the halves: u and v
    std::size_t number_bytes = 0;              // b
    std::size_t drawn_bytes = 0;               // d
    Wide left_modulus = 0, right_modulus = 0;  // radix ^ u and radix ^ v; 0: too wide
    Block first{};                             // AES of P
  };

  void run(Numeral* numerals, std::size_t count, Direction direction);
  void run_wide(Numeral* numerals, const Length& length, Direction direction);
  Halves run_halves(Halves halves, const Length& length, Direction direction);
  const Length& measure(std::size_t count);
  // y of round `round`: `drawn_bytes` bytes that depend on `number`, of `number_bytes` bytes.
  const unsigned char* draw(const Length& length, unsigned round, const unsigned char* number);
  void encrypt_block(const unsigned char* in, unsigned char* out);

  struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  std::unique_ptr<EVP_CIPHER_CTX, Free> aes_;
  std::uint32_t radix_;
  std::string tweak_;
  Length length_;
  std::vector<unsigned char> message_, drawn_;
};

}  // namespace plugins::fpe
