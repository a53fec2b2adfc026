#include "kernels.h"

static inline uint8_t map_code(uint16_t code, const uint8_t *table, uint16_t last, int shift) {
  uint16_t index = (uint16_t)(code >> shift);
  return table[index < last ? index : last];
}

#if defined(__x86_64__)

VK_AVX2 static inline __m256i gather_bytes(const uint8_t *table, __m256i index) {
  __m256i words = _mm256_i32gather_epi32((const int *)table, index, 1);
  return _mm256_and_si256(words, _mm256_set1_epi32(255));
}

VK_AVX2 void vk_map_codes_avx2(const uint16_t *source, ptrdiff_t source_stride,
                               uint8_t *destination, ptrdiff_t destination_stride, size_t width,
                               size_t height, const uint8_t *table, uint16_t last, int shift) {
  const __m256i limit = _mm256_set1_epi16((short)last);
  const __m128i count = _mm_cvtsi32_si128(shift);
  for (size_t y = 0; y < height; y++) {
    const uint16_t *from = source + (ptrdiff_t)y * source_stride;
    uint8_t *to = destination + (ptrdiff_t)y * destination_stride;
    size_t x = 0;
    for (; x + 16 <= width; x += 16) {
      __m256i codes = _mm256_loadu_si256((const __m256i *)(from + x));
      codes = _mm256_min_epu16(_mm256_srl_epi16(codes, count), limit);
      __m256i low = gather_bytes(table, _mm256_cvtepu16_epi32(_mm256_castsi256_si128(codes)));
      __m256i high = gather_bytes(table, _mm256_cvtepu16_epi32(_mm256_extracti128_si256(codes, 1)));
      // Packing works within 128-bit lanes: 0 4 1 5 puts the quarters back in order.
      __m256i words = _mm256_permute4x64_epi64(_mm256_packus_epi32(low, high), 0xD8);
      __m128i bytes =
          _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
      _mm_storeu_si128((__m128i *)(to + x), bytes);
    }
    for (; x < width; x++) to[x] = map_code(from[x], table, last, shift);
  }
}

// A table of 1024 bytes (10-bit video) fits in 16 registers: every pair of them answers 7 bits of
// the index, and the three bits above choose the pair.
VK_AVX512 static void map_10_bit(const uint16_t *from, uint8_t *to, size_t width,
                                 const __m512i pairs[16], uint16_t last, int shift) {
  const __m512i limit = _mm512_set1_epi16((short)last);
  const __m128i count = _mm_cvtsi32_si128(shift);
  for (size_t x = 0; x < width; x += 64) {
    size_t rest = width - x;
    __mmask64 valid = rest >= 64 ? ~(__mmask64)0 : (~(__mmask64)0 >> (64 - rest));
    __m512i a = _mm512_maskz_loadu_epi16((__mmask32)valid, from + x);
    __m512i b = _mm512_setzero_si512();
    if (rest > 32) b = _mm512_maskz_loadu_epi16((__mmask32)(valid >> 32), from + x + 32);
    a = _mm512_min_epu16(_mm512_srl_epi16(a, count), limit);
    b = _mm512_min_epu16(_mm512_srl_epi16(b, count), limit);
    __m512i low = _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi16_epi8(a)),
                                     _mm512_cvtepi16_epi8(b), 1);
    __m512i high = _mm512_inserti64x4(
        _mm512_castsi256_si512(_mm512_cvtepi16_epi8(_mm512_srli_epi16(a, 7))),
        _mm512_cvtepi16_epi8(_mm512_srli_epi16(b, 7)), 1);
    __mmask64 bit0 = _mm512_test_epi8_mask(high, _mm512_set1_epi8(1));
    __mmask64 bit1 = _mm512_test_epi8_mask(high, _mm512_set1_epi8(2));
    __mmask64 bit2 = _mm512_test_epi8_mask(high, _mm512_set1_epi8(4));
    __m512i found[8];
    for (int pair = 0; pair < 8; pair++)
      found[pair] = _mm512_permutex2var_epi8(pairs[2 * pair], low, pairs[2 * pair + 1]);
    for (int pair = 0; pair < 4; pair++)
      found[pair] = _mm512_mask_blend_epi8(bit0, found[2 * pair], found[2 * pair + 1]);
    for (int pair = 0; pair < 2; pair++)
      found[pair] = _mm512_mask_blend_epi8(bit1, found[2 * pair], found[2 * pair + 1]);
    __m512i mapped = _mm512_mask_blend_epi8(bit2, found[0], found[1]);
    _mm512_mask_storeu_epi8(to + x, valid, mapped);
  }
}

VK_AVX512 void vk_map_codes_avx512(const uint16_t *source, ptrdiff_t source_stride,
                                   uint8_t *destination, ptrdiff_t destination_stride, size_t width,
                                   size_t height, const uint8_t *table, uint16_t last, int shift) {
  if (last != 1023) {
    vk_map_codes_avx2(source, source_stride, destination, destination_stride, width, height, table,
                      last, shift);
    return;
  }
  __m512i pairs[16];
  for (int i = 0; i < 16; i++) pairs[i] = _mm512_loadu_si512(table + 64 * i);
  for (size_t y = 0; y < height; y++)
    map_10_bit(source + (ptrdiff_t)y * source_stride,
               destination + (ptrdiff_t)y * destination_stride, width, pairs, last, shift);
}

#elif defined(VK_HAS_NEON)

// There is no gather: vectors make the indices, and each is looked up by itself.
void vk_map_codes_neon(const uint16_t *source, ptrdiff_t source_stride, uint8_t *destination,
                       ptrdiff_t destination_stride, size_t width, size_t height,
                       const uint8_t *table, uint16_t last, int shift) {
  const uint16x8_t limit = vdupq_n_u16(last);
  const int16x8_t down = vdupq_n_s16((int16_t)-shift);
  for (size_t y = 0; y < height; y++) {
    const uint16_t *from = source + (ptrdiff_t)y * source_stride;
    uint8_t *to = destination + (ptrdiff_t)y * destination_stride;
    size_t x = 0;
    for (; x + 8 <= width; x += 8) {
      const uint16x8_t codes = vminq_u16(vshlq_u16(vld1q_u16(from + x), down), limit);
      const uint64x2_t pairs = vreinterpretq_u64_u16(codes);
      const uint64_t four[2] = {vgetq_lane_u64(pairs, 0), vgetq_lane_u64(pairs, 1)};
      for (int k = 0; k < 8; k++) to[x + k] = table[four[k / 4] >> (16 * (k % 4)) & 0xFFFF];
    }
    for (; x < width; x++) to[x] = map_code(from[x], table, last, shift);
  }
}

#endif
