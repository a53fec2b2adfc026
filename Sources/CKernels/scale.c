#include <string.h>

#include "kernels.h"

static inline int16_t weigh_column(const uint8_t *source, ptrdiff_t stride, const int16_t *weights,
                                   size_t taps) {
  int32_t sum = 64;
  for (size_t k = 0; k < taps; k++) sum += weights[k] * source[(ptrdiff_t)k * stride];
  return (int16_t)(sum >> 7);
}

static inline uint8_t weigh_part(const int16_t *row, const int16_t *weights, size_t taps) {
  int32_t sum = 1 << 20;
  for (size_t k = 0; k < taps; k++) sum += weights[k] * row[k];
  return (uint8_t)(sum >> 21);
}

#if defined(__x86_64__)

VK_AVX2 void vk_weigh_rows_avx2(const uint8_t *source, ptrdiff_t stride, size_t width,
                                const int16_t *weights, size_t taps, int16_t *out) {
  const __m256i half = _mm256_set1_epi32(64);
  size_t x = 0;
  for (; x + 16 <= width; x += 16) {
    __m256i low = half, high = half;
    for (size_t k = 0; k < taps; k += 2) {
      // Two rows at a time; the last of an odd number stands in for its partner, with no weight.
      const int paired = k + 1 < taps;
      const uint8_t *row = source + (ptrdiff_t)k * stride + (ptrdiff_t)x;
      const uint32_t second = paired ? (uint16_t)weights[k + 1] : 0;
      const __m256i pair = _mm256_set1_epi32((int32_t)((uint16_t)weights[k] | second << 16));
      __m128i a = _mm_loadu_si128((const __m128i *)row);
      __m128i b = _mm_loadu_si128((const __m128i *)(row + (paired ? stride : 0)));
      __m256i first = _mm256_cvtepu8_epi16(_mm_unpacklo_epi8(a, b));
      __m256i last = _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(a, b));
      low = _mm256_add_epi32(low, _mm256_madd_epi16(first, pair));
      high = _mm256_add_epi32(high, _mm256_madd_epi16(last, pair));
    }
    __m256i words = _mm256_packs_epi32(_mm256_srai_epi32(low, 7), _mm256_srai_epi32(high, 7));
    _mm256_storeu_si256((__m256i *)(out + x), _mm256_permute4x64_epi64(words, 0xD8));
  }
  for (; x < width; x++) out[x] = weigh_column(source + x, stride, weights, taps);
}

// The weighted sum behind one output, as four partial sums.
VK_AVX2 static inline __m128i weigh(const int16_t *row, const int16_t *weights, size_t taps) {
  __m128i sum = _mm_setzero_si128();
  for (size_t k = 0; k < taps; k += 8)
    sum = _mm_add_epi32(sum, _mm_madd_epi16(_mm_loadu_si128((const __m128i *)(row + k)),
                                            _mm_loadu_si128((const __m128i *)(weights + k))));
  return sum;
}

VK_AVX2 void vk_weigh_columns_avx2(const int16_t *row, const int32_t *starts,
                                   const int16_t *weights, size_t taps, uint8_t *out,
                                   size_t count) {
  const __m128i half = _mm_set1_epi32(1 << 20);
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    __m128i sums[4];
    for (size_t k = 0; k < 4; k++)
      sums[k] = weigh(row + starts[i + k], weights + (i + k) * taps, taps);
    __m128i all =
        _mm_hadd_epi32(_mm_hadd_epi32(sums[0], sums[1]), _mm_hadd_epi32(sums[2], sums[3]));
    all = _mm_srai_epi32(_mm_add_epi32(all, half), 21);
    all = _mm_packus_epi16(_mm_packs_epi32(all, all), all);
    _mm_storeu_si32(out + i, all);
  }
  for (; i < count; i++) out[i] = weigh_part(row + starts[i], weights + i * taps, taps);
}

#elif defined(VK_HAS_NEON)

void vk_weigh_rows_neon(const uint8_t *source, ptrdiff_t stride, size_t width,
                        const int16_t *weights, size_t taps, int16_t *out) {
  const int32x4_t half = vdupq_n_s32(64);
  size_t x = 0;
  for (; x + 16 <= width; x += 16) {
    int32x4_t sums[4] = {half, half, half, half};
    for (size_t k = 0; k < taps; k++) {
      const uint8x16_t codes = vld1q_u8(source + (ptrdiff_t)k * stride + (ptrdiff_t)x);
      const int16x8_t low = vreinterpretq_s16_u16(vmovl_u8(vget_low_u8(codes)));
      const int16x8_t high = vreinterpretq_s16_u16(vmovl_high_u8(codes));
      sums[0] = vmlal_n_s16(sums[0], vget_low_s16(low), weights[k]);
      sums[1] = vmlal_high_n_s16(sums[1], low, weights[k]);
      sums[2] = vmlal_n_s16(sums[2], vget_low_s16(high), weights[k]);
      sums[3] = vmlal_high_n_s16(sums[3], high, weights[k]);
    }
    vst1q_s16(out + x, vshrn_high_n_s32(vshrn_n_s32(sums[0], 7), sums[1], 7));
    vst1q_s16(out + x + 8, vshrn_high_n_s32(vshrn_n_s32(sums[2], 7), sums[3], 7));
  }
  for (; x < width; x++) out[x] = weigh_column(source + x, stride, weights, taps);
}

// The weighted sum behind one output, as four partial sums.
static inline int32x4_t weigh(const int16_t *row, const int16_t *weights, size_t taps) {
  int32x4_t sum = vdupq_n_s32(0);
  for (size_t k = 0; k < taps; k += 8) {
    const int16x8_t samples = vld1q_s16(row + k), shares = vld1q_s16(weights + k);
    sum = vmlal_s16(sum, vget_low_s16(samples), vget_low_s16(shares));
    sum = vmlal_high_s16(sum, samples, shares);
  }
  return sum;
}

void vk_weigh_columns_neon(const int16_t *row, const int32_t *starts, const int16_t *weights,
                           size_t taps, uint8_t *out, size_t count) {
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    int32x4_t sums[4];
    for (size_t k = 0; k < 4; k++)
      sums[k] = weigh(row + starts[i + k], weights + (i + k) * taps, taps);
    int32x4_t all = vpaddq_s32(vpaddq_s32(sums[0], sums[1]), vpaddq_s32(sums[2], sums[3]));
    all = vrshrq_n_s32(all, 21);
    const uint16x4_t words = vmovn_u32(vreinterpretq_u32_s32(all));
    const uint8x8_t bytes = vmovn_u16(vcombine_u16(words, words));
    memcpy(out + i, &bytes, 4);
  }
  for (; i < count; i++) out[i] = weigh_part(row + starts[i], weights + i * taps, taps);
}

#endif
