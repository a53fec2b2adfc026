/// The SIMD versions of the kernels, for x86-64 and for 64-bit Arm.
///
/// The reference of every kernel is the portable Swift code in the `Kernels` target; a function
/// here computes the same result faster and may be missing. `vk_kernels_at` hands out one table a
/// level; a null member means that this level adds nothing to the supported one below it.
///
/// Callers check sizes: no function here reads or writes outside the rows it is told about.
/// Strides count elements and may be negative where a comment says so.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

enum {
  VK_LEVEL_PORTABLE = 0,
  /// AVX2 and FMA (Intel Haswell, AMD Excavator and later).
  VK_LEVEL_AVX2 = 1,
  /// AVX-512 F, BW, DQ, VL, VBMI, VNNI and VPOPCNTDQ, and GFNI (Intel Ice Lake, AMD Zen 4 and later).
  VK_LEVEL_AVX512 = 2,
  /// Advanced SIMD, which every 64-bit Arm processor has.
  VK_LEVEL_NEON = 3,
};

/// The planes of an 8-bit picture.
struct vk_picture {
  const uint8_t *luma, *cb, *cr;
  ptrdiff_t luma_stride, chroma_stride;
};

/// The planes of a picture of 9 to 16 bits, in native order.
struct vk_deep_picture {
  const uint16_t *luma, *cb, *cr;
  ptrdiff_t luma_stride, chroma_stride;
};

/// The planes of an 8-bit picture that is written.
struct vk_mutable_picture {
  uint8_t *luma, *cb, *cr;
  ptrdiff_t luma_stride, chroma_stride;
};

/// A conversion between two kinds of 8-bit YCbCr, in units of 2^-14.
///
/// Y' = (luma_gain * Y + luma_cb * (Cb - 128) + luma_cr * (Cr - 128) + luma_offset) >> 14;
/// Cb' and Cr' likewise without Y, from `cb_*` and `cr_*`. All are clamped to 0...255.
struct vk_ycbcr_conversion {
  int16_t luma_gain, luma_cb, luma_cr;
  int16_t cb_cb, cb_cr, cr_cb, cr_cr;
  int32_t luma_offset, chroma_offset;
};

/// Where the samples of a plane lie in a picture: a luma position times `scale` plus `offset` is a
/// position on the plane, on which sample i has its centre at i.
struct vk_warp_grid {
  int32_t width, height, stride;
  /// Samples that may be read, less than 2^30; at least 4 of one byte or 2 of two bytes.
  int32_t count;
  float scale_x, scale_y, offset_x, offset_y;
};

/// A picture and what becomes of its samples on their way into a tensor.
struct vk_warp {
  /// `cb` and `cr` are null for a grey picture.
  const void *luma, *cb, *cr;
  struct vk_warp_grid luma_grid, chroma_grid;
  /// 1, or 2 for samples in native order.
  int sample_bytes;
  /// The size of the picture in luma positions; pixels outside become `low`.
  float width, height;
  /// Luma (0...1) = code * luma_scale + luma_offset.
  float luma_scale, luma_offset;
  /// What a chroma code less `chroma_middle` adds to a component.
  float chroma_middle, red_cr, green_cb, green_cr, blue_cb;
  /// Tensor value = component (0...1) * span + low.
  float low, span;
  /// Null, or `tone_last + 1` bytes (and three more that may be read) by component: SDR luma.
  const uint8_t *tone;
  int32_t tone_last;
};

/// A tone map: for luma, Cb and Cr one table of codes in units of 2^-7, [cb 65][cr 65][y 33].
///
/// Point i stands for the 12-bit code 64 * i of chroma, 128 * i of luma.
struct vk_tone_map {
  const int16_t *luma, *cb, *cr;
  /// Of the source, 9 to 16.
  int bit_depth;
};

/// Totals over the quarters of a region: top left, top right, bottom left, bottom right. The first
/// half of an odd size is the smaller one.
struct vk_quarter_sums {
  uint64_t quarter[4];
};

/// The samples of a region: of the rows `first_row` + k * `row_step` every `column_step`-th pixel,
/// from column k * (`column_step` / 2 + 1) % `column_step` on.
struct vk_grid {
  size_t first_row, row_step;
  /// 4 or more.
  size_t column_step;
};

/// The most codes that `code_order` takes.
#define VK_ORDERED_SAMPLES 8192

/// What is asked about a set of codes, and the answers.
struct vk_code_order {
  /// Asked: the codes at these places of the sorted set, from 1 on...
  size_t ranks[3];
  /// ...and how many codes are less than these.
  uint8_t limits[3];
  /// The answers.
  uint8_t codes[3];
  size_t below[3];
};

struct vk_kernels {
  /// Sums an 8-bit region and counts its codes.
  ///
  /// `sums` receives the totals of the codes, clamped to `black`...`white`; `histogram` receives the
  /// unclamped codes. A row is shorter than 2^27 pixels.
  void (*luma_histogram)(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                         uint8_t black, uint8_t white, struct vk_quarter_sums *sums,
                         uint32_t histogram[256]);

