// SPDX-License-Identifier: MIT
#include "plugins/common/blake2b_lanes.hpp"

#include <cstring>

#include "plugins/blake2b.hpp"

#if defined(__x86_64__)

namespace plugins::common {
namespace {

// GNU vectors: the compiler makes of them what the function's target has.
using Quad = std::uint64_t __attribute__((vector_size(32)));
using Octet = std::uint64_t __attribute__((vector_size(64)));

// Words of the message and of the results, of all lanes side by side.
using Words = std::array<std::array<std::uint64_t, blake2b_lanes>, 16>;

struct Work {
  alignas(64) Words message{};
  alignas(64) std::array<std::uint64_t, blake2b_lanes> totals{};
  alignas(64) std::array<std::array<std::uint64_t, blake2b_lanes>, 8> results;
};

// Inlined into functions of different targets, so that the vectors never pass between functions.
#define CONFITURE_EACH_TARGET __attribute__((always_inline)) inline

template <int Bits, typename Lanes>
CONFITURE_EACH_TARGET void rotate(Lanes& word) {
  word = word >> Bits | word << (64 - Bits);
}

template <typename Lanes>
CONFITURE_EACH_TARGET void mix(Lanes& a, Lanes& b, Lanes& c, Lanes& d, const Lanes& x,
                               const Lanes& y) {
  a += b + x;
  d ^= a;
  rotate<32>(d);
  c += d;
  b ^= c;
  rotate<24>(b);
  a += b + y;
  d ^= a;
  rotate<16>(d);
  c += d;
  b ^= c;
  rotate<63>(b);
}

template <std::size_t Round, typename Lanes>
CONFITURE_EACH_TARGET void mix_round(Lanes* v, const Lanes* m) {
  constexpr std::array<unsigned char, 16> s = KeyedBlake2b::orders[Round % 10];
  mix(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);
  mix(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);
  mix(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);
  mix(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);
  mix(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);
  mix(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);
  mix(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);
  mix(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);
}

// The lanes from `first` on, as many as the vector has.
template <typename Lanes>
CONFITURE_EACH_TARGET void compress(const Blake2bState& state, Work& work, std::size_t first) {
  Lanes m[16], v[16], total;
  for (std::size_t i = 0; i < 16; ++i) std::memcpy(&m[i], &work.message[i][first], sizeof(Lanes));
  std::memcpy(&total, &work.totals[first], sizeof total);
  for (std::size_t i = 0; i < 8; ++i) {
    v[i] = Lanes{} + state[i];
    v[i + 8] = Lanes{} + KeyedBlake2b::iv[i];
  }
  v[12] ^= total;
  v[14] = ~v[14];
  mix_round<0>(v, m);
  mix_round<1>(v, m);
  mix_round<2>(v, m);
  mix_round<3>(v, m);
  mix_round<4>(v, m);
  mix_round<5>(v, m);
  mix_round<6>(v, m);
  mix_round<7>(v, m);
  mix_round<8>(v, m);
  mix_round<9>(v, m);
  mix_round<10>(v, m);
  mix_round<11>(v, m);
  for (std::size_t i = 0; i < 8; ++i) {
    const Lanes result = (Lanes{} + state[i]) ^ v[i] ^ v[i + 8];
    std::memcpy(&work.results[i][first], &result, sizeof result);
  }
}

__attribute__((target("avx512f"))) void compress_octet(const Blake2bState& state, Work& work) {
  compress<Octet>(state, work, 0);
}
__attribute__((target("avx2"))) void compress_quads(const Blake2bState& state, Work& work) {
  compress<Quad>(state, work, 0);
  compress<Quad>(state, work, 4);
}
#undef CONFITURE_EACH_TARGET

using Compress = void (*)(const Blake2bState&, Work&);

Compress choose_compress() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) return compress_octet;
  if (__builtin_cpu_supports("avx2")) return compress_quads;
  return nullptr;
}

}  // namespace

bool finish_blake2b(const Blake2bBlocks& blocks, std::array<Blake2bState, blake2b_lanes>& states) {
  static const Compress chosen = choose_compress();
  if (chosen == nullptr) return false;
  Work work;
  for (std::size_t lane = 0; lane < blake2b_lanes; ++lane) {
    const std::string_view text = blocks.texts[lane];
    work.totals[lane] = blocks.so_far + text.size();
    std::size_t at = 0, word = 0;
    for (; at + 8 <= text.size(); at += 8, ++word)
      std::memcpy(&work.message[word][lane], text.data() + at, 8);
    if (at < text.size())
      std::memcpy(&work.message[word][lane], text.data() + at, text.size() - at);
  }
  chosen(blocks.state, work);
  for (std::size_t lane = 0; lane < blake2b_lanes; ++lane)
    for (std::size_t i = 0; i < 8; ++i) states[lane][i] = work.results[i][lane];
  return true;
}

}  // namespace plugins::common

#else

namespace plugins::common {

bool finish_blake2b(const Blake2bBlocks&, std::array<Blake2bState, blake2b_lanes>&) {
  return false;
}

}  // namespace plugins::common

#endif
