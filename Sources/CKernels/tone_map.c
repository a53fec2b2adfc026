#include <string.h>

#include "kernels.h"

enum { LUMA_POINTS = 33, CHROMA_POINTS = 65, NEXT_CR = LUMA_POINTS,
       NEXT_CB = LUMA_POINTS * CHROMA_POINTS };

static inline int32_t twelve_bits(uint16_t code, int depth) {
  int32_t scaled = depth <= 12 ? (int32_t)code << (12 - depth) : code >> (depth - 12);
  return scaled < 4095 ? scaled : 4095;
}

static inline int32_t mix_edge(const int16_t *point, int32_t share) {
  return (point[0] * (128 - share) + point[1] * share + 64) >> 7;
}

static inline uint8_t interpolate(const int16_t *table, int32_t luma, int32_t cb, int32_t cr) {
  const int16_t *point = table + (cb >> 6) * NEXT_CB + (cr >> 6) * NEXT_CR + (luma >> 7);
  const int32_t share = luma & 127, blue = cb & 63, red = cr & 63;
  int32_t sum = mix_edge(point, share) * ((64 - blue) * (64 - red)) +
                mix_edge(point + NEXT_CR, share) * ((64 - blue) * red) +
                mix_edge(point + NEXT_CB, share) * (blue * (64 - red)) +
                mix_edge(point + NEXT_CB + NEXT_CR, share) * (blue * red);
  return (uint8_t)((sum + (1 << 18)) >> 19);
}

// From chroma sample `x` to the end of `rows` (1 or 2) rows of luma and their row of chroma.
static inline void map_rest(const struct vk_tone_map *map, size_t x, size_t width, int rows,
                            const struct vk_deep_picture *from,
                            const struct vk_mutable_picture *to) {
  const int depth = map->bit_depth;
  for (; 2 * x < width; x++) {
    const int32_t cb = twelve_bits(from->cb[x], depth), cr = twelve_bits(from->cr[x], depth);
    const size_t end = 2 * x + 2 < width ? 2 * x + 2 : width;
    int32_t sum = 0;
    for (int row = 0; row < rows; row++) {
      const uint16_t *codes = from->luma + row * from->luma_stride;
      uint8_t *out = to->luma + row * to->luma_stride;
      for (size_t i = 2 * x; i < end; i++) {
        const int32_t luma = twelve_bits(codes[i], depth);
        sum += luma;
        out[i] = interpolate(map->luma, luma, cb, cr);
      }
    }
    const int32_t count = rows * (int32_t)(end - 2 * x), mean = (sum + count / 2) / count;
    to->cb[x] = interpolate(map->cb, mean, cb, cr);
    to->cr[x] = interpolate(map->cr, mean, cb, cr);
  }
}

#if defined(__x86_64__)

// Where eight chroma samples fall among the points of the cube: the index of their cells' first
// points, and the weights of the cells' edges along luma, two to a lane.
struct cells {
  __m256i base, upper_weights, lower_weights;
};

VK_AVX2 static inline __m256i pair_of(__m256i low, __m256i high) {
  return _mm256_or_si256(low, _mm256_slli_epi32(high, 16));
}

VK_AVX2 static inline struct cells locate(__m256i cb, __m256i cr) {
  const __m256i low = _mm256_set1_epi32(63), one = _mm256_set1_epi32(64);
  struct cells cells;
  cells.base = _mm256_add_epi32(
      _mm256_mullo_epi32(_mm256_srli_epi32(cb, 6), _mm256_set1_epi32(NEXT_CB)),
      _mm256_mullo_epi32(_mm256_srli_epi32(cr, 6), _mm256_set1_epi32(NEXT_CR)));
  __m256i blue = _mm256_and_si256(cb, low), red = _mm256_and_si256(cr, low);
  __m256i no_blue = _mm256_sub_epi32(one, blue), no_red = _mm256_sub_epi32(one, red);
  // Factors up to 64: the 16-bit product is the whole product.
  cells.upper_weights =
      pair_of(_mm256_mullo_epi16(no_blue, no_red), _mm256_mullo_epi16(no_blue, red));
  cells.lower_weights = pair_of(_mm256_mullo_epi16(blue, no_red), _mm256_mullo_epi16(blue, red));
  return cells;
}

// The point and its successor along luma are one 32-bit load.
VK_AVX2 static inline __m256i gather_edge(const int16_t *table, __m256i index, __m256i shares) {
  __m256i points = _mm256_i32gather_epi32((const int *)table, index, 2);
  points = _mm256_add_epi32(_mm256_madd_epi16(points, shares), _mm256_set1_epi32(64));
  return _mm256_srli_epi32(points, 7);
}

