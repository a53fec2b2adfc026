#include "kernels.h"

static inline uint8_t clamp_byte(int32_t value) {
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

// The part of a pixel that its chroma decides, in units of 2^-14.
static inline int32_t chroma_part(int cb, int cr, int from_cb, int from_cr, int32_t offset) {
  return (cb - 128) * from_cb + (cr - 128) * from_cr + offset;
}

// From chroma sample `x` to the end of `rows` (1 or 2) rows of luma and their row of chroma.
static inline void convert_rest(const struct vk_ycbcr_conversion *c, size_t x, size_t width,
                                int rows, const struct vk_picture *from,
                                const struct vk_mutable_picture *to) {
  for (; 2 * x < width; x++) {
    const int b = from->cb[x], r = from->cr[x];
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

#if defined(__x86_64__)

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
  convert_rest(c, x, width, rows, from, to);
}

#elif defined(VK_HAS_NEON)

// What `cb` and `cr`, which are centred at 0, add up to with their weights.
struct parts {
  int32x4_t low, high;
};

static inline struct parts mix_parts(int16x8_t cb, int16x8_t cr, int16_t from_cb, int16_t from_cr,
                                     int32x4_t offset) {
  struct parts parts;
  parts.low = vmlal_n_s16(offset, vget_low_s16(cb), from_cb);
  parts.low = vmlal_n_s16(parts.low, vget_low_s16(cr), from_cr);
  parts.high = vmlal_high_n_s16(offset, cb, from_cb);
  parts.high = vmlal_high_n_s16(parts.high, cr, from_cr);
  return parts;
}

// Units of 2^-14 as codes; what is beyond them is clamped.
static inline uint8x8_t codes_of(struct parts parts) {
  return vqmovn_u16(
      vcombine_u16(vqshrun_n_s32(parts.low, 14), vqshrun_n_s32(parts.high, 14)));
}

static inline uint8x8_t mix_luma(uint8x8_t codes, struct parts parts, int16_t gain) {
  const int16x8_t luma = vreinterpretq_s16_u16(vmovl_u8(codes));
  parts.low = vmlal_n_s16(parts.low, vget_low_s16(luma), gain);
  parts.high = vmlal_high_n_s16(parts.high, luma, gain);
  return codes_of(parts);
}

static inline int16x8_t centred(const uint8_t *codes) {
  return vreinterpretq_s16_u16(vsubl_u8(vld1_u8(codes), vdup_n_u8(128)));
}

// One row of chroma and the `rows` (1 or 2) rows of luma that share it.
static void convert_rows(const struct vk_ycbcr_conversion *c, size_t width, int rows,
                         const struct vk_picture *from, const struct vk_mutable_picture *to) {
  const int32x4_t luma_offset = vdupq_n_s32(c->luma_offset);
  const int32x4_t chroma_offset = vdupq_n_s32(c->chroma_offset);
  size_t x = 0;
  for (; 2 * (x + 8) <= width; x += 8) {
    const int16x8_t cb = centred(from->cb + x), cr = centred(from->cr + x);
    const struct parts part = mix_parts(cb, cr, c->luma_cb, c->luma_cr, luma_offset);
    for (int row = 0; row < rows; row++) {
      // The left and right samples of eight blocks.
      uint8x8x2_t luma = vld2_u8(from->luma + row * from->luma_stride + 2 * x);
      luma.val[0] = mix_luma(luma.val[0], part, c->luma_gain);
      luma.val[1] = mix_luma(luma.val[1], part, c->luma_gain);
      vst2_u8(to->luma + row * to->luma_stride + 2 * x, luma);
    }
    vst1_u8(to->cb + x, codes_of(mix_parts(cb, cr, c->cb_cb, c->cb_cr, chroma_offset)));
    vst1_u8(to->cr + x, codes_of(mix_parts(cb, cr, c->cr_cb, c->cr_cr, chroma_offset)));
  }
  convert_rest(c, x, width, rows, from, to);
}

#endif

#if defined(__x86_64__) || defined(VK_HAS_NEON)

static inline void convert_picture(const struct vk_ycbcr_conversion *conversion,
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

#if defined(__x86_64__)
VK_AVX2 void vk_convert_ycbcr_avx2(const struct vk_ycbcr_conversion *conversion,
                                   const struct vk_picture *from,
                                   const struct vk_mutable_picture *to, size_t width,
                                   size_t height) {
  convert_picture(conversion, from, to, width, height);
}
#elif defined(VK_HAS_NEON)
void vk_convert_ycbcr_neon(const struct vk_ycbcr_conversion *conversion,
                           const struct vk_picture *from, const struct vk_mutable_picture *to,
                           size_t width, size_t height) {
  convert_picture(conversion, from, to, width, height);
}
#endif
