// The tone map and the warp as plain loops, after ToneMap+Reference.swift and WarpReference.swift.

#include "parity.h"

void reference_warp_row(const struct vk_warp *, float, float, float, float, size_t, float *);
void reference_tone_map(const struct vk_tone_map *, const struct vk_deep_picture *,
                        const struct vk_mutable_picture *, size_t, size_t);

enum { NEXT_CR = 33, NEXT_CB = 33 * 65 };

struct cell {
  ptrdiff_t base;
  int32_t weights[4];
};

static int32_t twelve_bits(uint16_t code, int depth) {
  const int32_t scaled = depth <= 12 ? (int32_t)code << (12 - depth) : code >> (depth - 12);
  return scaled < 4095 ? scaled : 4095;
}

static uint8_t interpolate(const struct cell *cell, const int16_t *table, int32_t luma) {
  static const int edges[4] = {0, NEXT_CR, NEXT_CB, NEXT_CB + NEXT_CR};
  const int16_t *first = table + cell->base + (luma >> 7);
  const int32_t share = luma & 127;
  int32_t sum = 1 << 18;
  for (int i = 0; i < 4; i++) {
    const int16_t *edge = first + edges[i];
    sum += ((edge[0] * (128 - share) + edge[1] * share + 64) >> 7) * cell->weights[i];
  }
  return (uint8_t)(sum >> 19);
}

void reference_tone_map(const struct vk_tone_map *map, const struct vk_deep_picture *from,
                        const struct vk_mutable_picture *to, size_t width, size_t height) {
  for (size_t y = 0; 2 * y < height; y++)
    for (size_t x = 0; 2 * x < width; x++) {
      const ptrdiff_t chroma = (ptrdiff_t)y * from->chroma_stride + (ptrdiff_t)x;
      const int32_t cb = twelve_bits(from->cb[chroma], map->bit_depth);
      const int32_t cr = twelve_bits(from->cr[chroma], map->bit_depth);
      const int32_t blue = cb & 63, red = cr & 63;
      const struct cell cell = {
          (cb >> 6) * NEXT_CB + (cr >> 6) * NEXT_CR,
          {(64 - blue) * (64 - red), (64 - blue) * red, blue * (64 - red), blue * red}};
      int32_t sum = 0, count = 0;
      for (size_t j = 2 * y; j < 2 * y + 2 && j < height; j++)
        for (size_t i = 2 * x; i < 2 * x + 2 && i < width; i++) {
          const int32_t code = twelve_bits(
              from->luma[(ptrdiff_t)j * from->luma_stride + (ptrdiff_t)i], map->bit_depth);
          sum += code;
          count++;
          to->luma[(ptrdiff_t)j * to->luma_stride + (ptrdiff_t)i] =
              interpolate(&cell, map->luma, code);
        }
      const int32_t mean = (sum + count / 2) / count;
      const ptrdiff_t out = (ptrdiff_t)y * to->chroma_stride + (ptrdiff_t)x;
      to->cb[out] = interpolate(&cell, map->cb, mean);
      to->cr[out] = interpolate(&cell, map->cr, mean);
    }
}

static float between(float value, float low, float high) {
  return value < low ? low : value > high ? high : value;
}

static float sample_of(const struct vk_warp *warp, const void *samples, ptrdiff_t index) {
  return warp->sample_bytes == 1 ? ((const uint8_t *)samples)[index]
                                 : ((const uint16_t *)samples)[index];
}

static float mix(float from, float to, float share) { return from + share * (to - from); }

static float sample(const struct vk_warp *warp, const void *samples,
                    const struct vk_warp_grid *grid, float x, float y) {
  x = between(x * grid->scale_x + grid->offset_x, 0, (float)(grid->width - 1));
  y = between(y * grid->scale_y + grid->offset_y, 0, (float)(grid->height - 1));
  const int last = grid->width > 1 ? grid->width - 2 : 0;
  const int column = (int)x < last ? (int)x : last, row = (int)y;
  const int below = row + 1 < grid->height ? row + 1 : row, next = grid->width > 1;
  const ptrdiff_t upper = (ptrdiff_t)row * grid->stride + column;
  const ptrdiff_t lower = (ptrdiff_t)below * grid->stride + column;
  const float right = x - (float)column, down = y - (float)row;
  return mix(mix(sample_of(warp, samples, upper), sample_of(warp, samples, upper + next), right),
             mix(sample_of(warp, samples, lower), sample_of(warp, samples, lower + next), right),
             down);
}

static void color_at(const struct vk_warp *warp, float x, float y, float rgb[3]) {
  rgb[0] = rgb[1] = rgb[2] = warp->low;
  // A position that is not a number is inside no picture.
  if (!(x >= 0 && x < warp->width && y >= 0 && y < warp->height)) return;
  const float grey =
      sample(warp, warp->luma, &warp->luma_grid, x, y) * warp->luma_scale + warp->luma_offset;
  float red = 0, green = 0, blue = 0;
  if (warp->cb && warp->cr) {
    const float cb = sample(warp, warp->cb, &warp->chroma_grid, x, y) - warp->chroma_middle;
    const float cr = sample(warp, warp->cr, &warp->chroma_grid, x, y) - warp->chroma_middle;
    red = cr * warp->red_cr;
    green = cb * warp->green_cb + cr * warp->green_cr;
    blue = cb * warp->blue_cb;
  }
  const float parts[3] = {red, green, blue};
  for (int i = 0; i < 3; i++) {
    float value = between(grey + parts[i], 0, 1);
    if (warp->tone) value = (float)warp->tone[(int)(value * (float)warp->tone_last + 0.5f)] / 255;
    rgb[i] = value * warp->span + warp->low;
  }
}

void reference_warp_row(const struct vk_warp *warp, float x, float y, float dx, float dy,
                        size_t count, float *out) {
  for (size_t i = 0; i < count; i++)
    color_at(warp, x + (float)i * dx, y + (float)i * dy, out + 3 * i);
}