// Eight 8-bit codes in 32-bit lanes.
VK_AVX2 static inline __m256i interpolate_eight(const int16_t *table, const struct cells *cells,
                                                __m256i luma) {
  __m256i share = _mm256_and_si256(luma, _mm256_set1_epi32(127));
  __m256i shares = pair_of(_mm256_sub_epi32(_mm256_set1_epi32(128), share), share);
  __m256i index = _mm256_add_epi32(cells->base, _mm256_srli_epi32(luma, 7));
  __m256i upper = pair_of(gather_edge(table, index, shares),
                          gather_edge(table + NEXT_CR, index, shares));
  __m256i lower = pair_of(gather_edge(table + NEXT_CB, index, shares),
                          gather_edge(table + NEXT_CB + NEXT_CR, index, shares));
  __m256i sum = _mm256_add_epi32(_mm256_madd_epi16(upper, cells->upper_weights),
                                 _mm256_madd_epi16(lower, cells->lower_weights));
  return _mm256_srli_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(1 << 18)), 19);
}

VK_AVX2 static inline __m256i twelve_bits_avx2(__m256i codes, int depth) {
  codes = depth <= 12 ? _mm256_slli_epi32(codes, 12 - depth) : _mm256_srli_epi32(codes, depth - 12);
  return _mm256_min_epi32(codes, _mm256_set1_epi32(4095));
}

VK_AVX2 static inline __m256i load_eight(const uint16_t *codes, int depth) {
  return twelve_bits_avx2(_mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)codes)), depth);
}

VK_AVX2 static inline void store_eight(uint8_t *out, __m256i codes) {
  __m128i words =
      _mm_packus_epi32(_mm256_castsi256_si128(codes), _mm256_extracti128_si256(codes, 1));
  _mm_storel_epi64((__m128i *)out, _mm_packus_epi16(words, words));
}

// One row of chroma and the `rows` (1 or 2) rows of luma that share it.
VK_AVX2 static void map_rows(const struct vk_tone_map *map, const struct vk_deep_picture *from,
                             const struct vk_mutable_picture *to, size_t width, int rows) {
  const int depth = map->bit_depth;
  const __m256i low = _mm256_set1_epi32(0xFFFF);
  size_t x = 0;
  for (; 2 * (x + 8) <= width; x += 8) {
    struct cells cells = locate(load_eight(from->cb + x, depth), load_eight(from->cr + x, depth));
    __m256i sum = _mm256_set1_epi32(rows);
    for (int row = 0; row < rows; row++) {
      const uint16_t *codes = from->luma + row * from->luma_stride + 2 * x;
      // The left and right samples of eight blocks.
      __m256i pairs = _mm256_loadu_si256((const __m256i *)codes);
      __m256i left = twelve_bits_avx2(_mm256_and_si256(pairs, low), depth);
      __m256i right = twelve_bits_avx2(_mm256_srli_epi32(pairs, 16), depth);
      sum = _mm256_add_epi32(sum, _mm256_add_epi32(left, right));
      __m256i words = pair_of(interpolate_eight(map->luma, &cells, left),
                              interpolate_eight(map->luma, &cells, right));
      __m128i bytes =
          _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
      _mm_storeu_si128((__m128i *)(to->luma + row * to->luma_stride + 2 * x), bytes);
    }
    __m256i mean = _mm256_srli_epi32(sum, rows);
    store_eight(to->cb + x, interpolate_eight(map->cb, &cells, mean));
    store_eight(to->cr + x, interpolate_eight(map->cr, &cells, mean));
  }
  map_rest(map, x, width, rows, from, to);
}

#elif defined(VK_HAS_NEON)

// Where four chroma samples fall among the points of the cube: the index of their cells' first
// points, and the weights of the cells' four edges along luma.
struct cells {
  uint32x4_t base, weights[4];
};

static inline struct cells locate(uint32x4_t cb, uint32x4_t cr) {
  const uint32x4_t low = vdupq_n_u32(63), one = vdupq_n_u32(64);
  const uint32x4_t blue = vandq_u32(cb, low), red = vandq_u32(cr, low);
  const uint32x4_t no_blue = vsubq_u32(one, blue), no_red = vsubq_u32(one, red);
  struct cells cells;
  cells.base = vmlaq_n_u32(vmulq_n_u32(vshrq_n_u32(cb, 6), NEXT_CB), vshrq_n_u32(cr, 6), NEXT_CR);
  cells.weights[0] = vmulq_u32(no_blue, no_red);
  cells.weights[1] = vmulq_u32(no_blue, red);
  cells.weights[2] = vmulq_u32(blue, no_red);
  cells.weights[3] = vmulq_u32(blue, red);
  return cells;
}

