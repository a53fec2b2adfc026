#include "luma.h"

#if defined(VK_HAS_NEON)

// A 16-bit lane gains at most 2 * 255 a step: 128 steps stay below 2^16.
enum { STEPS_BEFORE_OVERFLOW = 128 };

static inline uint8x16_t clamp(uint8x16_t codes, uint8_t black, uint8_t white) {
  return vminq_u8(vmaxq_u8(codes, vdupq_n_u8(black)), vdupq_n_u8(white));
}

// The sum of the clamped codes of half a row.
static inline uint64_t sum_half(const uint8_t *row, size_t count, uint8_t black, uint8_t white) {
  uint64_t total = 0;
  if (count < 16) {
    for (size_t x = 0; x < count; x++)
      total += row[x] < black ? black : row[x] > white ? white : row[x];
    return total;
  }
  size_t x = 0;
  while (x + 16 <= count) {
    uint16x8_t first = vdupq_n_u16(0), second = first;
    for (int step = 0; step < STEPS_BEFORE_OVERFLOW && x + 16 <= count; step++) {
      first = vpadalq_u8(first, clamp(vld1q_u8(row + x), black, white));
      x += 16;
      if (x + 16 > count) break;
      second = vpadalq_u8(second, clamp(vld1q_u8(row + x), black, white));
      x += 16;
    }
    total += vaddlvq_u16(first) + (uint64_t)vaddlvq_u16(second);
  }
  if (x < count) {
    // The last 16 codes of the row again, without those that are summed already.
    static const uint8_t places[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const uint8x16_t fresh =
        vcgeq_u8(vld1q_u8(places), vdupq_n_u8((uint8_t)(16 - (count - x))));
    const uint8x16_t codes = clamp(vld1q_u8(row + count - 16), black, white);
    total += vaddlvq_u8(vandq_u8(codes, fresh));
  }
  return total;
}

// Either counts all codes or samples those of the grid, while their row is still in the cache;
// returns the place behind the samples.
VK_INLINE uint8_t *walk(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                        uint8_t black, uint8_t white, struct vk_quarter_sums *sums,
                        uint32_t (*counters)[256], const struct vk_grid *grid, uint8_t *samples) {
  const size_t half = width / 2, step = grid ? grid->column_step : 1;
  size_t next = grid ? grid->first_row : 0, start = 0;
  for (int lower = 0; lower < 2; lower++) {
    const size_t end = lower ? height : height / 2;
    uint64_t left = 0, right = 0;
    for (size_t y = lower ? height / 2 : 0; y < end; y++) {
      const uint8_t *row = plane + (ptrdiff_t)y * stride;
      left += sum_half(row, half, black, white);
      right += sum_half(row + half, width - half, black, white);
      if (counters) count_codes(row, width, counters);
      if (grid && y == next) {
        samples = take_codes(row, width, start, step, samples);
        start = (start + step / 2 + 1) % step;
        next += grid->row_step;
      }
    }
    sums->quarter[2 * lower] = left;
    sums->quarter[2 * lower + 1] = right;
  }
  return samples;
}

void vk_luma_histogram_neon(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                            uint8_t black, uint8_t white, struct vk_quarter_sums *sums,
                            uint32_t histogram[256]) {
  uint32_t counters[LANES][256] = {{0}};
  walk(plane, stride, width, height, black, white, sums, counters, NULL, NULL);
  merge_counters(counters, histogram);
}

size_t vk_luma_samples_neon(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                            uint8_t black, uint8_t white, const struct vk_grid *grid,
                            struct vk_quarter_sums *sums, uint8_t *samples) {
  uint8_t *end = walk(plane, stride, width, height, black, white, sums, NULL, grid, samples);
  return (size_t)(end - samples);
}

#endif
