#include "luma.h"

#if defined(__x86_64__)

// The hardware prefetchers lag behind a loop that does so little with each byte.
enum { PREFETCH_BYTES = 2048 };

VK_AVX2 static inline __m256i sum_bytes_avx2(__m256i codes, __m256i low, __m256i high) {
  codes = _mm256_min_epu8(_mm256_max_epu8(codes, low), high);
  return _mm256_sad_epu8(codes, _mm256_setzero_si256());
}

VK_AVX2 static inline __m256i add_half_avx2(__m256i sum, const uint8_t *row, size_t count,
                                            uint8_t black, uint8_t white) {
  if (count < 32) {
    uint64_t total = 0;
    for (size_t x = 0; x < count; x++)
      total += row[x] < black ? black : row[x] > white ? white : row[x];
    return _mm256_add_epi64(sum, _mm256_setr_epi64x((long long)total, 0, 0, 0));
  }
  const __m256i low = _mm256_set1_epi8((char)black), high = _mm256_set1_epi8((char)white);
  __m256i second = _mm256_setzero_si256();
  size_t x = 0;
  for (; x + 64 <= count; x += 64) {
    _mm_prefetch((const char *)(row + x + PREFETCH_BYTES), _MM_HINT_T0);
    __m256i a = _mm256_loadu_si256((const __m256i *)(row + x));
    __m256i b = _mm256_loadu_si256((const __m256i *)(row + x + 32));
    sum = _mm256_add_epi64(sum, sum_bytes_avx2(a, low, high));
    second = _mm256_add_epi64(second, sum_bytes_avx2(b, low, high));
  }
  if (x + 32 <= count) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(row + x));
    sum = _mm256_add_epi64(sum, sum_bytes_avx2(a, low, high));
    x += 32;
  }
  if (x < count) {
    // The last 32 bytes of the row again, without those that are summed already.
    const __m256i index = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
                                           17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
                                           31);
    __m256i fresh = _mm256_cmpgt_epi8(index, _mm256_set1_epi8((char)(31 - (count - x))));
    __m256i a = _mm256_loadu_si256((const __m256i *)(row + count - 32));
    a = _mm256_and_si256(_mm256_min_epu8(_mm256_max_epu8(a, low), high), fresh);
    second = _mm256_add_epi64(second, _mm256_sad_epu8(a, _mm256_setzero_si256()));
  }
  return _mm256_add_epi64(sum, second);
}

VK_AVX2 static inline uint64_t total_avx2(__m256i sum) {
  __m128i pair = _mm_add_epi64(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  return (uint64_t)_mm_cvtsi128_si64(pair) + (uint64_t)_mm_extract_epi64(pair, 1);
}

// Either counts all codes or samples those of the grid, while their row is still in the cache;
// returns the place behind the samples.
VK_INLINE VK_AVX2 uint8_t *walk(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                                uint8_t black, uint8_t white, struct vk_quarter_sums *sums,
                                uint32_t (*counters)[256], const struct vk_grid *grid,
                                uint8_t *samples) {
  const size_t left = width / 2, step = grid ? grid->column_step : 1;
  size_t next = grid ? grid->first_row : 0, start = 0;
  for (int lower = 0; lower < 2; lower++) {
    const size_t end = lower ? height : height / 2;
    __m256i left_sum = _mm256_setzero_si256(), right_sum = left_sum;
    for (size_t y = lower ? height / 2 : 0; y < end; y++) {
      const uint8_t *row = plane + (ptrdiff_t)y * stride;
      left_sum = add_half_avx2(left_sum, row, left, black, white);
      right_sum = add_half_avx2(right_sum, row + left, width - left, black, white);
      if (counters) count_codes(row, width, counters);
      if (grid && y == next) {
        samples = take_codes(row, width, start, step, samples);
        start = (start + step / 2 + 1) % step;
        next += grid->row_step;
      }
    }
    sums->quarter[2 * lower] = total_avx2(left_sum);
    sums->quarter[2 * lower + 1] = total_avx2(right_sum);
  }
  return samples;
}

VK_AVX2 void vk_luma_histogram_avx2(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                    size_t height, uint8_t black, uint8_t white,
                                    struct vk_quarter_sums *sums, uint32_t histogram[256]) {
  uint32_t counters[LANES][256] = {{0}};
  walk(plane, stride, width, height, black, white, sums, counters, NULL, NULL);
  merge_counters(counters, histogram);
}

VK_AVX2 size_t vk_luma_samples_avx2(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                    size_t height, uint8_t black, uint8_t white,
                                    const struct vk_grid *grid, struct vk_quarter_sums *sums,
                                    uint8_t *samples) {
  uint8_t *end = walk(plane, stride, width, height, black, white, sums, NULL, grid, samples);
  return (size_t)(end - samples);
}

#endif
