#include "kernels.h"

#if defined(__x86_64__)

// Where eight output pixels fall on a plane.
struct taps {
  // Of the upper and lower left neighbour, moved back where a 32-bit load would pass the end.
  __m256i upper, lower;
  // Bits by which that moved the samples.
  __m256i upper_shift, lower_shift;
  // How far towards the right and the lower neighbours.
  __m256 right, down;
};

VK_AVX2 static inline __m256 between(__m256 value, float high) {
  // In this order of operands, a NaN becomes 0.
  return _mm256_min_ps(_mm256_max_ps(value, _mm256_setzero_ps()), _mm256_set1_ps(high));
}

VK_AVX2 static inline struct taps locate(const struct vk_warp_grid *grid, int sample_bytes,
                                         __m256 x, __m256 y) {
  x = _mm256_add_ps(_mm256_mul_ps(x, _mm256_set1_ps(grid->scale_x)),
                    _mm256_set1_ps(grid->offset_x));
  y = _mm256_add_ps(_mm256_mul_ps(y, _mm256_set1_ps(grid->scale_y)),
                    _mm256_set1_ps(grid->offset_y));
  x = between(x, (float)(grid->width - 1));
  y = between(y, (float)(grid->height - 1));
  const __m256i last_x = _mm256_set1_epi32(grid->width > 1 ? grid->width - 2 : 0);
  __m256i column = _mm256_min_epi32(_mm256_cvttps_epi32(x), last_x), row = _mm256_cvttps_epi32(y);
  __m256i next = _mm256_min_epi32(_mm256_add_epi32(row, _mm256_set1_epi32(1)),
                                  _mm256_set1_epi32(grid->height - 1));
  const __m256i stride = _mm256_set1_epi32(grid->stride);
  __m256i upper = _mm256_add_epi32(_mm256_mullo_epi32(row, stride), column);
  __m256i lower = _mm256_add_epi32(_mm256_mullo_epi32(next, stride), column);
  const __m256i limit = _mm256_set1_epi32(grid->count - 4 / sample_bytes);
  struct taps taps;
  taps.upper = _mm256_min_epi32(upper, limit);
  taps.lower = _mm256_min_epi32(lower, limit);
  const int bits = sample_bytes == 1 ? 3 : 4;
  taps.upper_shift = _mm256_slli_epi32(_mm256_sub_epi32(upper, taps.upper), bits);
  taps.lower_shift = _mm256_slli_epi32(_mm256_sub_epi32(lower, taps.lower), bits);
  taps.right = _mm256_sub_ps(x, _mm256_cvtepi32_ps(column));
  taps.down = _mm256_sub_ps(y, _mm256_cvtepi32_ps(row));
  return taps;
}

VK_AVX2 static inline __m256 mix(__m256 from, __m256 to, __m256 share) {
  return _mm256_fmadd_ps(share, _mm256_sub_ps(to, from), from);
}

// The two neighbours of a row are the low and the next sample of one 32-bit load.
VK_AVX2 static inline __m256 mix_row(const void *samples, int sample_bytes, __m256i offset,
                                     __m256i shift, __m256 right) {
  __m256i pair = sample_bytes == 1 ? _mm256_i32gather_epi32(samples, offset, 1)
                                   : _mm256_i32gather_epi32(samples, offset, 2);
  pair = _mm256_srlv_epi32(pair, shift);
  const int bits = 8 * sample_bytes;
  const __m256i mask = _mm256_set1_epi32(sample_bytes == 1 ? 0xFF : 0xFFFF);
  __m256 near = _mm256_cvtepi32_ps(_mm256_and_si256(pair, mask));
  __m256 far = _mm256_cvtepi32_ps(_mm256_and_si256(_mm256_srli_epi32(pair, bits), mask));
  return mix(near, far, right);
}

VK_AVX2 static inline __m256 sample(const void *samples, int sample_bytes,
                                    const struct taps *taps) {
  return mix(mix_row(samples, sample_bytes, taps->upper, taps->upper_shift, taps->right),
             mix_row(samples, sample_bytes, taps->lower, taps->lower_shift, taps->right),
             taps->down);
}

// The component brought to 0...1, through the tone table, then to the tensor's range.
VK_AVX2 static inline __m256 finish(const struct vk_warp *warp, __m256 value, __m256 outside) {
  value = between(value, 1);
  if (warp->tone) {
    __m256i index = _mm256_cvttps_epi32(_mm256_add_ps(
        _mm256_mul_ps(value, _mm256_set1_ps((float)warp->tone_last)), _mm256_set1_ps(0.5f)));
    __m256i luma = _mm256_and_si256(_mm256_i32gather_epi32((const int *)warp->tone, index, 1),
                                    _mm256_set1_epi32(255));
    value = _mm256_mul_ps(_mm256_cvtepi32_ps(luma), _mm256_set1_ps(1.0f / 255));
  }
  value = _mm256_fmadd_ps(value, _mm256_set1_ps(warp->span), _mm256_set1_ps(warp->low));
  return _mm256_blendv_ps(value, _mm256_set1_ps(warp->low), outside);
}

