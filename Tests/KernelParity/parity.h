// Compares the kernels in C with plain loops, on processors for which the Swift tests cannot be
// built.
//
// `KernelsTests` compares the x86-64 kernels with the reference in Swift; this program compares the
// same kernels with the loops of reference.c, and so ties those to the reference. Built for another
// processor, it compares the kernels of that one with the same loops.

#ifndef PARITY_H
#define PARITY_H

#include <stdbool.h>

#include "CKernels.h"

// The loops.
extern const struct vk_kernels reference;

// One kernel: whether a table has it, its comparison, and a typical amount of work for counting
// instructions. All take the kernel from the table that they are given.
struct subject {
  const char *name;
  bool (*exists)(const struct vk_kernels *);
  void (*check)(const struct vk_kernels *);
  void (*work)(const struct vk_kernels *);
};

extern const struct subject statistics[], pictures[], tensors[];

// `NAME_exists` for a member of the table.
#define EXISTS(member) \
  static bool member##_exists(const struct vk_kernels *k) { return k->member != NULL; }
#define SUBJECT(member) {#member, member##_exists, check_##member, work_##member}

// Memory of this size whose end is the last before a page that cannot be touched, filled with
// 0xA5, as are the bytes before it. It holds until `end_case`.
void *guarded(size_t bytes);
// Frees what the case has allocated; complains if something was written before it.
void end_case(void);

// The next number of a fixed sequence.
uint64_t random_number(void);
// Noise, or the two extreme values alone. Words are noise of `bits` bits.
void *noise(size_t bytes);
void *extremes(size_t bytes);
uint16_t *noise_of_words(size_t count, int bits);

// Complains where two results differ; the text says which case it is.
void expect_same(const void *expected, const void *result, size_t bytes, const char *what,
                 size_t width, size_t height);
void expect_near(const float *expected, const float *result, size_t count, float tolerance,
                 const char *what, size_t width, size_t height);

// Sizes around the widths of vector registers.
struct shape {
  size_t width, height;
};
extern const struct shape shapes[];
extern const size_t shape_count;
static const size_t paddings[] = {0, 1, 13};
#define EACH(i, count) for (size_t i = 0; i < (count); i++)
// The samples of a plane, without padding after the last row.
static inline size_t plane_count(size_t width, size_t height, size_t stride) {
  return stride * (height - 1) + width;
}

#endif
