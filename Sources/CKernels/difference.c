#include "kernels.h"

#if defined(__x86_64__)

VK_AVX2 uint64_t vk_absolute_difference_avx2(const uint8_t *a, ptrdiff_t a_stride, const uint8_t *b,
                                             ptrdiff_t b_stride, size_t width, size_t height) {
  __m256i sums = _mm256_setzero_si256();
  uint64_t rest = 0;
  for (size_t y = 0; y < height; y++) {
    const uint8_t *one = a + (ptrdiff_t)y * a_stride, *other = b + (ptrdiff_t)y * b_stride;
    size_t x = 0;
    for (; x + 32 <= width; x += 32)
      sums = _mm256_add_epi64(sums,
                              _mm256_sad_epu8(_mm256_loadu_si256((const __m256i *)(one + x)),
                                              _mm256_loadu_si256((const __m256i *)(other + x))));
    for (; x < width; x++)
      rest += (uint64_t)(one[x] > other[x] ? one[x] - other[x] : other[x] - one[x]);
  }
  __m128i pair = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  return rest + (uint64_t)_mm_cvtsi128_si64(pair) + (uint64_t)_mm_extract_epi64(pair, 1);
}

#endif