// r0 g0 b0 r1 ... from three registers of one component each.
VK_AVX2 static inline void store_interleaved(float *out, __m256 red, __m256 green, __m256 blue) {
  const __m256i red_order = _mm256_setr_epi32(0, 3, 6, 1, 4, 7, 2, 5);
  const __m256i green_order = _mm256_setr_epi32(5, 0, 3, 6, 1, 4, 7, 2);
  const __m256i blue_order = _mm256_setr_epi32(2, 5, 0, 3, 6, 1, 4, 7);
  red = _mm256_permutevar8x32_ps(red, red_order);
  green = _mm256_permutevar8x32_ps(green, green_order);
  blue = _mm256_permutevar8x32_ps(blue, blue_order);
  _mm256_storeu_ps(out, _mm256_blend_ps(_mm256_blend_ps(red, green, 0x92), blue, 0x24));
  _mm256_storeu_ps(out + 8, _mm256_blend_ps(_mm256_blend_ps(green, blue, 0x49), red, 0x92));
  _mm256_storeu_ps(out + 16, _mm256_blend_ps(_mm256_blend_ps(green, blue, 0x92), red, 0x24));
}

VK_AVX2 static inline void warp_eight(const struct vk_warp *warp, int sample_bytes, __m256 x,
                                      __m256 y, float *out) {
  const __m256 zero = _mm256_setzero_ps();
  __m256 inside = _mm256_and_ps(
      _mm256_and_ps(_mm256_cmp_ps(x, zero, _CMP_GE_OQ),
                    _mm256_cmp_ps(x, _mm256_set1_ps(warp->width), _CMP_LT_OQ)),
      _mm256_and_ps(_mm256_cmp_ps(y, zero, _CMP_GE_OQ),
                    _mm256_cmp_ps(y, _mm256_set1_ps(warp->height), _CMP_LT_OQ)));
  __m256 outside = _mm256_xor_ps(inside, _mm256_castsi256_ps(_mm256_set1_epi32(-1)));
  struct taps taps = locate(&warp->luma_grid, sample_bytes, x, y);
  __m256 luma = sample(warp->luma, sample_bytes, &taps);
  luma = _mm256_fmadd_ps(luma, _mm256_set1_ps(warp->luma_scale), _mm256_set1_ps(warp->luma_offset));
  if (!warp->cb) {
    __m256 grey = finish(warp, luma, outside);
    store_interleaved(out, grey, grey, grey);
    return;
  }
  taps = locate(&warp->chroma_grid, sample_bytes, x, y);
  const __m256 middle = _mm256_set1_ps(warp->chroma_middle);
  __m256 cb = _mm256_sub_ps(sample(warp->cb, sample_bytes, &taps), middle);
  __m256 cr = _mm256_sub_ps(sample(warp->cr, sample_bytes, &taps), middle);
  __m256 red = _mm256_fmadd_ps(cr, _mm256_set1_ps(warp->red_cr), luma);
  __m256 green = _mm256_fmadd_ps(cb, _mm256_set1_ps(warp->green_cb), luma);
  green = _mm256_fmadd_ps(cr, _mm256_set1_ps(warp->green_cr), green);
  __m256 blue = _mm256_fmadd_ps(cb, _mm256_set1_ps(warp->blue_cb), luma);
  store_interleaved(out, finish(warp, red, outside), finish(warp, green, outside),
                    finish(warp, blue, outside));
}

VK_AVX2 static inline void warp_row(const struct vk_warp *warp, int sample_bytes, float x, float y,
                                    float dx, float dy, size_t count, float *out) {
  __m256 step = _mm256_setr_ps(0, 1, 2, 3, 4, 5, 6, 7);
  for (size_t i = 0; i < count; i += 8) {
    __m256 columns = _mm256_mul_ps(step, _mm256_set1_ps(dx));
    __m256 rows = _mm256_mul_ps(step, _mm256_set1_ps(dy));
    columns = _mm256_add_ps(_mm256_set1_ps(x), columns);
    rows = _mm256_add_ps(_mm256_set1_ps(y), rows);
    if (i + 8 <= count) {
      warp_eight(warp, sample_bytes, columns, rows, out + 3 * i);
    } else {
      float last[24];
      warp_eight(warp, sample_bytes, columns, rows, last);
      for (size_t k = 0; k < 3 * (count - i); k++) out[3 * i + k] = last[k];
    }
    step = _mm256_add_ps(step, _mm256_set1_ps(8));
  }
}

VK_AVX2 void vk_warp_row_avx2(const struct vk_warp *warp, float x, float y, float dx, float dy,
                              size_t count, float *out) {
  if (warp->sample_bytes == 1)
    warp_row(warp, 1, x, y, dx, dy, count, out);
  else
    warp_row(warp, 2, x, y, dx, dy, count, out);
}

#endif
