// SPDX-License-Identifier: MIT
#include "plugins/fpe/ff1.hpp"

#include <confiture/error.hpp>

#include <cmath>
#include <utility>

namespace plugins::fpe {
namespace {

constexpr unsigned rounds = 10;
constexpr std::size_t machine_bytes = 12;  // of a half's number, so that y has 16

void put_bytes(unsigned char* out, std::uint64_t value, std::size_t size) {
  for (std::size_t index = size; index-- > 0; value >>= 8)
    out[index] = static_cast<unsigned char>(value & 0xff);
}

Wide read_wide(const unsigned char* bytes, std::size_t size) {
  Wide value = 0;
  for (std::size_t index = 0; index < size; ++index) value = value << 8 | bytes[index];
  return value;
}

// Bytes of radix ^ symbols - 1.
std::size_t bytes_of(std::uint32_t radix, std::size_t symbols) {
  // Exact while the power fits in a machine word, which is where a rounded logarithm could err.
  Wide power = 1;
  std::size_t counted = 0;
  constexpr Wide limit = Wide{1} << 108;
  while (counted < symbols && power < limit) {
    power *= radix;
    ++counted;
  }
  if (counted == symbols) {
    std::size_t bytes = 0;
    for (Wide rest = power - 1; rest > 0; rest >>= 8) ++bytes;
    return bytes;
  }
  if ((radix & (radix - 1)) == 0) {
    std::size_t bits = 0;
    while ((1u << bits) < radix) ++bits;
    return (bits * symbols + 7) / 8;
  }
  return static_cast<std::size_t>(std::ceil(
      std::ceil(static_cast<long double>(symbols) * std::log2(static_cast<long double>(radix))) /
      8));
}

Wide power_of(std::uint32_t radix, std::size_t exponent) {
  Wide power = 1;
  for (std::size_t index = 0; index < exponent; ++index) power *= radix;
  return power;
}

Wide number_of(const Numeral* numerals, std::size_t count, std::uint32_t radix) {
  Wide number = 0;
  for (std::size_t index = 0; index < count; ++index) number = number * radix + numerals[index];
  return number;
}

void write_number(Wide number, Numeral* numerals, std::size_t count, std::uint32_t radix) {
  for (std::size_t index = count; index-- > 0; number /= radix)
    numerals[index] = static_cast<Numeral>(number % radix);
}

}  // namespace

std::size_t least_length(std::uint32_t radix) {
  std::size_t length = 0;
  for (std::uint64_t domain = 1; domain < least_domain; domain *= radix) ++length;
  return length < 2 ? 2 : length;
}

Ff1::Ff1(const unsigned char* key, std::size_t key_size, std::uint32_t radix,
         std::string_view tweak)
    : aes_(EVP_CIPHER_CTX_new()), radix_(radix), tweak_(tweak) {
  const EVP_CIPHER* const cipher = key_size == 16   ? EVP_aes_128_ecb()
                                   : key_size == 24 ? EVP_aes_192_ecb()
                                                    : EVP_aes_256_ecb();
  if (aes_ == nullptr || EVP_EncryptInit_ex(aes_.get(), cipher, nullptr, key, nullptr) != 1 ||
      EVP_CIPHER_CTX_set_padding(aes_.get(), 0) != 1)
    throw confiture::Error("OpenSSL cannot set up AES");
}

void Ff1::run(Numeral* numerals, std::size_t count, Direction direction) {
  const Length& length = measure(count);
  if (length.right_modulus == 0) return run_wide(numerals, length, direction);
  Halves halves{number_of(numerals, length.left, radix_),
                number_of(numerals + length.left, length.right, radix_)};
  halves = run_halves(halves, length, direction);
  write_number(halves.left, numerals, length.left, radix_);
  write_number(halves.right, numerals + length.left, length.right, radix_);
}

Ff1::Halves Ff1::encrypt(Halves halves, std::size_t count) {
  return run_halves(halves, measure(count), Direction::encrypt);
}

// The Feistel network of the standard's algorithms 7 and 8, with A and B as numbers.
Ff1::Halves Ff1::run_halves(Halves halves, const Length& length, Direction direction) {
  const bool encrypting = direction == Direction::encrypt;
  auto& [left, right] = halves;
  std::array<unsigned char, machine_bytes> number;
  for (unsigned step = 0; step < rounds; ++step) {
    const unsigned round = encrypting ? step : rounds - 1 - step;
    Wide seen = encrypting ? right : left;
    for (std::size_t index = length.number_bytes; index-- > 0; seen >>= 8)
      number[index] = static_cast<unsigned char>(seen & 0xff);
    const Wide y = read_wide(draw(length, round, number.data()), length.drawn_bytes);
    const Wide modulus = round % 2 == 0 ? length.left_modulus : length.right_modulus;
    const Wide shift = y % modulus;
    if (encrypting)
      halves = {right, (left + shift) % modulus};
    else
      halves = {(right + modulus - shift) % modulus, left};
  }
  return halves;
}

const Ff1::Length& Ff1::measure(std::size_t count) {
  if (length_.count == count) return length_;
  Length length;
  length.left = count / 2;
  length.right = count - length.left;
  length.number_bytes = bytes_of(radix_, length.right);
  length.drawn_bytes = 4 * ((length.number_bytes + 3) / 4) + 4;
  if (length.number_bytes <= machine_bytes) {
    length.left_modulus = power_of(radix_, length.left);
    length.right_modulus = power_of(radix_, length.right);
  }
  Block p{1, 2, 1};
  put_bytes(p.data() + 3, radix_, 3);
  p[6] = rounds;
  p[7] = static_cast<unsigned char>(length.left & 0xff);
  put_bytes(p.data() + 8, count, 4);
  put_bytes(p.data() + 12, tweak_.size(), 4);
  encrypt_block(p.data(), length.first.data());

  // Q: the tweak, zeros, the round, the number; a multiple of 16 bytes.
  const std::size_t unpadded = tweak_.size() + 1 + length.number_bytes;
  message_.assign((unpadded + 15) / 16 * 16, 0);
  tweak_.copy(reinterpret_cast<char*>(message_.data()), tweak_.size());
  drawn_.assign((length.drawn_bytes + 15) / 16 * 16, 0);
  length.count = count;
  return length_ = length;
}

const unsigned char* Ff1::draw(const Length& length, unsigned round, const unsigned char* number) {
  const std::size_t at = message_.size() - length.number_bytes;
  message_[at - 1] = static_cast<unsigned char>(round);
  std::copy(number, number + length.number_bytes,
            message_.begin() + static_cast<std::ptrdiff_t>(at));
  Block chained = length.first;
  for (std::size_t offset = 0; offset < message_.size(); offset += chained.size()) {
    for (std::size_t index = 0; index < chained.size(); ++index)
      chained[index] = static_cast<unsigned char>(chained[index] ^ message_[offset + index]);
    encrypt_block(chained.data(), chained.data());
  }
  std::copy(chained.begin(), chained.end(), drawn_.begin());
  for (std::size_t block = 1; block * chained.size() < drawn_.size(); ++block) {
    Block counted = chained;
    for (std::size_t index = 0; index < 4; ++index)
      counted[15 - index] =
          static_cast<unsigned char>(counted[15 - index] ^ (block >> (8 * index) & 0xff));
    encrypt_block(counted.data(), drawn_.data() + block * chained.size());
  }
  return drawn_.data();
}

void Ff1::encrypt_block(const unsigned char* in, unsigned char* out) {
  int written = 0;
  if (EVP_EncryptUpdate(aes_.get(), out, &written, in, 16) != 1 || written != 16)
    throw confiture::Error("OpenSSL cannot encrypt a block");
}

}  // namespace plugins::fpe
