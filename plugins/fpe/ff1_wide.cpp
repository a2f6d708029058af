// SPDX-License-Identifier: MIT
// FF1 for strings whose halves do not fit in machine arithmetic.
#include <openssl/bn.h>

#include <confiture/error.hpp>

#include "plugins/fpe/ff1.hpp"

namespace plugins::fpe {
namespace {

constexpr unsigned rounds = 10;

struct FreeNumber {
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

void require(bool done) {
  if (!done) throw confiture::Error("OpenSSL ran out of memory for a number");
}

Number make_number() {
  Number number(BN_new());
  require(number != nullptr);
  return number;
}

Number number_of(const Numeral* numerals, std::size_t count, std::uint32_t radix) {
  Number number = make_number();
  for (std::size_t index = 0; index < count; ++index)
    require(BN_mul_word(number.get(), radix) == 1 &&
            BN_add_word(number.get(), numerals[index]) == 1);
  return number;
}

void write_number(BIGNUM* number, Numeral* numerals, std::size_t count, std::uint32_t radix) {
  for (std::size_t index = count; index-- > 0;)
    numerals[index] = static_cast<Numeral>(BN_div_word(number, radix));
}

Number power_of(std::uint32_t radix, std::size_t exponent) {
  Number power = make_number();
  require(BN_one(power.get()) == 1);
  for (std::size_t index = 0; index < exponent; ++index)
    require(BN_mul_word(power.get(), radix) == 1);
  return power;
}

}  // namespace

void Ff1::run_wide(Numeral* numerals, const Length& length, Direction direction) {
  const bool encrypting = direction == Direction::encrypt;
  const std::unique_ptr<BN_CTX, FreeNumber> context(BN_CTX_new());
  require(context != nullptr);
  const Number moduli[] = {power_of(radix_, length.left), power_of(radix_, length.right)};
  Number left = number_of(numerals, length.left, radix_);
  Number right = number_of(numerals + length.left, length.right, radix_);
  const Number y = make_number();
  std::vector<unsigned char> seen(length.number_bytes);
  for (unsigned step = 0; step < rounds; ++step) {
    const unsigned round = encrypting ? step : rounds - 1 - step;
    const BIGNUM* const modulus = moduli[round % 2].get();
    BIGNUM* const changed = encrypting ? left.get() : right.get();
    require(BN_bn2binpad(encrypting ? right.get() : left.get(), seen.data(),
                         static_cast<int>(seen.size())) >= 0);
    require(BN_bin2bn(draw(length, round, seen.data()), static_cast<int>(length.drawn_bytes),
                      y.get()) != nullptr);
    require(encrypting ? BN_mod_add(changed, changed, y.get(), modulus, context.get()) == 1
                       : BN_mod_sub(changed, changed, y.get(), modulus, context.get()) == 1);
    left.swap(right);
  }
  write_number(left.get(), numerals, length.left, radix_);
  write_number(right.get(), numerals + length.left, length.right, radix_);
}

}  // namespace plugins::fpe
