#include "kernels.h"

// What a row has left from column `x` on; `upper` and `lower` hold `width` samples.
#define HALVE_REST(name, sample)                                                            \
  static inline void name(const sample *upper, const sample *lower, sample *out, size_t x,  \
                          size_t width) {                                                   \
    for (; x < width; x += 2) {                                                             \
      const size_t next = x + 1 < width ? x + 1 : x;                                        \
      const uint32_t left = (uint32_t)upper[x] + lower[x];                                  \
      const uint32_t right = (uint32_t)upper[next] + lower[next];                           \
      out[x / 2] = (sample)((left + right + 2) >> 2);                                       \
    }                                                                                       \
  }

HALVE_REST(halve_rest_of_bytes, uint8_t)
HALVE_REST(halve_rest_of_words, uint16_t)

#if defined(__x86_64__)

// One output row.
VK_AVX2 static inline void halve_row_of_bytes(const uint8_t *upper, const uint8_t *lower,
                                              uint8_t *out, size_t width) {
  const __m256i ones = _mm256_set1_epi8(1), half = _mm256_set1_epi16(2);
  size_t x = 0;
  for (; x + 64 <= width; x += 64) {
    __m256i sums[2];
    for (int i = 0; i < 2; i++) {
      __m256i a = _mm256_loadu_si256((const __m256i *)(upper + x + 32 * i));
      __m256i b = _mm256_loadu_si256((const __m256i *)(lower + x + 32 * i));
      sums[i] = _mm256_add_epi16(_mm256_maddubs_epi16(a, ones), _mm256_maddubs_epi16(b, ones));
      sums[i] = _mm256_srli_epi16(_mm256_add_epi16(sums[i], half), 2);
    }
    __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(sums[0], sums[1]), 0xD8);
    _mm256_storeu_si256((__m256i *)(out + x / 2), bytes);
  }
  halve_rest_of_bytes(upper, lower, out, x, width);
}

VK_AVX2 void vk_halve_bytes_avx2(const uint8_t *source, ptrdiff_t stride, size_t width,
                                 size_t height, uint8_t *out, ptrdiff_t out_stride) {
  for (size_t y = 0; y < height; y += 2) {
    const uint8_t *upper = source + (ptrdiff_t)y * stride;
    halve_row_of_bytes(upper, y + 1 < height ? upper + stride : upper,
                       out + (ptrdiff_t)(y / 2) * out_stride, width);
  }
}

VK_AVX2 static inline void halve_row_of_words(const uint16_t *upper, const uint16_t *lower,
                                              uint16_t *out, size_t width) {
  const __m256i low = _mm256_set1_epi32(0xFFFF), half = _mm256_set1_epi32(2);
  size_t x = 0;
  for (; x + 32 <= width; x += 32) {
    __m256i sums[2];
    for (int i = 0; i < 2; i++) {
      __m256i a = _mm256_loadu_si256((const __m256i *)(upper + x + 16 * i));
      __m256i b = _mm256_loadu_si256((const __m256i *)(lower + x + 16 * i));
      __m256i even = _mm256_add_epi32(_mm256_and_si256(a, low), _mm256_and_si256(b, low));
      __m256i odd = _mm256_add_epi32(_mm256_srli_epi32(a, 16), _mm256_srli_epi32(b, 16));
      sums[i] = _mm256_add_epi32(_mm256_add_epi32(even, odd), half);
      sums[i] = _mm256_srli_epi32(sums[i], 2);
    }
    __m256i words = _mm256_permute4x64_epi64(_mm256_packus_epi32(sums[0], sums[1]), 0xD8);
    _mm256_storeu_si256((__m256i *)(out + x / 2), words);
  }
  halve_rest_of_words(upper, lower, out, x, width);
}

VK_AVX2 void vk_halve_words_avx2(const uint16_t *source, ptrdiff_t stride, size_t width,
                                 size_t height, uint16_t *out, ptrdiff_t out_stride) {
  for (size_t y = 0; y < height; y += 2) {
    const uint16_t *upper = source + (ptrdiff_t)y * stride;
    halve_row_of_words(upper, y + 1 < height ? upper + stride : upper,
                       out + (ptrdiff_t)(y / 2) * out_stride, width);
  }
}

#elif defined(VK_HAS_NEON)

void vk_halve_bytes_neon(const uint8_t *source, ptrdiff_t stride, size_t width, size_t height,
                         uint8_t *out, ptrdiff_t out_stride) {
  for (size_t y = 0; y < height; y += 2, out += out_stride) {
    const uint8_t *upper = source + (ptrdiff_t)y * stride;
    const uint8_t *lower = y + 1 < height ? upper + stride : upper;
    size_t x = 0;
    for (; x + 32 <= width; x += 32) {
      uint16x8_t low = vpaddlq_u8(vld1q_u8(upper + x));
      uint16x8_t high = vpaddlq_u8(vld1q_u8(upper + x + 16));
      low = vpadalq_u8(low, vld1q_u8(lower + x));
      high = vpadalq_u8(high, vld1q_u8(lower + x + 16));
      vst1q_u8(out + x / 2, vrshrn_high_n_u16(vrshrn_n_u16(low, 2), high, 2));
    }
    halve_rest_of_bytes(upper, lower, out, x, width);
  }
}

void vk_halve_words_neon(const uint16_t *source, ptrdiff_t stride, size_t width, size_t height,
                         uint16_t *out, ptrdiff_t out_stride) {
  for (size_t y = 0; y < height; y += 2, out += out_stride) {
    const uint16_t *upper = source + (ptrdiff_t)y * stride;
    const uint16_t *lower = y + 1 < height ? upper + stride : upper;
    size_t x = 0;
    for (; x + 16 <= width; x += 16) {
      uint32x4_t low = vpaddlq_u16(vld1q_u16(upper + x));
      uint32x4_t high = vpaddlq_u16(vld1q_u16(upper + x + 8));
      low = vpadalq_u16(low, vld1q_u16(lower + x));
      high = vpadalq_u16(high, vld1q_u16(lower + x + 8));
      vst1q_u16(out + x / 2, vrshrn_high_n_u32(vrshrn_n_u32(low, 2), high, 2));
    }
    halve_rest_of_words(upper, lower, out, x, width);
  }
}

#endif
