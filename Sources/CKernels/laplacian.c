#include "kernels.h"

// The sum of a discrete Laplacian telescopes: only the outer two rings of pixels remain.
static int64_t telescoped_sum(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height) {
  const uint8_t *last = plane + (ptrdiff_t)(height - 1) * stride;
  int64_t sum = 0;
  for (size_t x = 1; x + 1 < width; x++)
    sum += plane[x] - plane[stride + (ptrdiff_t)x] + last[x] - last[(ptrdiff_t)x - stride];
  for (size_t y = 1; y + 1 < height; y++) {
    const uint8_t *row = plane + (ptrdiff_t)y * stride;
    sum += row[0] - row[1] + row[width - 1] - row[width - 2];
  }
  return sum;
}

static inline int64_t squared_laplacian(const uint8_t *pixel, ptrdiff_t stride) {
  int value = pixel[-stride] + pixel[stride] + pixel[-1] + pixel[1] - 4 * pixel[0];
  return (int64_t)value * value;
}

// A 32-bit lane gains at most 2 * 1020^2 a step: 512 steps stay below 2^31.
enum { STEPS_BEFORE_OVERFLOW = 512 };

#if defined(__x86_64__)

VK_AVX2 static inline int64_t total_avx2(__m256i sums) {
  __m256i wide = _mm256_add_epi64(_mm256_cvtepu32_epi64(_mm256_castsi256_si128(sums)),
                                  _mm256_cvtepu32_epi64(_mm256_extracti128_si256(sums, 1)));
  __m128i pair =
      _mm_add_epi64(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
  return _mm_cvtsi128_si64(pair) + _mm_extract_epi64(pair, 1);
}

VK_AVX2 void vk_laplacian_sums_avx2(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                    size_t height, int64_t *sum, int64_t *sum_of_squares) {
  const __m256i zero = _mm256_setzero_si256(), ones = _mm256_set1_epi8(1);
  int64_t squares = 0;
  for (size_t y = 1; y + 1 < height; y++) {
    const uint8_t *row = plane + (ptrdiff_t)y * stride;
    size_t x = 1;
    while (x + 32 < width) {
      __m256i low = zero, high = zero;
      for (int step = 0; step < STEPS_BEFORE_OVERFLOW && x + 32 < width; step++, x += 32) {
        const uint8_t *pixel = row + x;
        __m256i up = _mm256_loadu_si256((const __m256i *)(pixel - stride));
        __m256i down = _mm256_loadu_si256((const __m256i *)(pixel + stride));
        __m256i left = _mm256_loadu_si256((const __m256i *)(pixel - 1));
        __m256i right = _mm256_loadu_si256((const __m256i *)(pixel + 1));
        __m256i centre = _mm256_loadu_si256((const __m256i *)pixel);
        // Interleaving two neighbours lets one multiply-add widen and add them.
        __m256i a = _mm256_add_epi16(
            _mm256_maddubs_epi16(_mm256_unpacklo_epi8(up, down), ones),
            _mm256_maddubs_epi16(_mm256_unpacklo_epi8(left, right), ones));
        __m256i b = _mm256_add_epi16(
            _mm256_maddubs_epi16(_mm256_unpackhi_epi8(up, down), ones),
            _mm256_maddubs_epi16(_mm256_unpackhi_epi8(left, right), ones));
        a = _mm256_sub_epi16(a, _mm256_slli_epi16(_mm256_unpacklo_epi8(centre, zero), 2));
        b = _mm256_sub_epi16(b, _mm256_slli_epi16(_mm256_unpackhi_epi8(centre, zero), 2));
        low = _mm256_add_epi32(low, _mm256_madd_epi16(a, a));
        high = _mm256_add_epi32(high, _mm256_madd_epi16(b, b));
      }
      squares += total_avx2(low) + total_avx2(high);
    }
    for (; x + 1 < width; x++) squares += squared_laplacian(row + x, stride);
  }
  *sum = telescoped_sum(plane, stride, width, height);
  *sum_of_squares = squares;
}

VK_AVX512 static inline int64_t total_avx512(__m512i sums) {
  return _mm512_reduce_add_epi64(
      _mm512_add_epi64(_mm512_cvtepu32_epi64(_mm512_castsi512_si256(sums)),
                       _mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(sums, 1))));
}

