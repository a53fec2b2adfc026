#include "luma.h"

#if defined(__x86_64__)

// Rows that are summed side by side: the work between the vectors of a row, and the wait for a sum,
// are shared.
enum { ROWS = 4 };

// Sums in lanes of 32 bits: one instruction adds four neighbouring codes each.
struct row_sums {
  __m512i left[ROWS], right[ROWS];
};

// How a region is read. `NEAR_UNCLAMPED` is for full range, which has nothing to clamp; beyond the
// nearer caches that would gain nothing.
enum way { NEAR_UNCLAMPED, NEAR, FAR };

// From here on a region is `FAR`: its rows are fetched ahead, as many as are summed at once. The
// hardware prefetchers lag behind a loop that does so little with each byte; nearer by, fetching
// would only cost time.
enum { FAR_BYTES = 1 << 20 };

// What is the same in every row. The vector at `border` holds the first column of the right half.
struct columns {
  size_t width, border;
  __mmask64 border_valid, tail_valid;
  __m512i border_left, border_right, tail, low, high;
};

VK_AVX512 static inline __mmask64 first_columns(size_t count) {
  return count >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << count) - 1;
}

VK_AVX512 static inline struct columns columns_of(size_t width, uint8_t black, uint8_t white) {
  const __m512i ones = _mm512_set1_epi8(1);
  struct columns c = {.width = width, .border = width / 2 / 64 * 64};
  const __mmask64 left = first_columns(width / 2 - c.border);
  c.border_valid = first_columns(width - c.border);
  c.tail_valid = first_columns(width % 64);
  c.border_left = _mm512_maskz_mov_epi8(left, ones);
  c.border_right = _mm512_maskz_mov_epi8(c.border_valid & ~left, ones);
  c.tail = _mm512_maskz_mov_epi8(c.tail_valid, ones);
  c.low = _mm512_set1_epi8((char)black);
  c.high = _mm512_set1_epi8((char)white);
  return c;
}

VK_INLINE VK_AVX512 __m512i clamp(__m512i codes, const struct columns *c, enum way way) {
  if (way == NEAR_UNCLAMPED) return codes;
  return _mm512_min_epu8(_mm512_max_epu8(codes, c->low), c->high);
}

VK_INLINE VK_AVX512 void add_rows(struct row_sums *sums, const uint8_t *row, ptrdiff_t stride,
                                  const struct columns *c, int rows, enum way way) {
  const __m512i ones = _mm512_set1_epi8(1);
  size_t x = 0;
  for (; x < c->border; x += 64)
    for (int r = 0; r < rows; r++) {
      if (way == FAR) _mm_prefetch((const char *)(row + (r + ROWS) * stride + x), _MM_HINT_T0);
      __m512i codes = clamp(_mm512_loadu_si512(row + r * stride + x), c, way);
      sums->left[r] = _mm512_dpbusd_epi32(sums->left[r], codes, ones);
    }
  for (int r = 0; r < rows; r++) {
    __m512i codes = _mm512_maskz_loadu_epi8(c->border_valid, row + r * stride + x);
    codes = clamp(codes, c, way);
    sums->left[r] = _mm512_dpbusd_epi32(sums->left[r], codes, c->border_left);
    sums->right[r] = _mm512_dpbusd_epi32(sums->right[r], codes, c->border_right);
  }
  for (x += 64; x + 64 <= c->width; x += 64)
    for (int r = 0; r < rows; r++) {
      if (way == FAR) _mm_prefetch((const char *)(row + (r + ROWS) * stride + x), _MM_HINT_T0);
      __m512i codes = clamp(_mm512_loadu_si512(row + r * stride + x), c, way);
      sums->right[r] = _mm512_dpbusd_epi32(sums->right[r], codes, ones);
    }
  if (x >= c->width) return;
  for (int r = 0; r < rows; r++) {
    __m512i codes = _mm512_maskz_loadu_epi8(c->tail_valid, row + r * stride + x);
    sums->right[r] = _mm512_dpbusd_epi32(sums->right[r], clamp(codes, c, way), c->tail);
  }
}

// The lanes are emptied before this many registers of 64 codes, four to a lane, can overflow one.
enum { STRIP_REGISTERS = 4 << 20 };

static inline size_t strip_rows(size_t width) {
  size_t rows = STRIP_REGISTERS / (width / 64 + 2);
  return rows > 0 ? rows : 1;
}

static inline size_t nearer(size_t a, size_t b) { return a < b ? a : b; }

VK_AVX512 static inline uint64_t total_avx512(__m512i sum) {
  __m512i even = _mm512_maskz_mov_epi32(0x5555, sum), odd = _mm512_srli_epi64(sum, 32);
  return (uint64_t)_mm512_reduce_add_epi64(_mm512_add_epi64(even, odd));
}