// The point and its successor along luma, which are not negative, in one load.
static inline uint32x4_t load_points(const int16_t *table, const uint32_t index[4]) {
  uint32_t pairs[4];
  for (int i = 0; i < 4; i++) memcpy(&pairs[i], table + index[i], sizeof pairs[i]);
  return vld1q_u32(pairs);
}

static inline uint32x4_t mix_points(uint32x4_t points, uint32x4_t share) {
  const uint32x4_t near = vandq_u32(points, vdupq_n_u32(0xFFFF)), far = vshrq_n_u32(points, 16);
  const uint32x4_t rest = vsubq_u32(vdupq_n_u32(128), share);
  return vrshrq_n_u32(vmlaq_u32(vmulq_u32(near, rest), far, share), 7);
}

// Four 8-bit codes in 32-bit lanes.
static inline uint32x4_t interpolate_four(const int16_t *table, const struct cells *cells,
                                          uint32x4_t luma) {
  static const int edges[4] = {0, NEXT_CR, NEXT_CB, NEXT_CB + NEXT_CR};
  const uint32x4_t share = vandq_u32(luma, vdupq_n_u32(127));
  uint32_t index[4];
  vst1q_u32(index, vaddq_u32(cells->base, vshrq_n_u32(luma, 7)));
  uint32x4_t sum = vdupq_n_u32(0);
  for (int i = 0; i < 4; i++) {
    const uint32x4_t edge = mix_points(load_points(table + edges[i], index), share);
    sum = vmlaq_u32(sum, edge, cells->weights[i]);
  }
  return vrshrq_n_u32(sum, 19);
}

static inline uint32x4_t four_at_twelve_bits(uint16x4_t codes, int32x4_t shift) {
  return vminq_u32(vshlq_u32(vmovl_u16(codes), shift), vdupq_n_u32(4095));
}

static inline void store_four(uint8_t *out, uint32x4_t codes) {
  const uint16x4_t words = vmovn_u32(codes);
  const uint8x8_t bytes = vmovn_u16(vcombine_u16(words, words));
  memcpy(out, &bytes, 4);
}

// One row of chroma and the `rows` (1 or 2) rows of luma that share it.
static void map_rows(const struct vk_tone_map *map, const struct vk_deep_picture *from,
                     const struct vk_mutable_picture *to, size_t width, int rows) {
  const int32x4_t shift = vdupq_n_s32(12 - map->bit_depth);
  const int32x4_t halvings = vdupq_n_s32(-rows);
  size_t x = 0;
  for (; 2 * (x + 4) <= width; x += 4) {
    const struct cells cells = locate(four_at_twelve_bits(vld1_u16(from->cb + x), shift),
                                      four_at_twelve_bits(vld1_u16(from->cr + x), shift));
    uint32x4_t sum = vdupq_n_u32((uint32_t)rows);
    for (int row = 0; row < rows; row++) {
      // The left and right samples of four blocks.
      const uint16x4x2_t pairs = vld2_u16(from->luma + row * from->luma_stride + 2 * x);
      const uint32x4_t left = four_at_twelve_bits(pairs.val[0], shift);
      const uint32x4_t right = four_at_twelve_bits(pairs.val[1], shift);
      sum = vaddq_u32(sum, vaddq_u32(left, right));
      const uint32x4_t words = vorrq_u32(
          interpolate_four(map->luma, &cells, left),
          vshlq_n_u32(interpolate_four(map->luma, &cells, right), 16));
      vst1_u8(to->luma + row * to->luma_stride + 2 * x, vmovn_u16(vreinterpretq_u16_u32(words)));
    }
    const uint32x4_t mean = vshlq_u32(sum, halvings);
    store_four(to->cb + x, interpolate_four(map->cb, &cells, mean));
    store_four(to->cr + x, interpolate_four(map->cr, &cells, mean));
  }
  map_rest(map, x, width, rows, from, to);
}

#endif

#if defined(__x86_64__) || defined(VK_HAS_NEON)

static inline void map_picture(const struct vk_tone_map *map, const struct vk_deep_picture *from,
                               const struct vk_mutable_picture *to, size_t width, size_t height) {
  struct vk_deep_picture source = *from;
  struct vk_mutable_picture target = *to;
  for (size_t y = 0; y < height; y += 2) {
    map_rows(map, &source, &target, width, height - y > 1 ? 2 : 1);
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
VK_AVX2 void vk_tone_map_avx2(const struct vk_tone_map *map, const struct vk_deep_picture *from,
                              const struct vk_mutable_picture *to, size_t width, size_t height) {
  map_picture(map, from, to, width, height);
}
#elif defined(VK_HAS_NEON)
void vk_tone_map_neon(const struct vk_tone_map *map, const struct vk_deep_picture *from,
                      const struct vk_mutable_picture *to, size_t width, size_t height) {
  map_picture(map, from, to, width, height);
}
#endif
