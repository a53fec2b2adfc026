// What is measured on planes: luma statistics, the Laplacian.

#include <string.h>

#include "parity.h"

enum { WIDTH = 256, HEIGHT = 64 };

EXISTS(luma_histogram)
EXISTS(luma_samples)
EXISTS(code_order)
EXISTS(laplacian_sums)

static const uint8_t ranges[][2] = {{0, 255}, {16, 235}, {200, 201}};

static void compare_statistics(const struct vk_kernels *k, bool sampled, const uint8_t *plane,
                               size_t stride, size_t width, size_t height, const uint8_t range[2],
                               const struct vk_grid *grid) {
  struct vk_quarter_sums expected, result;
  if (sampled) {
    // Up to 16 bytes more may be written.
    const size_t room = width * height + 16;
    uint8_t *wanted = guarded(room), *samples = guarded(room);
    const size_t count = reference.luma_samples(plane, (ptrdiff_t)stride, width, height, range[0],
                                                range[1], grid, &expected, wanted);
    const size_t got = k->luma_samples(plane, (ptrdiff_t)stride, width, height, range[0], range[1],
                                       grid, &result, samples);
    expect_same(&count, &got, sizeof count, "luma_samples, count", width, height);
    expect_same(wanted, samples, count, "luma_samples", width, height);
  } else {
    uint32_t *wanted = guarded(4 * 256), *histogram = guarded(4 * 256);
    reference.luma_histogram(plane, (ptrdiff_t)stride, width, height, range[0], range[1], &expected,
                             wanted);
    k->luma_histogram(plane, (ptrdiff_t)stride, width, height, range[0], range[1], &result,
                      histogram);
    expect_same(wanted, histogram, 4 * 256, "luma_histogram", width, height);
  }
  expect_same(&expected, &result, sizeof expected, "luma sums", width, height);
}

static void check_statistics(const struct vk_kernels *k, bool sampled) {
  static const struct vk_grid grids[] = {{0, 1, 4}, {0, 1, 5}, {1, 3, 7}, {2, 5, 63}, {0, 2, 65}};
  EACH(s, shape_count) EACH(p, 3) EACH(r, 3) {
    const size_t width = shapes[s].width, height = shapes[s].height;
    const size_t stride = width + paddings[p];
    const uint8_t *plane = noise(plane_count(width, height, stride));
    EACH(g, sampled ? 5 : 1)
      compare_statistics(k, sampled, plane, stride, width, height, ranges[r], &grids[g]);
    end_case();
  }
  // Rows on which 16-bit lanes would overflow, were they not emptied.
  static const uint8_t all[2] = {0, 255};
  const size_t width = 20011;
  uint8_t *bright = guarded(width * 2);
  memset(bright, 255, width * 2);
  compare_statistics(k, sampled, bright, width, width, 2, all, &grids[1]);
  end_case();
}

static void check_luma_histogram(const struct vk_kernels *k) { check_statistics(k, false); }
static void check_luma_samples(const struct vk_kernels *k) { check_statistics(k, true); }

static void work_luma_histogram(const struct vk_kernels *k) {
  static uint8_t plane[WIDTH * HEIGHT];
  struct vk_quarter_sums sums;
  uint32_t histogram[256];
  k->luma_histogram(plane, WIDTH, WIDTH, HEIGHT, 16, 235, &sums, histogram);
}

static void work_luma_samples(const struct vk_kernels *k) {
  static uint8_t plane[WIDTH * HEIGHT], samples[WIDTH * HEIGHT + 16];
  static const struct vk_grid grid = {1, 3, 7};
  struct vk_quarter_sums sums;
  k->luma_samples(plane, WIDTH, WIDTH, HEIGHT, 16, 235, &grid, &sums, samples);
}

static void check_code_order(const struct vk_kernels *k) {
  static const size_t counts[] = {1, 2, 63, 64, 511, 512, 513, 4096, 5000, VK_ORDERED_SAMPLES};
  EACH(c, sizeof counts / sizeof counts[0]) EACH(kind, 2) {
    const size_t count = counts[c];
    const uint8_t *codes = kind == 0 ? noise(count) : extremes(count);
    struct vk_code_order expected = {
        .ranks = {(count * 5 + 99) / 100, (count + 1) / 2, (count * 95 + 99) / 100},
        .limits = {40, 211, 250}};
    struct vk_code_order result = expected;
    reference.code_order(codes, count, &expected);
    k->code_order(codes, count, &result);
    expect_same(expected.codes, result.codes, sizeof result.codes, "code_order", count, 1);
    expect_same(expected.below, result.below, sizeof result.below, "code_order, below", count, 1);
    end_case();
  }
}

static void work_code_order(const struct vk_kernels *k) {
  static uint8_t codes[4096];
  struct vk_code_order order = {.ranks = {205, 2048, 3892}, .limits = {40, 211, 250}};
  k->code_order(codes, sizeof codes, &order);
}

static void compare_laplacians(const struct vk_kernels *k, const uint8_t *plane, size_t stride,
                               size_t width, size_t height) {
  int64_t expected[2], result[2];
  reference.laplacian_sums(plane, (ptrdiff_t)stride, width, height, &expected[0], &expected[1]);
  k->laplacian_sums(plane, (ptrdiff_t)stride, width, height, &result[0], &result[1]);
  expect_same(expected, result, sizeof result, "laplacian_sums", width, height);
}

static void check_laplacian_sums(const struct vk_kernels *k) {
  EACH(s, shape_count) EACH(p, 3) EACH(kind, 2) {
    const size_t width = shapes[s].width, height = shapes[s].height;
    if (width < 3 || height < 3) continue;
    const size_t stride = width + paddings[p], count = plane_count(width, height, stride);
    compare_laplacians(k, kind == 0 ? noise(count) : extremes(count), stride, width, height);
    end_case();
  }
  // A chessboard has the greatest squares: a long row would overflow 32-bit lanes.
  const size_t width = 40003;
  uint8_t *board = guarded(width * 3);
  EACH(i, width * 3) board[i] = (i % width + i / width) % 2 ? 255 : 0;
  compare_laplacians(k, board, width, width, 3);
  end_case();
}

static void work_laplacian_sums(const struct vk_kernels *k) {
  static uint8_t plane[WIDTH * HEIGHT];
  int64_t sum, squares;
  k->laplacian_sums(plane, WIDTH, WIDTH, HEIGHT, &sum, &squares);
}

const struct subject statistics[] = {SUBJECT(luma_histogram), SUBJECT(luma_samples),
                                     SUBJECT(code_order), SUBJECT(laplacian_sums), {0}};
