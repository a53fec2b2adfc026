// What makes planes of planes: turning, converting, scaling, halving, tone mapping.

#include <string.h>

#include "parity.h"

enum { WIDTH = 256, HEIGHT = 64 };

EXISTS(map_codes)
EXISTS(transpose)
EXISTS(reverse_rows)
EXISTS(convert_ycbcr)
EXISTS(weigh_rows)
EXISTS(weigh_columns)
EXISTS(halve_bytes)
EXISTS(halve_words)
EXISTS(tone_map)

static void check_map_codes(const struct vk_kernels *k) {
  static const struct {
    uint16_t last;
    int shift, bits;
  } tables[] = {{255, 0, 8},   {511, 0, 9},   {1023, 0, 10},
                {1023, 0, 16}, {4095, 0, 12}, {4095, 4, 16}};
  EACH(s, shape_count) EACH(p, 3) EACH(t, 6) {
    const size_t width = shapes[s].width, height = shapes[s].height;
    const size_t stride = width + paddings[p], count = plane_count(width, height, stride);
    // Three bytes after the entries may be read.
    const uint8_t *table = noise(tables[t].last + 4u);
    const uint16_t *source = noise_of_words(count, tables[t].bits);
    uint8_t *expected = guarded(count), *result = guarded(count);
    const ptrdiff_t step = (ptrdiff_t)stride;
    reference.map_codes(source, step, expected, step, width, height, table, tables[t].last,
                        tables[t].shift);
    k->map_codes(source, step, result, step, width, height, table, tables[t].last,
                 tables[t].shift);
    expect_same(expected, result, count, "map_codes", width, height);
    end_case();
  }
}

static void work_map_codes(const struct vk_kernels *k) {
  static uint16_t source[WIDTH * HEIGHT];
  static uint8_t out[WIDTH * HEIGHT], table[1028];
  k->map_codes(source, WIDTH, out, WIDTH, WIDTH, HEIGHT, table, 1023, 0);
}

// Both moves of planes, walked from either end: `turns` says whether the sides change places.
static void check_move(const struct vk_kernels *k, bool turns, const char *name) {
  EACH(s, shape_count) EACH(p, 3) EACH(direction, 4) {
    const size_t width = shapes[s].width, height = shapes[s].height;
    const size_t stride = width + paddings[p], count = plane_count(width, height, stride);
    const size_t out_width = turns ? height : width, out_height = turns ? width : height;
    const size_t out_stride = out_width + paddings[(p + 1) % 3];
    const size_t out_count = plane_count(out_width, out_height, out_stride);
    const uint8_t *source = noise(count);
    uint8_t *expected = guarded(out_count), *result = guarded(out_count);
    ptrdiff_t in_step = (ptrdiff_t)stride, out_step = (ptrdiff_t)out_stride, out_first = 0;
    if (direction & 1) {
      source += (ptrdiff_t)(height - 1) * in_step;
      in_step = -in_step;
    }
    if (direction & 2) {
      out_first = (ptrdiff_t)(out_height - 1) * out_step;
      out_step = -out_step;
    }
    (turns ? reference.transpose : reference.reverse_rows)(source, in_step, expected + out_first,
                                                           out_step, width, height);
    (turns ? k->transpose : k->reverse_rows)(source, in_step, result + out_first, out_step, width,
                                             height);
    expect_same(expected, result, out_count, name, width, height);
    end_case();
  }
}

static void check_transpose(const struct vk_kernels *k) { check_move(k, true, "transpose"); }
static void check_reverse_rows(const struct vk_kernels *k) { check_move(k, false, "reverse_rows"); }

static void work_transpose(const struct vk_kernels *k) {
  static uint8_t source[WIDTH * HEIGHT], out[WIDTH * HEIGHT];
  k->transpose(source, WIDTH, out, HEIGHT, WIDTH, HEIGHT);
}

static void work_reverse_rows(const struct vk_kernels *k) {
  static uint8_t source[WIDTH * HEIGHT], out[WIDTH * HEIGHT];
  k->reverse_rows(source, WIDTH, out, WIDTH, WIDTH, HEIGHT);
}

// Limited BT.709 to full BT.601, and the reverse, in units of 2^-14, as `YCbCrConversion` has them.
static const struct vk_ycbcr_conversion conversions[] = {
    {19077, 1890, 3674, 18466, -2064, -1351, 18341, -305236 + 8192, (128 << 14) + 8192},
    {14071, -1650, -2978, 14569, 1640, 1073, 14669, 262144 + 8192, (128 << 14) + 8192},
};