  /// Sums an 8-bit region as `luma_histogram` does and copies the unclamped codes of a grid.
  ///
  /// Returns how many codes `samples` received; up to 16 bytes after them may be written too.
  size_t (*luma_samples)(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                         uint8_t black, uint8_t white, const struct vk_grid *grid,
                         struct vk_quarter_sums *sums, uint8_t *samples);

  /// Answers `order` for 1 to `VK_ORDERED_SAMPLES` codes.
  void (*code_order)(const uint8_t *samples, size_t count, struct vk_code_order *order);

  /// Maps 16-bit codes to bytes: `table[min(code >> shift, last)]`.
  ///
  /// `table` holds `last + 1` entries and three bytes more that may be read but mean nothing.
  void (*map_codes)(const uint16_t *source, ptrdiff_t source_stride, uint8_t *destination,
                    ptrdiff_t destination_stride, size_t width, size_t height,
                    const uint8_t *table, uint16_t last, int shift);

  /// Sums the 4-neighbour Laplacian and its square over the interior of a region of 3x3 or more.
  void (*laplacian_sums)(const uint8_t *plane, ptrdiff_t stride, size_t width, size_t height,
                         int64_t *sum, int64_t *sum_of_squares);

  /// Writes `source[y][x]` to `destination[x][y]`; strides may be negative.
  void (*transpose)(const uint8_t *source, ptrdiff_t source_stride, uint8_t *destination,
                    ptrdiff_t destination_stride, size_t width, size_t height);

  /// Writes every row from right to left; strides may be negative.
  void (*reverse_rows)(const uint8_t *source, ptrdiff_t source_stride, uint8_t *destination,
                       ptrdiff_t destination_stride, size_t width, size_t height);

  /// Converts a 4:2:0 picture; `to` may be the same planes as `from`.
  void (*convert_ycbcr)(const struct vk_ycbcr_conversion *conversion, const struct vk_picture *from,
                        const struct vk_mutable_picture *to, size_t width, size_t height);

  /// `out[x]` = (sum of `weights[k] * source[k][x]` + 64) >> 7, for weights that sum to 2^14.
  void (*weigh_rows)(const uint8_t *source, ptrdiff_t stride, size_t width, const int16_t *weights,
                     size_t taps, int16_t *out);

  /// `out[i]` = (sum of `weights[i * taps + k] * row[starts[i] + k]` + 2^20) >> 21, for weights
  /// that sum to 2^14. `taps` is a multiple of 8, and `row` may be read that far.
  void (*weigh_columns)(const int16_t *row, const int32_t *starts, const int16_t *weights,
                        size_t taps, uint8_t *out, size_t count);

  /// Writes four Base64 characters for every three bytes; returns how many bytes that covers. The
  /// one or two bytes left are the caller's.
  size_t (*base64_triples)(const uint8_t *bytes, size_t count, uint8_t *out);

  /// Writes `count` RGB triples for the luma positions (x + i * dx, y + i * dy).
  void (*warp_row)(const struct vk_warp *warp, float x, float y, float dx, float dy, size_t count,
                   float *out);

  /// Averages blocks of 2x2 samples, rounded half up, into a plane of half the size, rounded up; an
  /// odd last column or row counts twice.
  void (*halve_bytes)(const uint8_t *source, ptrdiff_t stride, size_t width, size_t height,
                      uint8_t *out, ptrdiff_t out_stride);
  void (*halve_words)(const uint16_t *source, ptrdiff_t stride, size_t width, size_t height,
                      uint16_t *out, ptrdiff_t out_stride);

  /// Maps a 4:2:0 picture: each luma sample with the chroma of its block, and chroma with the
  /// rounded mean of its block's luma.
  void (*tone_map)(const struct vk_tone_map *map, const struct vk_deep_picture *from,
                   const struct vk_mutable_picture *to, size_t width, size_t height);
};

/// Change from frame to frame, in 8-bit codes, that noise and recompression make.
#define VK_FIELD_NOISE 4
/// Codes above it over which stillness fades into movement.
#define VK_FIELD_FADE 8

/// The rows around one row of the field that is filled in, and the same rows one frame earlier, or
/// null; all of 8 or all of 16 bits.
struct vk_field_rows {
  const void *above, *own, *below;
  const void *was_above, *was, *was_below;
};

/// Fills in one row of 8-bit or of 16-bit samples; `shift` is the bit depth less 8.
void vk_field_row_8(const struct vk_field_rows *rows, void *output, ptrdiff_t width, int shift);
void vk_field_row_16(const struct vk_field_rows *rows, void *output, ptrdiff_t width, int shift);

/// Whether this processor and operating system support a level.
int vk_supports(int level);

/// What `level` adds to the level below it. Never null; empty where the architecture has no such
/// level. The caller checks `vk_supports` before it calls a member.
const struct vk_kernels *vk_kernels_at(int level);

#endif