// The columns of a grid within 64 neighbouring ones, the first of which belongs to it.
struct comb {
  __m512i places;
  __mmask64 mask;
  size_t count;
};

VK_AVX512 static inline struct comb comb_of(size_t step) {
  uint8_t places[64] = {0};
  struct comb comb = {.mask = 0, .count = 0};
  for (size_t x = 0; x < 64; x += step) {
    places[comb.count++] = (uint8_t)x;
    comb.mask |= (__mmask64)1 << x;
  }
  comb.places = _mm512_loadu_si512(places);
  return comb;
}

// At most 16 samples lie in 64 columns, so 16 bytes are written however many there are.
VK_AVX512 static inline uint8_t *take(const uint8_t *row, size_t width, size_t start, size_t step,
                                      struct comb comb, uint8_t *out) {
  size_t x = start;
  for (; x + 64 <= width; x += comb.count * step) {
    __m512i codes = _mm512_permutexvar_epi8(comb.places, _mm512_loadu_si512(row + x));
    _mm_storeu_si128((__m128i *)out, _mm512_castsi512_si128(codes));
    out += comb.count;
  }
  if (x >= width) return out;
  __mmask64 valid = ~(__mmask64)0 >> (64 - (width - x));
  __m512i codes = _mm512_permutexvar_epi8(comb.places, _mm512_maskz_loadu_epi8(valid, row + x));
  _mm_storeu_si128((__m128i *)out, _mm512_castsi512_si128(codes));
  return out + __builtin_popcountll(comb.mask & valid);
}

VK_AVX512 static inline uint64_t total_of_rows(const __m512i sums[ROWS]) {
  uint64_t total = 0;
  for (int r = 0; r < ROWS; r++) total += total_avx512(sums[r]);
  return total;
}

// Either counts all codes or samples those of the grid, while their rows are still in the cache;
// returns the place behind the samples.
VK_INLINE VK_AVX512 uint8_t *walk(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                  size_t height, uint8_t black, uint8_t white, enum way way,
                                  struct vk_quarter_sums *sums, uint32_t (*counters)[256],
                                  const struct vk_grid *grid, uint8_t *samples) {
  const struct columns columns = columns_of(width, black, white);
  const size_t strip = strip_rows(width), step = grid ? grid->column_step : 1;
  const struct comb comb = comb_of(step);
  size_t next = grid ? grid->first_row : 0, start = 0;
  for (int lower = 0; lower < 2; lower++) {
    const size_t end = lower ? height : height / 2;
    uint64_t left = 0, right = 0;
    for (size_t y = lower ? height / 2 : 0; y < end;) {
      struct row_sums own = {0};
      for (const size_t strip_end = nearer(end, y + strip); y < strip_end;) {
        const uint8_t *row = plane + (ptrdiff_t)y * stride;
        const size_t rows = y + ROWS <= strip_end ? ROWS : 1;
        if (rows == ROWS)
          add_rows(&own, row, stride, &columns, ROWS, way);
        else
          add_rows(&own, row, stride, &columns, 1, way);
        y += rows;
        for (size_t r = 0; counters && r < rows; r++)
          count_codes(row + (ptrdiff_t)r * stride, width, counters);
        for (; grid && next < y; next += grid->row_step) {
          samples = take(plane + (ptrdiff_t)next * stride, width, start, step, comb, samples);
          start = (start + step / 2 + 1) % step;
        }
      }
      left += total_of_rows(own.left);
      right += total_of_rows(own.right);
    }
    sums->quarter[2 * lower] = left;
    sums->quarter[2 * lower + 1] = right;
  }
  return samples;
}

VK_AVX512 void vk_luma_histogram_avx512(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                        size_t height, uint8_t black, uint8_t white,
                                        struct vk_quarter_sums *sums, uint32_t histogram[256]) {
  uint32_t counters[LANES][256] = {{0}};
  walk(plane, stride, width, height, black, white, NEAR, sums, counters, NULL, NULL);
  merge_counters(counters, histogram);
}

VK_AVX512 size_t vk_luma_samples_avx512(const uint8_t *plane, ptrdiff_t stride, size_t width,
                                        size_t height, uint8_t black, uint8_t white,
                                        const struct vk_grid *grid, struct vk_quarter_sums *sums,
                                        uint8_t *samples) {
#define WALK(WAY) walk(plane, stride, width, height, black, white, WAY, sums, NULL, grid, samples)
  uint8_t *end = width * height >= FAR_BYTES    ? WALK(FAR)
                 : black == 0 && white == 255 ? WALK(NEAR_UNCLAMPED)
                                              : WALK(NEAR);
#undef WALK
  return (size_t)(end - samples);
}

#endif
