#include "kernels.h"

static inline void transpose_scalar(const uint8_t *source, ptrdiff_t source_stride,
                                    uint8_t *destination, ptrdiff_t destination_stride, size_t x0,
                                    size_t x1, size_t y0, size_t y1) {
  for (size_t x = x0; x < x1; x++)
    for (size_t y = y0; y < y1; y++)
      destination[(ptrdiff_t)x * destination_stride + (ptrdiff_t)y] =
          source[(ptrdiff_t)y * source_stride + (ptrdiff_t)x];
}

#if defined(__x86_64__)

// One round of a transpose: interleaves row i with row i + 8. Four rounds turn 16 rows into 16
// columns, in each 128-bit lane on its own.
VK_AVX2 static inline void interleave(const __m256i in[16], __m256i out[16]) {
  for (int i = 0; i < 8; i++) {
    out[2 * i] = _mm256_unpacklo_epi8(in[i], in[i + 8]);
    out[2 * i + 1] = _mm256_unpackhi_epi8(in[i], in[i + 8]);
  }
}

// 16 rows of 32 bytes become 32 rows of 16 bytes.
VK_AVX2 static inline void transpose_block(const uint8_t *source, ptrdiff_t source_stride,
                                           uint8_t *destination, ptrdiff_t destination_stride) {
  __m256i a[16], b[16];
  for (int i = 0; i < 16; i++)
    a[i] = _mm256_loadu_si256((const __m256i *)(source + i * source_stride));
  interleave(a, b);
  interleave(b, a);
  interleave(a, b);
  interleave(b, a);
  for (int i = 0; i < 16; i++) {
    uint8_t *row = destination + i * destination_stride;
    _mm_storeu_si128((__m128i *)row, _mm256_castsi256_si128(a[i]));
    _mm_storeu_si128((__m128i *)(row + 16 * destination_stride), _mm256_extracti128_si256(a[i], 1));
  }
}

VK_AVX2 void vk_transpose_avx2(const uint8_t *source, ptrdiff_t source_stride,
                               uint8_t *destination, ptrdiff_t destination_stride, size_t width,
                               size_t height) {
  const size_t whole_width = width / 32 * 32, whole_height = height / 16 * 16;
  // Bands of 64 rows: each pass over 32 columns then fills whole cache lines of the destination.
  for (size_t band = 0; band < whole_height; band += 64) {
    size_t end = band + 64 < whole_height ? band + 64 : whole_height;
    for (size_t x = 0; x < whole_width; x += 32)
      for (size_t y = band; y < end; y += 16)
        transpose_block(source + (ptrdiff_t)y * source_stride + (ptrdiff_t)x, source_stride,
                        destination + (ptrdiff_t)x * destination_stride + (ptrdiff_t)y,
                        destination_stride);
  }
  transpose_scalar(source, source_stride, destination, destination_stride, whole_width, width, 0,
                   whole_height);
  transpose_scalar(source, source_stride, destination, destination_stride, 0, width, whole_height,
                   height);
}

VK_AVX2 void vk_reverse_rows_avx2(const uint8_t *source, ptrdiff_t source_stride,
                                  uint8_t *destination, ptrdiff_t destination_stride, size_t width,
                                  size_t height) {
  const __m256i backwards =
      _mm256_setr_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10,
                       9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  for (size_t y = 0; y < height; y++) {
    const uint8_t *from = source + (ptrdiff_t)y * source_stride;
    uint8_t *to = destination + (ptrdiff_t)y * destination_stride;
    size_t x = 0;
    for (; x + 32 <= width; x += 32) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(from + x));
      // Reverse within the lanes, then swap the lanes.
      bytes = _mm256_permute4x64_epi64(_mm256_shuffle_epi8(bytes, backwards), 0x4E);
      _mm256_storeu_si256((__m256i *)(to + width - 32 - x), bytes);
    }
    for (; x < width; x++) to[width - 1 - x] = from[x];
  }
}

#elif defined(VK_HAS_NEON)

// One round of a transpose: interleaves row i with row i + 8. Four rounds turn 16 rows into 16
// columns.
static inline void interleave(const uint8x16_t in[16], uint8x16_t out[16]) {
  for (int i = 0; i < 8; i++) {
    out[2 * i] = vzip1q_u8(in[i], in[i + 8]);
    out[2 * i + 1] = vzip2q_u8(in[i], in[i + 8]);
  }
}

static inline void transpose_block(const uint8_t *source, ptrdiff_t source_stride,
                                   uint8_t *destination, ptrdiff_t destination_stride) {
  uint8x16_t a[16], b[16];
  for (int i = 0; i < 16; i++) a[i] = vld1q_u8(source + i * source_stride);
  interleave(a, b);
  interleave(b, a);
  interleave(a, b);
  interleave(b, a);
  for (int i = 0; i < 16; i++) vst1q_u8(destination + i * destination_stride, a[i]);
}

void vk_transpose_neon(const uint8_t *source, ptrdiff_t source_stride, uint8_t *destination,
                       ptrdiff_t destination_stride, size_t width, size_t height) {
  const size_t whole_width = width / 16 * 16, whole_height = height / 16 * 16;
  // Bands of 64 rows: each pass over 16 columns then fills whole cache lines of the destination.
  for (size_t band = 0; band < whole_height; band += 64) {
    size_t end = band + 64 < whole_height ? band + 64 : whole_height;
    for (size_t x = 0; x < whole_width; x += 16)
      for (size_t y = band; y < end; y += 16)
        transpose_block(source + (ptrdiff_t)y * source_stride + (ptrdiff_t)x, source_stride,
                        destination + (ptrdiff_t)x * destination_stride + (ptrdiff_t)y,
                        destination_stride);
  }
  transpose_scalar(source, source_stride, destination, destination_stride, whole_width, width, 0,
                   whole_height);
  transpose_scalar(source, source_stride, destination, destination_stride, 0, width, whole_height,
                   height);
}

static inline uint8x16_t reversed(uint8x16_t bytes) {
  // Reverse within the halves, then swap the halves.
  bytes = vrev64q_u8(bytes);
  return vextq_u8(bytes, bytes, 8);
}

void vk_reverse_rows_neon(const uint8_t *source, ptrdiff_t source_stride, uint8_t *destination,
                          ptrdiff_t destination_stride, size_t width, size_t height) {
  for (size_t y = 0; y < height; y++) {
    const uint8_t *from = source + (ptrdiff_t)y * source_stride;
    uint8_t *to = destination + (ptrdiff_t)y * destination_stride;
    size_t x = 0;
    for (; x + 64 <= width; x += 64) {
      const uint8x16x4_t in = vld1q_u8_x4(from + x);
      uint8x16x4_t out;
      for (int i = 0; i < 4; i++) out.val[i] = reversed(in.val[3 - i]);
      vst1q_u8_x4(to + width - 64 - x, out);
    }
    for (; x + 16 <= width; x += 16)
      vst1q_u8(to + width - 16 - x, reversed(vld1q_u8(from + x)));
    for (; x < width; x++) to[width - 1 - x] = from[x];
  }
}

#endif
