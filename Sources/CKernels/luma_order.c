#include <string.h>

#include "kernels.h"

#if defined(__x86_64__)

// Codes are counted without a histogram: turned into bit planes, so that one bit of 512 codes
// fills a register, and compared bit by bit.
enum { ASKED = 3, GROUP = 512, GROUPS = VK_ORDERED_SAMPLES / GROUP };

// Functions of three bits as the ternary logic instruction wants them.
enum {
  // Whether a code is less than a limit, given the same for the bits below this one.
  LESS = 0x8e,  // (code, limit, less below): ~code & limit | ~(code ^ limit) & less below
  // Whether a code still agrees with the wanted one.
  AGREES = 0x90,  // (agreed above, code, wanted): agreed above & ~(code ^ wanted)
};

VK_AVX512 static inline __m512i every_bit(uint64_t code, int bit) {
  return _mm512_set1_epi64(-(long long)(code >> bit & 1));
}

// Bit `i` of 512 codes goes to planes[i]; the order of the codes is lost, but the same in all.
VK_AVX512 static inline void split_planes(const uint8_t *codes, __m512i planes[8]) {
  // Eight codes are a matrix of 8x8 bits; its product with the identity is its transpose here, a
  // byte of every bit.
  const __m512i identity = _mm512_set1_epi64((long long)0x8040201008040201);
  __m512i a[8], b[8];
  for (int i = 0; i < 8; i++)
    a[i] = _mm512_gf2p8affine_epi64_epi8(identity, _mm512_loadu_si512(codes + 64 * i), 0);
  // The bytes of one bit come together, pairs first; at the third step bits part for good.
  for (int i = 0; i < 4; i++) {
    b[i] = _mm512_unpacklo_epi8(a[2 * i], a[2 * i + 1]);
    b[i + 4] = _mm512_unpackhi_epi8(a[2 * i], a[2 * i + 1]);
  }
  for (int i = 0; i < 4; i++) {
    a[i] = _mm512_unpacklo_epi16(b[2 * i], b[2 * i + 1]);
    a[i + 4] = _mm512_unpackhi_epi16(b[2 * i], b[2 * i + 1]);
  }
  for (int half = 0; half < 8; half += 4) {
    for (int i = 0; i < 2; i++) {
      b[half + i] = _mm512_unpacklo_epi32(a[half + 2 * i], a[half + 2 * i + 1]);
      b[half + i + 2] = _mm512_unpackhi_epi32(a[half + 2 * i], a[half + 2 * i + 1]);
    }
  }
  for (int i = 0; i < 8; i += 2) {
    planes[i] = _mm512_unpacklo_epi64(b[i], b[i + 1]);
    planes[i + 1] = _mm512_unpackhi_epi64(b[i], b[i + 1]);
  }
}

VK_AVX512 static inline __m512i add_count(__m512i sum, __m512i bits) {
  return _mm512_add_epi64(sum, _mm512_popcnt_epi64(bits));
}

VK_AVX512 void vk_code_order_avx512(const uint8_t *samples, size_t count,
                                    struct vk_code_order *order) {
  __m512i planes[8][GROUPS], limits[ASKED][8];
  for (int i = 0; i < ASKED; i++)
    for (int bit = 0; bit < 8; bit++) limits[i][bit] = every_bit(order->limits[i], bit);

  const __m512i zero = _mm512_setzero_si512();
  __m512i below[ASKED] = {zero, zero, zero};
  // Codes by their upper two bits: 01, 10 and 11.
  __m512i second = zero, third = zero, fourth = zero;
  const size_t groups = (count + GROUP - 1) / GROUP;
  for (size_t g = 0; g < groups; g++) {
    const uint8_t *codes = samples + g * GROUP;
    uint8_t last[GROUP];
    if (count - g * GROUP < GROUP) {
      // Filled up with the greatest code, which is below no limit and behind every rank.
      memset(last, 255, GROUP);
      memcpy(last, codes, count - g * GROUP);
      codes = last;
    }
    __m512i own[8];
    split_planes(codes, own);
    for (int bit = 0; bit < 8; bit++) planes[bit][g] = own[bit];
    for (int i = 0; i < ASKED; i++) {
      __m512i less = zero;
      for (int bit = 0; bit < 8; bit++)
        less = _mm512_ternarylogic_epi64(own[bit], limits[i][bit], less, LESS);
      below[i] = add_count(below[i], less);
    }
    second = add_count(second, _mm512_andnot_si512(own[7], own[6]));
    third = add_count(third, _mm512_andnot_si512(own[6], own[7]));
    fourth = add_count(fourth, _mm512_and_si512(own[7], own[6]));
  }
  for (int i = 0; i < ASKED; i++) order->below[i] = (size_t)_mm512_reduce_add_epi64(below[i]);

  // Codes below each quarter of the range.
  size_t start[4] = {0};
  start[3] = groups * GROUP - (size_t)_mm512_reduce_add_epi64(fourth);
  start[2] = start[3] - (size_t)_mm512_reduce_add_epi64(third);
  start[1] = start[2] - (size_t)_mm512_reduce_add_epi64(second);

  // The code of a rank, from its upper bit down: among the codes that agree so far, as many as have
  // a zero here come first.
  __m512i agrees[ASKED][GROUPS];
  size_t rank[ASKED];
  uint64_t code[ASKED];
  for (int i = 0; i < ASKED; i++) {
    const size_t wanted = order->ranks[i];
    code[i] = (uint64_t)(wanted > start[1]) + (wanted > start[2]) + (wanted > start[3]);
    rank[i] = wanted - start[code[i]];
    const __m512i all = _mm512_set1_epi64(-1), chosen = every_bit(code[i], 1);
    for (size_t g = 0; g < groups; g++)
      agrees[i][g] = _mm512_ternarylogic_epi64(all, planes[7][g], chosen, AGREES);
  }
  for (int bit = 5; bit >= 0; bit--) {
    for (int i = 0; i < ASKED; i++) {
      const __m512i chosen = every_bit(code[i], 0);
      __m512i sum = zero;
      for (size_t g = 0; g < groups; g++) {
        __m512i now = _mm512_ternarylogic_epi64(agrees[i][g], planes[bit + 1][g], chosen, AGREES);
        agrees[i][g] = now;
        sum = add_count(sum, _mm512_andnot_si512(planes[bit][g], now));
      }
      const size_t zeros = (size_t)_mm512_reduce_add_epi64(sum);
      // Without a branch: there is nothing to predict.
      const uint64_t one = rank[i] > zeros;
      rank[i] -= zeros & -one;
      code[i] = 2 * code[i] + one;
    }
  }
  for (int i = 0; i < ASKED; i++) order->codes[i] = (uint8_t)code[i];
}

#endif
