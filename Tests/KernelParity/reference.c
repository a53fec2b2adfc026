// The kernels as plain loops, after the portable code in Sources/Kernels.

#include "parity.h"

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static uint8_t clamped(int32_t value, int32_t low, int32_t high) {
  return (uint8_t)(value < low ? low : value > high ? high : value);
}

static uint64_t sum_of(const uint8_t *row, size_t count, uint8_t black, uint8_t white) {
  uint64_t sum = 0;
  for (size_t x = 0; x < count; x++) sum += clamped(row[x], black, white);
  return sum;
}

static void add_row(const uint8_t *row, size_t y, size_t width, size_t height, uint8_t black,
                    uint8_t white, struct vk_quarter_sums *sums) {
  uint64_t *quarters = sums->quarter + (y < height / 2 ? 0 : 2);
  quarters[0] += sum_of(row, width / 2, black, white);
  quarters[1] += sum_of(row + width / 2, width - width / 2, black, white);
}

static void luma_histogram(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                           uint8_t black, uint8_t white, struct vk_quarter_sums *sums,
                           uint32_t histogram[256]) {
  *sums = (struct vk_quarter_sums){{0}};
  for (int code = 0; code < 256; code++) histogram[code] = 0;
  for (size_t y = 0; y < height; y++, plane += stride) {
    add_row(plane, y, width, height, black, white, sums);
    for (size_t x = 0; x < width; x++) histogram[plane[x]]++;
  }
}

static size_t luma_samples(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                           uint8_t black, uint8_t white, const struct vk_grid *grid,
                           struct vk_quarter_sums *sums, uint8_t *samples) {
  *sums = (struct vk_quarter_sums){{0}};
  size_t count = 0, next = grid->first_row, first = 0;
  for (size_t y = 0; y < height; y++, plane += stride) {
    add_row(plane, y, width, height, black, white, sums);
    if (y < next) continue;
    for (size_t x = first; x < width; x += grid->column_step) samples[count++] = plane[x];
    next += grid->row_step;
    first = (first + grid->column_step / 2 + 1) % grid->column_step;
  }
  return count;
}

static void code_order(const uint8_t *samples, size_t count, struct vk_code_order *order) {
  size_t histogram[256] = {0};
  for (size_t i = 0; i < count; i++) histogram[samples[i]]++;
  for (int i = 0; i < 3; i++) {
    size_t below = 0;
    int code = 0;
    while (below + histogram[code] < order->ranks[i]) below += histogram[code++];
    order->codes[i] = (uint8_t)code;
    order->below[i] = 0;
    for (int less = 0; less < order->limits[i]; less++) order->below[i] += histogram[less];
  }
}

static void map_codes(const uint16_t *source, ptrdiff_t source_stride, uint8_t *destination,
                      ptrdiff_t destination_stride, size_t width, size_t height,
                      const uint8_t *table, uint16_t last, int shift) {
  for (size_t y = 0; y < height; y++, source += source_stride, destination += destination_stride)
    for (size_t x = 0; x < width; x++) destination[x] = table[smaller(source[x] >> shift, last)];
}

static void laplacian_sums(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                           int64_t *sum, int64_t *sum_of_squares) {
  *sum = *sum_of_squares = 0;
  for (size_t y = 1; y + 1 < height; y++) {
    const uint8_t *row = plane + (ptrdiff_t)y * stride;
    for (size_t x = 1; x + 1 < width; x++) {
      const uint8_t *pixel = row + x;
      const int32_t value = pixel[-stride] + pixel[stride] + pixel[-1] + pixel[1] - 4 * pixel[0];
      *sum += value;
      *sum_of_squares += value * value;
    }
  }
}

static void transpose(const uint8_t *source, ptrdiff_t source_stride, uint8_t *destination,
                      ptrdiff_t destination_stride, size_t width, size_t height) {
  // Blocks keep the lines of both planes in the cache until they are used up.
  for (size_t top = 0; top < height; top += 32)
    for (size_t left = 0; left < width; left += 32)
      for (size_t x = left; x < smaller(left + 32, width); x++)
        for (size_t y = top; y < smaller(top + 32, height); y++)
          destination[(ptrdiff_t)x * destination_stride + (ptrdiff_t)y] =
              source[(ptrdiff_t)y * source_stride + (ptrdiff_t)x];
}

static void reverse_rows(const uint8_t *source, ptrdiff_t source_stride, uint8_t *destination,
                         ptrdiff_t destination_stride, size_t width, size_t height) {
  for (size_t y = 0; y < height; y++, source += source_stride, destination += destination_stride)
    for (size_t x = 0; x < width; x++) destination[width - 1 - x] = source[x];
}

