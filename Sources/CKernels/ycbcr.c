#include "kernels.h"

#if defined(__x86_64__)

static inline uint8_t clamp_byte(int32_t value) {
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

// The part of a pixel that its chroma decides, in units of 2^-14.
static inline int32_t chroma_part(int cb, int cr, int from_cb, int from_cr, int32_t offset) {
  return (cb - 128) * from_cb + (cr - 128) * from_cr + offset;
}

// Two 16-bit factors for one multiply-add.
VK_AVX2 static inline __m256i factors(int16_t even, int16_t odd) {
  return _mm256_set1_epi32((int32_t)(uint16_t)even | (int32_t)((uint32_t)(uint16_t)odd << 16));
}

// 16 samples from the interleaved chroma pairs `low` and `high`.
VK_AVX2 static inline __m128i mix_chroma(__m256i low, __m256i high, __m256i weights,
                                         __m256i offset) {
  low = _mm256_srai_epi32(_mm256_add_epi32(_mm256_madd_epi16(low, weights), offset), 14);
  high = _mm256_srai_epi32(_mm256_add_epi32(_mm256_madd_epi16(high, weights), offset), 14);
  __m256i words = _mm256_packs_epi32(low, high);
  return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

// 16 luma samples in 16-bit lanes, each pair with the part of its chroma sample.
VK_AVX2 static inline __m256i mix_luma(__m256i luma, __m256i part, __m256i even_gain,
                                       __m256i odd_gain) {
  __m256i even = _mm256_add_epi32(_mm256_madd_epi16(luma, even_gain), part);
  __m256i odd = _mm256_add_epi32(_mm256_madd_epi16(luma, odd_gain), part);
  even = _mm256_srai_epi32(even, 14);
  odd = _mm256_slli_epi32(_mm256_srai_epi32(odd, 14), 16);
  return _mm256_blend_epi16(even, odd, 0xAA);
}

// One row of chroma and the `rows` (1 or 2) rows of luma that share it.
VK_AVX2 static void convert_rows(const struct vk_ycbcr_conversion *c, size_t width, int rows,
                                 const struct vk_picture *from,
                                 const struct vk_mutable_picture *to) {
  const uint8_t *cb = from->cb, *cr = from->cr;
  const __m256i zero = _mm256_setzero_si256(), middle = _mm256_set1_epi16(128);
  const __m256i luma_weights = factors(c->luma_cb, c->luma_cr);
  const __m256i cb_weights = factors(c->cb_cb, c->cb_cr);
  const __m256i cr_weights = factors(c->cr_cb, c->cr_cr);
  const __m256i even_gain = factors(c->luma_gain, 0), odd_gain = factors(0, c->luma_gain);
  const __m256i luma_offset = _mm256_set1_epi32(c->luma_offset);
  const __m256i chroma_offset = _mm256_set1_epi32(c->chroma_offset);
  const size_t chroma_width = (width + 1) / 2;
  size_t x = 0;
  for (; 2 * (x + 16) <= width; x += 16) {
    __m256i cb16 = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(cb + x)));
    __m256i cr16 = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(cr + x)));
    cb16 = _mm256_sub_epi16(cb16, middle);
    cr16 = _mm256_sub_epi16(cr16, middle);
    __m256i low = _mm256_unpacklo_epi16(cb16, cr16), high = _mm256_unpackhi_epi16(cb16, cr16);
    __m256i low_part = _mm256_add_epi32(_mm256_madd_epi16(low, luma_weights), luma_offset);
    __m256i high_part = _mm256_add_epi32(_mm256_madd_epi16(high, luma_weights), luma_offset);
    for (int row = 0; row < rows; row++) {
      // Unpacking splits luma in the same order as it split chroma, and packing undoes it.
      const uint8_t *luma = from->luma + row * from->luma_stride + 2 * x;
      __m256i y = _mm256_loadu_si256((const __m256i *)luma);
      __m256i first = mix_luma(_mm256_unpacklo_epi8(y, zero), low_part, even_gain, odd_gain);
      __m256i second = mix_luma(_mm256_unpackhi_epi8(y, zero), high_part, even_gain, odd_gain);
      _mm256_storeu_si256((__m256i *)(to->luma + row * to->luma_stride + 2 * x),
                          _mm256_packus_epi16(first, second));
    }
    _mm_storeu_si128((__m128i *)(to->cb + x), mix_chroma(low, high, cb_weights, chroma_offset));
    _mm_storeu_si128((__m128i *)(to->cr + x), mix_chroma(low, high, cr_weights, chroma_offset));
  }
  for (; x < chroma_width; x++) {
    const int b = cb[x], r = cr[x];
    const int32_t part = chroma_part(b, r, c->luma_cb, c->luma_cr, c->luma_offset);
    const size_t end = 2 * x + 2 < width ? 2 * x + 2 : width;
    for (int row = 0; row < rows; row++) {
      const uint8_t *luma = from->luma + row * from->luma_stride;
      uint8_t *converted = to->luma + row * to->luma_stride;
      for (size_t i = 2 * x; i < end; i++)
        converted[i] = clamp_byte((luma[i] * c->luma_gain + part) >> 14);
    }
    to->cb[x] = clamp_byte(chroma_part(b, r, c->cb_cb, c->cb_cr, c->chroma_offset) >> 14);
    to->cr[x] = clamp_byte(chroma_part(b, r, c->cr_cb, c->cr_cr, c->chroma_offset) >> 14);
  }
}

VK_AVX2 void vk_convert_ycbcr_avx2(const struct vk_ycbcr_conversion *conversion,
                                   const struct vk_picture *from,
                                   const struct vk_mutable_picture *to, size_t width,
                                   size_t height) {
  struct vk_picture source = *from;
  struct vk_mutable_picture target = *to;
  for (size_t y = 0; y < height; y += 2) {
    convert_rows(conversion, width, height - y > 1 ? 2 : 1, &source, &target);
    source.luma += 2 * source.luma_stride;
    source.cb += source.chroma_stride;
    source.cr += source.chroma_stride;
    target.luma += 2 * target.luma_stride;
    target.cb += target.chroma_stride;
    target.cr += target.chroma_stride;
  }
}

#endif
