// What leaves as something else than a plane: tensors and Base64.

#include <math.h>

#include "parity.h"

EXISTS(warp_row)
EXISTS(base64_triples)

// Limited BT.709 into -1...1, for a picture of 8 bits or of 10 in words, with 4:2:0 chroma or grey.
static struct vk_warp warp_of(size_t width, size_t height, size_t padding, int bytes, bool grey) {
  const int bits = bytes == 1 ? 8 : 10;
  const float unit = (float)(1 << (bits - 8)), span = 219 * unit, chroma = 224 * unit;
  const size_t half = (width + 1) / 2, rows = (height + 1) / 2;
  const size_t stride = width + padding, chroma_stride = half + padding;
  const size_t counts[2] = {plane_count(width, height, stride),
                            plane_count(half, rows, chroma_stride)};
  const void *planes[3];
  EACH(i, 3) {
    const size_t count = counts[i > 0];
    planes[i] = bytes == 1 ? noise(count) : (void *)noise_of_words(count, bits);
  }
  return (struct vk_warp){
      .luma = planes[0],
      .cb = grey ? NULL : planes[1],
      .cr = grey ? NULL : planes[2],
      .luma_grid = {(int32_t)width, (int32_t)height, (int32_t)stride, (int32_t)counts[0], 1, 1,
                    -0.5f, -0.5f},
      .chroma_grid = {(int32_t)half, (int32_t)rows, (int32_t)chroma_stride, (int32_t)counts[1],
                      0.5f, 0.5f, -0.5f, -0.5f},
      .sample_bytes = bytes,
      .width = (float)width,
      .height = (float)height,
      .luma_scale = 1 / span,
      .luma_offset = -16 * unit / span,
      .chroma_middle = 128 * unit,
      .red_cr = 1.5748f / chroma,
      .green_cb = -0.1873f / chroma,
      .green_cr = -0.4681f / chroma,
      .blue_cb = 1.8556f / chroma,
      .low = -1,
      .span = 2};
}

static void compare_rows(const struct vk_kernels *k, const struct vk_warp *warp, float x, float y,
                         float dx, float dy, size_t count, float tolerance) {
  float *expected = guarded(4 * 3 * count), *result = guarded(4 * 3 * count);
  reference.warp_row(warp, x, y, dx, dy, count, expected);
  k->warp_row(warp, x, y, dx, dy, count, result);
  expect_near(expected, result, 3 * count, tolerance, "warp_row", count, 1);
}

// What the Swift tests allow between two paths: products and sums are rounded once or twice.
static const float rounding = 1e-4f;

static void check_warp_row(const struct vk_kernels *k) {
  static const size_t counts[] = {1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 64};
  static const float steps[][2] = {{1, 0}, {0.92f, 0.39f}, {0, -1}, {-1.7f, 0.2f}, {0.11f, 0.13f}};
  static const struct shape sizes[] = {{61, 47}, {1, 1}, {2, 1}, {1, 2}, {2, 2}, {3, 3}, {4, 1},
                                       {5, 2},   {7, 7}};
  for (int bytes = 1; bytes <= 2; bytes++)
    EACH(grey, 2) EACH(s, 9) EACH(p, 2) EACH(n, 11) EACH(d, 5) {
      const size_t width = sizes[s].width, height = sizes[s].height;
      const struct vk_warp warp = warp_of(width, height, paddings[p], bytes, grey);
      // The kernel takes no plane of fewer than four bytes.
      const int32_t least = bytes == 1 ? 4 : 2;
      if (warp.luma_grid.count >= least && (grey || warp.chroma_grid.count >= least))
        EACH(row, 5)
          compare_rows(k, &warp, -1.3f, -2 + (float)(row * height) / 4, steps[d][0], steps[d][1],
                       counts[n], rounding);
      end_case();
    }
  const struct vk_warp warp = warp_of(20, 20, 3, 1, false);
  static const float absurd[][4] = {{NAN, 0, 0, 0}, {0, INFINITY, 1, 0}, {1e30f, 1, 1, 0},
                                    {1, 1, INFINITY, NAN}, {-400, -1e12f, 9, 0}};
  EACH(i, 5)
    compare_rows(k, &warp, absurd[i][0], absurd[i][1], absurd[i][2], absurd[i][3], 9, 0);
  end_case();
  // The paths may round to neighbouring entries, which are one step apart at most.
  EACH(grey, 2) {
    struct vk_warp toned = warp_of(61, 47, 3, 2, grey);
    uint8_t *tone = guarded(1024 + 3);
    EACH(i, 1024) tone[i] = (uint8_t)(255 * i / 1023);
    toned.tone = tone;
    toned.tone_last = 1023;
    compare_rows(k, &toned, 0.75f, 3.25f, 1, 0.1f, 59, 2.0f / 255 + rounding);
    end_case();
  }
}

static void work_warp_row(const struct vk_kernels *k) {
  static struct vk_warp warp;
  static float out[3 * 192];
  if (warp.luma == NULL) warp = warp_of(256, 64, 0, 1, false);
  EACH(row, 16) k->warp_row(&warp, 1, (float)row * 3, 1.3f, 0.02f, 192, out);
}

static void check_base64_triples(const struct vk_kernels *k) {
  EACH(count, 261) {
    const size_t room = count / 3 * 4;
    const uint8_t *bytes = noise(count);
    uint8_t *expected = guarded(room), *result = guarded(room);
    const size_t done = reference.base64_triples(bytes, count, expected);
    const size_t got = k->base64_triples(bytes, count, result);
    expect_same(&done, &got, sizeof got, "base64_triples, count", count, 1);
    expect_same(expected, result, room, "base64_triples", count, 1);
    end_case();
  }
  // Every pair of neighbouring values.
  uint8_t *bytes = guarded(3 * 65536);
  EACH(value, 65536) {
    bytes[3 * value] = (uint8_t)(value >> 8);
    bytes[3 * value + 1] = (uint8_t)value;
    bytes[3 * value + 2] = (uint8_t)(value >> 4);
  }
  uint8_t *expected = guarded(4 * 65536), *result = guarded(4 * 65536);
  reference.base64_triples(bytes, 3 * 65536, expected);
  k->base64_triples(bytes, 3 * 65536, result);
  expect_same(expected, result, 4 * 65536, "base64_triples", 3 * 65536, 1);
  end_case();
}

static void work_base64_triples(const struct vk_kernels *k) {
  static uint8_t bytes[12288], out[16384];
  k->base64_triples(bytes, sizeof bytes, out);
}

const struct subject tensors[] = {SUBJECT(warp_row), SUBJECT(base64_triples), {0}};
