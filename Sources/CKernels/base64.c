#include "kernels.h"

static const char alphabet[64] = {
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P',
    'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f',
    'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '/'};

static inline void encode_triple(const uint8_t *in, uint8_t *out) {
  uint32_t bits = (uint32_t)in[0] << 16 | (uint32_t)in[1] << 8 | in[2];
  for (int i = 0; i < 4; i++) out[i] = (uint8_t)alphabet[bits >> (18 - 6 * i) & 63];
}

#if defined(__x86_64__)

// Every 6-bit value falls in one of five runs of characters; within a run the distance from value
// to character is constant.
VK_AVX2 static inline __m256i characters(__m256i values) {
  const __m256i distances = _mm256_setr_epi8(
      'a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
      '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0, 'a' - 26, '0' - 52, '0' - 52, '0' - 52,
      '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A',
      0, 0);
  // 0...51 become 0, and 52...63 become 1...12; then 0...25 become 13.
  __m256i run = _mm256_subs_epu8(values, _mm256_set1_epi8(51));
  __m256i upper_case = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), values);
  run = _mm256_or_si256(run, _mm256_and_si256(upper_case, _mm256_set1_epi8(13)));
  return _mm256_add_epi8(values, _mm256_shuffle_epi8(distances, run));
}

VK_AVX2 size_t vk_base64_triples_avx2(const uint8_t *bytes, size_t count, uint8_t *out) {
  // Each lane takes 12 bytes; a triple b0 b1 b2 is laid out as b1 b0 b2 b1, so that both of its
  // 16-bit halves hold two of the four values.
  const __m256i order =
      _mm256_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10, 1, 0, 2, 1, 4, 3, 5, 4, 7,
                       6, 8, 7, 10, 9, 11, 10);
  size_t i = 0, o = 0;
  // Loads reach 28 bytes: 12 + 16.
  for (; i + 28 <= count; i += 24, o += 32) {
    __m256i in = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(bytes + i))),
        _mm_loadu_si128((const __m128i *)(bytes + i + 12)), 1);
    in = _mm256_shuffle_epi8(in, order);
    // A multiplication is a shift by a different amount in every 16-bit lane.
    __m256i first_and_third = _mm256_mulhi_epu16(
        _mm256_and_si256(in, _mm256_set1_epi32(0x0FC0FC00)), _mm256_set1_epi32(0x04000040));
    __m256i second_and_fourth = _mm256_mullo_epi16(
        _mm256_and_si256(in, _mm256_set1_epi32(0x003F03F0)), _mm256_set1_epi32(0x01000010));
    __m256i values = _mm256_or_si256(first_and_third, second_and_fourth);
    _mm256_storeu_si256((__m256i *)(out + o), characters(values));
  }
  for (; i + 3 <= count; i += 3, o += 4) encode_triple(bytes + i, out + o);
  return i;
}

VK_AVX512 size_t vk_base64_triples_avx512(const uint8_t *bytes, size_t count, uint8_t *out) {
  const __m512i table = _mm512_loadu_si512(alphabet);
  // A triple b0 b1 b2 is laid out as b1 b0 b2 b1 in each 32-bit lane.
  __m512i order = _mm512_setzero_si512();
  {
    uint8_t places[64];
    for (int lane = 0; lane < 16; lane++) {
      places[4 * lane] = (uint8_t)(3 * lane + 1);
      places[4 * lane + 1] = (uint8_t)(3 * lane);
      places[4 * lane + 2] = (uint8_t)(3 * lane + 2);
      places[4 * lane + 3] = (uint8_t)(3 * lane + 1);
    }
    order = _mm512_loadu_si512(places);
  }
  // Where each value's six bits begin in its 64-bit lane.
  const __m512i shifts = _mm512_set1_epi64(0x3036242A1016040A);
  const __mmask64 load = ((__mmask64)1 << 48) - 1;
  size_t i = 0, o = 0;
  for (; i + 48 <= count; i += 48, o += 64) {
    __m512i in = _mm512_permutexvar_epi8(order, _mm512_maskz_loadu_epi8(load, bytes + i));
    __m512i values = _mm512_multishift_epi64_epi8(shifts, in);
    // The look-up takes the low six bits of each index.
    _mm512_storeu_si512(out + o, _mm512_permutexvar_epi8(values, table));
  }
  for (; i + 3 <= count; i += 3, o += 4) encode_triple(bytes + i, out + o);
  return i;
}

#elif defined(VK_HAS_NEON)

size_t vk_base64_triples_neon(const uint8_t *bytes, size_t count, uint8_t *out) {
  const uint8x16x4_t table = vld1q_u8_x4((const uint8_t *)alphabet);
  const uint8x16_t six_bits = vdupq_n_u8(63);
  size_t i = 0, o = 0;
  for (; i + 48 <= count; i += 48, o += 64) {
    // The load deals the bytes of sixteen triples out to three registers; the store takes one
    // character from each of four.
    const uint8x16x3_t in = vld3q_u8(bytes + i);
    uint8x16x4_t values;
    values.val[0] = vshrq_n_u8(in.val[0], 2);
    values.val[1] = vsriq_n_u8(vshlq_n_u8(in.val[0], 4), in.val[1], 4);
    values.val[2] = vsriq_n_u8(vshlq_n_u8(in.val[1], 2), in.val[2], 6);
    values.val[3] = in.val[2];
    for (int k = 0; k < 4; k++)
      values.val[k] = vqtbl4q_u8(table, vandq_u8(values.val[k], six_bits));
    vst4q_u8(out + o, values);
  }
  for (; i + 3 <= count; i += 3, o += 4) encode_triple(bytes + i, out + o);
  return i;
}

#endif