static void convert_ycbcr(const struct vk_ycbcr_conversion *c, const struct vk_picture *from,
                          const struct vk_mutable_picture *to, size_t width, size_t height) {
  for (size_t y = 0; 2 * y < height; y++) {
    const ptrdiff_t row = (ptrdiff_t)y;
    for (size_t x = 0; 2 * x < width; x++) {
      const int32_t cb = from->cb[row * from->chroma_stride + (ptrdiff_t)x] - 128;
      const int32_t cr = from->cr[row * from->chroma_stride + (ptrdiff_t)x] - 128;
      const int32_t part = cb * c->luma_cb + cr * c->luma_cr + c->luma_offset;
      for (size_t j = 2 * y; j < smaller(2 * y + 2, height); j++)
        for (size_t i = 2 * x; i < smaller(2 * x + 2, width); i++) {
          const int32_t luma = from->luma[(ptrdiff_t)j * from->luma_stride + (ptrdiff_t)i];
          to->luma[(ptrdiff_t)j * to->luma_stride + (ptrdiff_t)i] =
              clamped((luma * c->luma_gain + part) >> 14, 0, 255);
        }
      const int32_t new_cb = cb * c->cb_cb + cr * c->cb_cr + c->chroma_offset;
      const int32_t new_cr = cb * c->cr_cb + cr * c->cr_cr + c->chroma_offset;
      to->cb[row * to->chroma_stride + (ptrdiff_t)x] = clamped(new_cb >> 14, 0, 255);
      to->cr[row * to->chroma_stride + (ptrdiff_t)x] = clamped(new_cr >> 14, 0, 255);
    }
  }
}

static void weigh_rows(const uint8_t *source, ptrdiff_t stride, size_t width,
                       const int16_t *weights, size_t taps, int16_t *out) {
  for (size_t x = 0; x < width; x++) {
    int32_t sum = 64;
    for (size_t k = 0; k < taps; k++)
      sum += weights[k] * source[(ptrdiff_t)k * stride + (ptrdiff_t)x];
    out[x] = (int16_t)(sum >> 7);
  }
}

static void weigh_columns(const int16_t *row, const int32_t *starts, const int16_t *weights,
                          size_t taps, uint8_t *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    int32_t sum = 1 << 20;
    for (size_t k = 0; k < taps; k++) sum += weights[i * taps + k] * row[starts[i] + (ptrdiff_t)k];
    out[i] = (uint8_t)(sum >> 21);
  }
}

static uint8_t base64_character(uint32_t value) {
  value &= 63;
  if (value < 26) return (uint8_t)('A' + value);
  if (value < 52) return (uint8_t)('a' + value - 26);
  if (value < 62) return (uint8_t)('0' + value - 52);
  return value == 62 ? '+' : '/';
}

static size_t base64_triples(const uint8_t *bytes, size_t count, uint8_t *out) {
  size_t i = 0;
  for (; i + 3 <= count; i += 3) {
    const uint32_t bits = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2];
    for (int k = 18; k >= 0; k -= 6) *out++ = base64_character(bits >> k);
  }
  return i;
}

#define HALVE(name, sample)                                                                     \
  static void name(const sample *source, ptrdiff_t stride, size_t width, size_t height,         \
                   sample *out, ptrdiff_t out_stride) {                                         \
    for (size_t y = 0; y < height; y += 2, out += out_stride) {                                 \
      const sample *upper = source + (ptrdiff_t)y * stride;                                     \
      const sample *lower = y + 1 < height ? upper + stride : upper;                            \
      for (size_t x = 0; x < width; x += 2) {                                                   \
        const size_t far = smaller(x + 1, width - 1);                                           \
        const uint32_t left = (uint32_t)upper[x] + lower[x];                                    \
        const uint32_t right = (uint32_t)upper[far] + lower[far];                               \
        out[x / 2] = (sample)((left + right + 2) >> 2);                                         \
      }                                                                                         \
    }                                                                                           \
  }

HALVE(halve_bytes, uint8_t)
HALVE(halve_words, uint16_t)

void reference_warp_row(const struct vk_warp *, float, float, float, float, size_t, float *);
void reference_tone_map(const struct vk_tone_map *, const struct vk_deep_picture *,
                        const struct vk_mutable_picture *, size_t, size_t);

const struct vk_kernels reference = {
    .luma_histogram = luma_histogram,
    .luma_samples = luma_samples,
    .code_order = code_order,
    .map_codes = map_codes,
    .laplacian_sums = laplacian_sums,
    .transpose = transpose,
    .reverse_rows = reverse_rows,
    .convert_ycbcr = convert_ycbcr,
    .weigh_rows = weigh_rows,
    .weigh_columns = weigh_columns,
    .base64_triples = base64_triples,
    .warp_row = reference_warp_row,
    .halve_bytes = halve_bytes,
    .halve_words = halve_words,
    .tone_map = reference_tone_map,
};
