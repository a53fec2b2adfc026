#include <string.h>

#include "kernels.h"

#if defined(VK_HAS_NEON)

// Where four output pixels fall on a plane.
struct taps {
  // Of the upper and lower left neighbour, moved back where a load of two samples would pass the
  // end.
  int32x4_t upper, lower;
  // Bits by which that moved the samples, as a shift to the left.
  int32x4_t upper_shift, lower_shift;
  // How far towards the right and the lower neighbours.
  float32x4_t right, down;
};

static inline float32x4_t between(float32x4_t value, float high) {
  // The greater number of two: a NaN becomes 0.
  return vminnmq_f32(vmaxnmq_f32(value, vdupq_n_f32(0)), vdupq_n_f32(high));
}

static inline struct taps locate(const struct vk_warp_grid *grid, int sample_bytes, float32x4_t x,
                                 float32x4_t y) {
  x = vaddq_f32(vmulq_n_f32(x, grid->scale_x), vdupq_n_f32(grid->offset_x));
  y = vaddq_f32(vmulq_n_f32(y, grid->scale_y), vdupq_n_f32(grid->offset_y));
  x = between(x, (float)(grid->width - 1));
  y = between(y, (float)(grid->height - 1));
  const int32x4_t last_x = vdupq_n_s32(grid->width > 1 ? grid->width - 2 : 0);
  const int32x4_t column = vminq_s32(vcvtq_s32_f32(x), last_x), row = vcvtq_s32_f32(y);
  const int32x4_t next =
      vminq_s32(vaddq_s32(row, vdupq_n_s32(1)), vdupq_n_s32(grid->height - 1));
  const int32x4_t upper = vmlaq_n_s32(column, row, grid->stride);
  const int32x4_t lower = vmlaq_n_s32(column, next, grid->stride);
  const int32x4_t limit = vdupq_n_s32(grid->count - 2);
  const int bits = 8 * sample_bytes;
  struct taps taps;
  taps.upper = vminq_s32(upper, limit);
  taps.lower = vminq_s32(lower, limit);
  taps.upper_shift = vmulq_n_s32(vsubq_s32(taps.upper, upper), bits);
  taps.lower_shift = vmulq_n_s32(vsubq_s32(taps.lower, lower), bits);
  taps.right = vsubq_f32(x, vcvtq_f32_s32(column));
  taps.down = vsubq_f32(y, vcvtq_f32_s32(row));
  return taps;
}

static inline float32x4_t mix(float32x4_t from, float32x4_t to, float32x4_t share) {
  return vfmaq_f32(from, share, vsubq_f32(to, from));
}

// The two neighbours of a row, from one load.
static inline float32x4_t mix_row(const void *samples, int sample_bytes, int32x4_t offset,
                                  int32x4_t shift, float32x4_t right) {
  int32_t offsets[4];
  uint32_t pairs[4];
  vst1q_s32(offsets, offset);
  for (int i = 0; i < 4; i++) {
    if (sample_bytes == 1) {
      uint16_t pair;
      memcpy(&pair, (const uint8_t *)samples + offsets[i], sizeof pair);
      pairs[i] = pair;
    } else {
      memcpy(&pairs[i], (const uint16_t *)samples + offsets[i], sizeof pairs[i]);
    }
  }
  const uint32x4_t pair = vshlq_u32(vld1q_u32(pairs), shift);
  const uint32x4_t mask = vdupq_n_u32(sample_bytes == 1 ? 0xFF : 0xFFFF);
  const int32x4_t second = vdupq_n_s32(-8 * sample_bytes);
  const float32x4_t near = vcvtq_f32_u32(vandq_u32(pair, mask));
  const float32x4_t far = vcvtq_f32_u32(vandq_u32(vshlq_u32(pair, second), mask));
  return mix(near, far, right);
}

static inline float32x4_t sample(const void *samples, int sample_bytes, const struct taps *taps) {
  return mix(mix_row(samples, sample_bytes, taps->upper, taps->upper_shift, taps->right),
             mix_row(samples, sample_bytes, taps->lower, taps->lower_shift, taps->right),
             taps->down);
}

