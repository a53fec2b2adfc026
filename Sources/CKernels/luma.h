// What the levels of the luma statistics share.

#ifndef CKERNELS_LUMA_H
#define CKERNELS_LUMA_H

#include <string.h>

#include "kernels.h"

// Counting is bound by the store-to-load delay of one counter; neighbours hold equal codes more
// often than not, so they go to counters of their own.
enum { LANES = 4 };

static inline void count_codes(const uint8_t *row, size_t width, uint32_t counters[LANES][256]) {
  size_t x = 0;
  for (; x + 8 <= width; x += 8) {
    uint64_t codes;
    memcpy(&codes, row + x, sizeof codes);
    counters[0][codes & 255]++;
    counters[1][codes >> 8 & 255]++;
    counters[2][codes >> 16 & 255]++;
    counters[3][codes >> 24 & 255]++;
    counters[0][codes >> 32 & 255]++;
    counters[1][codes >> 40 & 255]++;
    counters[2][codes >> 48 & 255]++;
    counters[3][codes >> 56]++;
  }
  for (; x < width; x++) counters[0][row[x]]++;
}

static inline void merge_counters(uint32_t counters[LANES][256], uint32_t histogram[256]) {
  for (int code = 0; code < 256; code++)
    histogram[code] =
        counters[0][code] + counters[1][code] + counters[2][code] + counters[3][code];
}

// Copies every `step`-th code of a row; returns the place behind the copies.
static inline uint8_t *take_codes(const uint8_t *row, size_t width, size_t start, size_t step,
                                  uint8_t *out) {
  for (size_t x = start; x < width; x += step) *out++ = row[x];
  return out;
}

#endif
