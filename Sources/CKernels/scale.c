#include "kernels.h"

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
  for (; x < width; x++) {
    int32_t sum = 64;
    for (size_t k = 0; k < taps; k++)
      sum += weights[k] * source[(ptrdiff_t)k * stride + (ptrdiff_t)x];
    out[x] = (int16_t)(sum >> 7);
  }
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
  for (; i < count; i++) {
    int32_t sum = 1 << 20;
    for (size_t k = 0; k < taps; k++) sum += weights[i * taps + k] * row[starts[i] + (ptrdiff_t)k];
    out[i] = (uint8_t)(sum >> 21);
  }
}

#endif