VK_AVX512 void vk_laplacian_sums_avx512(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                        size_t height, int64_t *sum, int64_t *sum_of_squares) {
  const __m512i zero = _mm512_setzero_si512(), ones = _mm512_set1_epi8(1);
  int64_t squares = 0;
  for (size_t y = 1; y + 1 < height; y++) {
    const uint8_t *row = plane + (ptrdiff_t)y * stride;
    size_t x = 1;
    while (x + 1 < width) {
      __m512i low = zero, high = zero;
      for (int step = 0; step < STEPS_BEFORE_OVERFLOW && x + 1 < width; step++, x += 64) {
        const uint8_t *pixel = row + x;
        size_t rest = width - 1 - x;
        // Lanes beyond the row load as zero, so that their Laplacian is zero.
        __mmask64 valid = rest >= 64 ? ~(__mmask64)0 : (~(__mmask64)0 >> (64 - rest));
        __m512i up = _mm512_maskz_loadu_epi8(valid, pixel - stride);
        __m512i down = _mm512_maskz_loadu_epi8(valid, pixel + stride);
        __m512i left = _mm512_maskz_loadu_epi8(valid, pixel - 1);
        __m512i right = _mm512_maskz_loadu_epi8(valid, pixel + 1);
        __m512i centre = _mm512_maskz_loadu_epi8(valid, pixel);
        __m512i a = _mm512_add_epi16(
            _mm512_maddubs_epi16(_mm512_unpacklo_epi8(up, down), ones),
            _mm512_maddubs_epi16(_mm512_unpacklo_epi8(left, right), ones));
        __m512i b = _mm512_add_epi16(
            _mm512_maddubs_epi16(_mm512_unpackhi_epi8(up, down), ones),
            _mm512_maddubs_epi16(_mm512_unpackhi_epi8(left, right), ones));
        a = _mm512_sub_epi16(a, _mm512_slli_epi16(_mm512_unpacklo_epi8(centre, zero), 2));
        b = _mm512_sub_epi16(b, _mm512_slli_epi16(_mm512_unpackhi_epi8(centre, zero), 2));
        low = _mm512_dpwssd_epi32(low, a, a);
        high = _mm512_dpwssd_epi32(high, b, b);
      }
      squares += total_avx512(low) + total_avx512(high);
    }
  }
  *sum = telescoped_sum(plane, stride, width, height);
  *sum_of_squares = squares;
}

#elif defined(VK_HAS_NEON)

// The Laplacian of eight pixels.
static inline int16x8_t laplacian(uint8x8_t up, uint8x8_t down, uint8x8_t left, uint8x8_t right,
                                  uint8x8_t centre) {
  const uint16x8_t around = vaddq_u16(vaddl_u8(up, down), vaddl_u8(left, right));
  return vreinterpretq_s16_u16(vsubq_u16(around, vshll_n_u8(centre, 2)));
}

static inline int32x4_t add_squares(int32x4_t sums, int16x8_t values) {
  sums = vmlal_s16(sums, vget_low_s16(values), vget_low_s16(values));
  return vmlal_high_s16(sums, values, values);
}

void vk_laplacian_sums_neon(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                            int64_t *sum, int64_t *sum_of_squares) {
  int64_t squares = 0;
  for (size_t y = 1; y + 1 < height; y++) {
    const uint8_t *row = plane + (ptrdiff_t)y * stride;
    size_t x = 1;
    while (x + 16 < width) {
      int32x4_t low = vdupq_n_s32(0), high = low;
      for (int step = 0; step < STEPS_BEFORE_OVERFLOW && x + 16 < width; step++, x += 16) {
        const uint8_t *pixel = row + x;
        const uint8x16_t up = vld1q_u8(pixel - stride), down = vld1q_u8(pixel + stride);
        const uint8x16_t left = vld1q_u8(pixel - 1), right = vld1q_u8(pixel + 1);
        const uint8x16_t centre = vld1q_u8(pixel);
        low = add_squares(low, laplacian(vget_low_u8(up), vget_low_u8(down), vget_low_u8(left),
                                         vget_low_u8(right), vget_low_u8(centre)));
        high = add_squares(high, laplacian(vget_high_u8(up), vget_high_u8(down),
                                           vget_high_u8(left), vget_high_u8(right),
                                           vget_high_u8(centre)));
      }
      squares += vaddlvq_s32(low) + vaddlvq_s32(high);
    }
    for (; x + 1 < width; x++) squares += squared_laplacian(row + x, stride);
  }
  *sum = telescoped_sum(plane, stride, width, height);
  *sum_of_squares = squares;
}

#endif
