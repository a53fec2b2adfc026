#include <string.h>

#include "kernels.h"

#if defined(__x86_64__)

// Counting is bound by the store-to-load delay of one counter; neighbours hold equal codes more
// often than not, so they go to counters of their own.
enum { LANES = 4 };

// The hardware prefetchers lag behind a loop that does so little with each byte.
enum { PREFETCH_BYTES = 2048 };

static inline void count_codes(const uint8_t *row, size_t width, size_t start, size_t step,
                               uint32_t counters[LANES][256]) {
  size_t x = start;
  if (step == 1) {
    for (; x + 8 <= width; x += 8) {
      uint64_t codes;
      memcpy(&codes, row + x, sizeof codes);
      counters[0][codes & 255]++;
      counters[1][codes >> 8 & 255]++;
      counters[2][codes >> 16 & 255]++;
      counters[3][codes >> 24 & 255]++;
      counters[0][codes >> 32 & 255]++;
      counters[1][codes >> 40 & 255]++;
      counters[2][codes >> 48 & 255]++;
      counters[3][codes >> 56]++;
    }
  } else {
    for (; x + 3 * step < width; x += 4 * step) {
      counters[0][row[x]]++;
      counters[1][row[x + step]]++;
      counters[2][row[x + 2 * step]]++;
      counters[3][row[x + 3 * step]]++;
    }
  }
  for (; x < width; x += step) counters[0][row[x]]++;
}

static inline void merge_counters(uint32_t counters[LANES][256], uint32_t histogram[256]) {
  for (int code = 0; code < 256; code++)
    histogram[code] =
        counters[0][code] + counters[1][code] + counters[2][code] + counters[3][code];
}

// The walk over the rows is the same at every level; only the registers differ. ADD_HALF adds half
// a row to a register, TOTAL sums the register's lanes. The grid is counted while its row is still
// in the cache.
#define WALK_ROWS(VECTOR, ZERO, ADD_HALF, TOTAL)                                    \
  do {                                                                              \
    uint32_t counters[LANES][256] = {{0}};                                          \
    const size_t left = width / 2, top = height / 2;                                \
    size_t until_sample = 0, start = 0;                                             \
    for (int lower = 0; lower < 2; lower++) {                                       \
      VECTOR left_sum = ZERO, right_sum = ZERO;                                     \
      for (size_t y = lower ? top : 0; y < (lower ? height : top); y++) {           \
        const uint8_t *row = plane + (ptrdiff_t)y * stride;                         \
        left_sum = ADD_HALF(left_sum, row, left, black, white);                     \
        right_sum = ADD_HALF(right_sum, row + left, width - left, black, white);    \
        if (until_sample == 0) {                                                    \
          count_codes(row, width, start, step, counters);                           \
          start = (start + step / 2 + 1) % step;                                    \
          until_sample = step;                                                      \
        }                                                                           \
        until_sample--;                                                             \
      }                                                                             \
      sums[2 * lower] = TOTAL(left_sum);                                            \
      sums[2 * lower + 1] = TOTAL(right_sum);                                       \
    }                                                                               \
    merge_counters(counters, histogram);                                            \
  } while (0)

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

VK_AVX2 void vk_luma_statistics_avx2(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                     size_t height, uint8_t black, uint8_t white, size_t step,
                                     uint64_t sums[4], uint32_t histogram[256]) {
  WALK_ROWS(__m256i, _mm256_setzero_si256(), add_half_avx2, total_avx2);
}

VK_AVX512 static inline __m512i add_half_avx512(__m512i sum, const uint8_t *row, size_t count,
                                                uint8_t black, uint8_t white) {
  const __m512i zero = _mm512_setzero_si512();
  const __m512i low = _mm512_set1_epi8((char)black), high = _mm512_set1_epi8((char)white);
  __m512i second = zero;
  size_t x = 0;
  for (; x + 128 <= count; x += 128) {
    _mm_prefetch((const char *)(row + x + PREFETCH_BYTES), _MM_HINT_T0);
    _mm_prefetch((const char *)(row + x + PREFETCH_BYTES + 64), _MM_HINT_T0);
    __m512i a = _mm512_loadu_si512(row + x), b = _mm512_loadu_si512(row + x + 64);
    a = _mm512_min_epu8(_mm512_max_epu8(a, low), high);
    b = _mm512_min_epu8(_mm512_max_epu8(b, low), high);
    sum = _mm512_add_epi64(sum, _mm512_sad_epu8(a, zero));
    second = _mm512_add_epi64(second, _mm512_sad_epu8(b, zero));
  }
  for (; x < count; x += 64) {
    size_t rest = count - x;
    __mmask64 valid = rest >= 64 ? ~(__mmask64)0 : (~(__mmask64)0 >> (64 - rest));
    __m512i a = _mm512_maskz_loadu_epi8(valid, row + x);
    a = _mm512_maskz_min_epu8(valid, _mm512_max_epu8(a, low), high);
    sum = _mm512_add_epi64(sum, _mm512_sad_epu8(a, zero));
  }
  return _mm512_add_epi64(sum, second);
}

VK_AVX512 void vk_luma_statistics_avx512(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                         size_t height, uint8_t black, uint8_t white, size_t step,
                                         uint64_t sums[4], uint32_t histogram[256]) {
  WALK_ROWS(__m512i, _mm512_setzero_si512(), add_half_avx512,
            (uint64_t)_mm512_reduce_add_epi64);
}

#endif
