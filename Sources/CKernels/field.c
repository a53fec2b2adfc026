#include "CKernels.h"

// One row of the missing field, for samples of either width. The compiler makes vectors of it with
// what every processor has; interlaced clips are too rare for more.

static inline int apart(int a, int b) { return a > b ? a - b : b - a; }

static inline int greater(int a, int b) { return a > b ? a : b; }

#define FIELD_ROW(name, sample)                                                                  \
  void name(const struct vk_field_rows *rows, void *output, ptrdiff_t width, int shift) {        \
    const sample *above = rows->above, *own = rows->own, *below = rows->below;                   \
    const sample *was_above = rows->was_above, *was = rows->was, *was_below = rows->was_below;   \
    sample *out = output;                                                                        \
    for (ptrdiff_t x = 0; x < width; x++) {                                                      \
      int between = (above[x] + below[x] + 1) / 2;                                               \
      if (x >= 2 && x + 2 < width) {                                                             \
        int left = apart(above[x - 2], below[x]) + apart(above[x - 1], below[x + 1]) +           \
                   apart(above[x], below[x + 2]);                                                \
        int straight = apart(above[x - 1], below[x - 1]) + apart(above[x], below[x]) +           \
                       apart(above[x + 1], below[x + 1]);                                        \
        int right = apart(above[x], below[x - 2]) + apart(above[x + 1], below[x - 1]) +          \
                    apart(above[x + 2], below[x]);                                               \
        if (left < straight && left <= right)                                                    \
          between = (above[x - 1] + below[x + 1] + 1) / 2;                                       \
        else if (right < straight)                                                               \
          between = (above[x + 1] + below[x - 1] + 1) / 2;                                       \
      }                                                                                          \
      if (was) {                                                                                 \
        int moved = greater(apart(own[x], was[x]), greater(apart(above[x], was_above[x]),        \
                                                           apart(below[x], was_below[x])));      \
        int weight = (moved >> shift) - VK_FIELD_NOISE;                                          \
        weight = weight < 0 ? 0 : weight > VK_FIELD_FADE ? VK_FIELD_FADE : weight;               \
        between = (between * weight + own[x] * (VK_FIELD_FADE - weight) + VK_FIELD_FADE / 2) /   \
                  VK_FIELD_FADE;                                                                 \
      }                                                                                          \
      out[x] = (sample)between;                                                                  \
    }                                                                                            \
  }

FIELD_ROW(vk_field_row_8, uint8_t)
FIELD_ROW(vk_field_row_16, uint16_t)