static void check_convert_ycbcr(const struct vk_kernels *k) {
  EACH(s, shape_count) EACH(p, 3) EACH(c, 2) EACH(kind, 2) EACH(in_place, 2) {
    const size_t width = shapes[s].width, height = shapes[s].height, half = (width + 1) / 2;
    const size_t stride = width + paddings[p], chroma_stride = half + paddings[p];
    const size_t luma = plane_count(width, height, stride);
    const size_t chroma = plane_count(half, (height + 1) / 2, chroma_stride);
    const size_t sizes[3] = {luma, chroma, chroma};
    uint8_t *source[3], *expected[3], *result[3];
    EACH(i, 3) {
      source[i] = kind ? extremes(sizes[i]) : noise(sizes[i]);
      expected[i] = guarded(sizes[i]);
      result[i] = in_place ? memcpy(guarded(sizes[i]), source[i], sizes[i]) : guarded(sizes[i]);
      // Padding is copied in place, so the loops must find it there too.
      if (in_place) memcpy(expected[i], source[i], sizes[i]);
    }
    const ptrdiff_t a = (ptrdiff_t)stride, b = (ptrdiff_t)chroma_stride;
    const struct vk_picture from = {source[0], source[1], source[2], a, b};
    const struct vk_picture own = {result[0], result[1], result[2], a, b};
    const struct vk_mutable_picture wanted = {expected[0], expected[1], expected[2], a, b};
    const struct vk_mutable_picture to = {result[0], result[1], result[2], a, b};
    reference.convert_ycbcr(&conversions[c], &from, &wanted, width, height);
    k->convert_ycbcr(&conversions[c], in_place ? &own : &from, &to, width, height);
    EACH(i, 3) expect_same(expected[i], result[i], sizes[i], "convert_ycbcr", width, height);
    end_case();
  }
}

static void work_convert_ycbcr(const struct vk_kernels *k) {
  static uint8_t y[WIDTH * HEIGHT], cb[WIDTH * HEIGHT / 4], cr[WIDTH * HEIGHT / 4];
  const struct vk_picture from = {y, cb, cr, WIDTH, WIDTH / 2};
  const struct vk_mutable_picture to = {y, cb, cr, WIDTH, WIDTH / 2};
  k->convert_ycbcr(&conversions[0], &from, &to, WIDTH, HEIGHT);
}

// `taps` weights that sum to 2^14, of which the last are 0, as for an output that covers fewer.
static void set_weights(int16_t *weights, size_t taps, size_t used) {
  int32_t rest = 1 << 14;
  EACH(i, taps) {
    const int32_t share = i + 1 == used ? rest : (int32_t)(random_number() % ((uint32_t)rest + 1));
    weights[i] = i < used ? (int16_t)share : 0;
    if (i < used) rest -= share;
  }
}

static void check_weigh_rows(const struct vk_kernels *k) {
  EACH(s, shape_count) EACH(p, 3) EACH(kind, 2) {
    const size_t width = shapes[s].width, taps = shapes[s].height, stride = width + paddings[p];
    const size_t count = plane_count(width, taps, stride);
    const uint8_t *source = kind ? extremes(count) : noise(count);
    int16_t *weights = guarded(2 * taps), *expected = guarded(2 * width);
    int16_t *result = guarded(2 * width);
    set_weights(weights, taps, taps);
    reference.weigh_rows(source, (ptrdiff_t)stride, width, weights, taps, expected);
    k->weigh_rows(source, (ptrdiff_t)stride, width, weights, taps, result);
    expect_same(expected, result, 2 * width, "weigh_rows", width, taps);
    end_case();
  }
}

static void check_weigh_columns(const struct vk_kernels *k) {
  EACH(s, shape_count) for (size_t taps = 8; taps <= 24; taps += 8) {
    const size_t count = shapes[s].width, length = 100 + taps;
    int16_t *row = guarded(2 * length), *weights = guarded(2 * count * taps);
    int32_t *starts = guarded(4 * count);
    uint8_t *expected = guarded(count), *result = guarded(count);
    // Up to 255 in units of 2^-7.
    EACH(i, length) row[i] = (int16_t)(random_number() % 4 ? random_number() % 32641 : 32640);
    EACH(i, count) {
      starts[i] = (int32_t)(random_number() % 101);
      set_weights(weights + i * taps, taps, 1 + random_number() % taps);
    }
    reference.weigh_columns(row, starts, weights, taps, expected, count);
    k->weigh_columns(row, starts, weights, taps, result, count);
    expect_same(expected, result, count, "weigh_columns", count, taps);
    end_case();
  }
}

static void work_weigh_rows(const struct vk_kernels *k) {
  static uint8_t source[WIDTH * HEIGHT];
  static int16_t out[WIDTH], weights[HEIGHT];
  k->weigh_rows(source, WIDTH, WIDTH, weights, HEIGHT, out);
}

static void work_weigh_columns(const struct vk_kernels *k) {
  static int16_t row[WIDTH + 16], weights[WIDTH * 16];
  static int32_t starts[WIDTH];
  static uint8_t out[WIDTH];
  k->weigh_columns(row, starts, weights, 16, out, WIDTH);
}