// The component brought to 0...1, through the tone table, then to the tensor's range.
static inline float32x4_t finish(const struct vk_warp *warp, float32x4_t value,
                                 uint32x4_t inside) {
  value = between(value, 1);
  if (warp->tone) {
    uint32_t entries[4];
    vst1q_u32(entries, vcvtq_u32_f32(vaddq_f32(vmulq_n_f32(value, (float)warp->tone_last),
                                               vdupq_n_f32(0.5f))));
    for (int i = 0; i < 4; i++) entries[i] = warp->tone[entries[i]];
    value = vmulq_n_f32(vcvtq_f32_u32(vld1q_u32(entries)), 1.0f / 255);
  }
  value = vfmaq_n_f32(vdupq_n_f32(warp->low), value, warp->span);
  return vbslq_f32(inside, value, vdupq_n_f32(warp->low));
}

static inline void warp_four(const struct vk_warp *warp, int sample_bytes, float32x4_t x,
                             float32x4_t y, float *out) {
  const uint32x4_t inside =
      vandq_u32(vandq_u32(vcgezq_f32(x), vcltq_f32(x, vdupq_n_f32(warp->width))),
                vandq_u32(vcgezq_f32(y), vcltq_f32(y, vdupq_n_f32(warp->height))));
  struct taps taps = locate(&warp->luma_grid, sample_bytes, x, y);
  float32x4_t luma = sample(warp->luma, sample_bytes, &taps);
  luma = vfmaq_n_f32(vdupq_n_f32(warp->luma_offset), luma, warp->luma_scale);
  float32x4x3_t rgb;
  if (!warp->cb) {
    rgb.val[0] = rgb.val[1] = rgb.val[2] = finish(warp, luma, inside);
    vst3q_f32(out, rgb);
    return;
  }
  taps = locate(&warp->chroma_grid, sample_bytes, x, y);
  const float32x4_t middle = vdupq_n_f32(warp->chroma_middle);
  const float32x4_t cb = vsubq_f32(sample(warp->cb, sample_bytes, &taps), middle);
  const float32x4_t cr = vsubq_f32(sample(warp->cr, sample_bytes, &taps), middle);
  const float32x4_t green = vfmaq_n_f32(luma, cb, warp->green_cb);
  rgb.val[0] = finish(warp, vfmaq_n_f32(luma, cr, warp->red_cr), inside);
  rgb.val[1] = finish(warp, vfmaq_n_f32(green, cr, warp->green_cr), inside);
  rgb.val[2] = finish(warp, vfmaq_n_f32(luma, cb, warp->blue_cb), inside);
  vst3q_f32(out, rgb);
}

VK_INLINE void warp_row(const struct vk_warp *warp, int sample_bytes, float x, float y, float dx,
                        float dy, size_t count, float *out) {
  static const float steps[4] = {0, 1, 2, 3};
  float32x4_t step = vld1q_f32(steps);
  for (size_t i = 0; i < count; i += 4) {
    const float32x4_t columns = vaddq_f32(vdupq_n_f32(x), vmulq_n_f32(step, dx));
    const float32x4_t rows = vaddq_f32(vdupq_n_f32(y), vmulq_n_f32(step, dy));
    if (i + 4 <= count) {
      warp_four(warp, sample_bytes, columns, rows, out + 3 * i);
    } else {
      float last[12];
      warp_four(warp, sample_bytes, columns, rows, last);
      memcpy(out + 3 * i, last, 3 * (count - i) * sizeof last[0]);
    }
    step = vaddq_f32(step, vdupq_n_f32(4));
  }
}

void vk_warp_row_neon(const struct vk_warp *warp, float x, float y, float dx, float dy,
                      size_t count, float *out) {
  if (warp->sample_bytes == 1)
    warp_row(warp, 1, x, y, dx, dy, count, out);
  else
    warp_row(warp, 2, x, y, dx, dy, count, out);
}

#endif