static void check_halving(const struct vk_kernels *k, size_t bytes) {
  EACH(s, shape_count) EACH(p, 3) EACH(kind, 2) {
    const size_t width = shapes[s].width, height = shapes[s].height;
    const size_t stride = width + paddings[p], half = (width + 1) / 2;
    const size_t out_stride = half + paddings[(p + 2) % 3];
    const size_t count = bytes * plane_count(width, height, stride);
    const size_t out = bytes * plane_count(half, (height + 1) / 2, out_stride);
    const void *source = kind ? extremes(count) : noise(count);
    void *expected = guarded(out), *result = guarded(out);
    const ptrdiff_t step = (ptrdiff_t)stride, out_step = (ptrdiff_t)out_stride;
    if (bytes == 1) {
      reference.halve_bytes(source, step, width, height, expected, out_step);
      k->halve_bytes(source, step, width, height, result, out_step);
    } else {
      reference.halve_words(source, step, width, height, expected, out_step);
      k->halve_words(source, step, width, height, result, out_step);
    }
    expect_same(expected, result, out, bytes == 1 ? "halve_bytes" : "halve_words", width, height);
    end_case();
  }
}

static void check_halve_bytes(const struct vk_kernels *k) { check_halving(k, 1); }
static void check_halve_words(const struct vk_kernels *k) { check_halving(k, 2); }

static void work_halve_bytes(const struct vk_kernels *k) {
  static uint8_t source[WIDTH * HEIGHT], out[WIDTH * HEIGHT / 4];
  k->halve_bytes(source, WIDTH, WIDTH, HEIGHT, out, WIDTH / 2);
}

static void work_halve_words(const struct vk_kernels *k) {
  static uint16_t source[WIDTH * HEIGHT], out[WIDTH * HEIGHT / 4];
  k->halve_words(source, WIDTH, WIDTH, HEIGHT, out, WIDTH / 2);
}

enum { POINTS = 65 * 65 * 33 };
static int16_t points[3][POINTS];

static struct vk_tone_map tone_map_of(int depth) {
  if (points[0][0] == 0)
    EACH(i, 3) EACH(k, POINTS) points[i][k] = (int16_t)(1 + random_number() % 32640);
  return (struct vk_tone_map){points[0], points[1], points[2], depth};
}

static void check_tone_map(const struct vk_kernels *k) {
  static const int depths[] = {9, 10, 12, 16};
  EACH(s, shape_count) EACH(p, 3) EACH(d, 4) EACH(beyond, 2) {
    const struct vk_tone_map map = tone_map_of(depths[d]);
    const size_t width = shapes[s].width, height = shapes[s].height, half = (width + 1) / 2;
    const size_t stride = width + paddings[p], chroma_stride = half + paddings[p];
    const size_t luma = plane_count(width, height, stride);
    const size_t chroma = plane_count(half, (height + 1) / 2, chroma_stride);
    const size_t sizes[3] = {luma, chroma, chroma};
    uint16_t *source[3];
    uint8_t *expected[3], *result[3];
    EACH(i, 3) {
      source[i] = noise_of_words(sizes[i], beyond ? 16 : depths[d]);
      expected[i] = guarded(sizes[i]);
      result[i] = guarded(sizes[i]);
    }
    const ptrdiff_t a = (ptrdiff_t)stride, b = (ptrdiff_t)chroma_stride;
    const struct vk_deep_picture from = {source[0], source[1], source[2], a, b};
    const struct vk_mutable_picture wanted = {expected[0], expected[1], expected[2], a, b};
    const struct vk_mutable_picture to = {result[0], result[1], result[2], a, b};
    reference.tone_map(&map, &from, &wanted, width, height);
    k->tone_map(&map, &from, &to, width, height);
    EACH(i, 3) expect_same(expected[i], result[i], sizes[i], "tone_map", width, height);
    end_case();
  }
}

static void work_tone_map(const struct vk_kernels *k) {
  static uint16_t y[WIDTH * HEIGHT], cb[WIDTH * HEIGHT / 4], cr[WIDTH * HEIGHT / 4];
  static uint8_t out[3][WIDTH * HEIGHT];
  const struct vk_tone_map map = {points[0], points[1], points[2], 10};
  const struct vk_deep_picture from = {y, cb, cr, WIDTH, WIDTH / 2};
  const struct vk_mutable_picture to = {out[0], out[1], out[2], WIDTH, WIDTH / 2};
  k->tone_map(&map, &from, &to, WIDTH, HEIGHT);
}

const struct subject pictures[] = {SUBJECT(map_codes),     SUBJECT(transpose),
                                   SUBJECT(reverse_rows),  SUBJECT(convert_ycbcr),
                                   SUBJECT(weigh_rows),    SUBJECT(weigh_columns),
                                   SUBJECT(halve_bytes),   SUBJECT(halve_words),
                                   SUBJECT(tone_map),      {0}};
