#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "parity.h"

const struct shape shapes[] = {
    {1, 1},   {1, 7},  {2, 2},  {3, 3},   {5, 4},    {8, 8},    {15, 6},
    {16, 16}, {17, 5}, {31, 9}, {32, 4},  {33, 33},  {63, 3},   {64, 18},
    {65, 7},  {66, 66}, {96, 5}, {127, 17}, {129, 10}, {200, 31},
};
const size_t shape_count = sizeof shapes / sizeof shapes[0];

static size_t comparisons, failures;

// --- Memory

enum { FRONT = 64, BUFFERS = 64, FILLING = 0xA5 };

static struct {
  uint8_t *mapping, *start;
  size_t mapped;
} buffers[BUFFERS];
static size_t buffer_count;

void *guarded(size_t bytes) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const size_t usable = (bytes + FRONT + page - 1) / page * page;
  uint8_t *mapping =
      mmap(NULL, usable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED || mprotect(mapping + usable, page, PROT_NONE) != 0 ||
      buffer_count == BUFFERS) {
    fprintf(stderr, "no memory\n");
    exit(2);
  }
  memset(mapping, FILLING, usable);
  buffers[buffer_count].mapping = mapping;
  buffers[buffer_count].mapped = usable + page;
  buffers[buffer_count].start = mapping + usable - bytes;
  return buffers[buffer_count++].start;
}

void end_case(void) {
  EACH(i, buffer_count) {
    EACH(k, FRONT) {
      if (buffers[i].start[-1 - (ptrdiff_t)k] == FILLING) continue;
      printf("written before a plane\n");
      failures++;
      break;
    }
    munmap(buffers[i].mapping, buffers[i].mapped);
  }
  buffer_count = 0;
}

// --- Numbers

// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
uint64_t random_number(void) {
  static uint64_t state = 20;
  uint64_t z = state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

void *noise(size_t bytes) {
  uint8_t *out = guarded(bytes);
  EACH(i, bytes) out[i] = (uint8_t)random_number();
  return out;
}

void *extremes(size_t bytes) {
  uint8_t *out = guarded(bytes);
  EACH(i, bytes) out[i] = random_number() & 1 ? 255 : 0;
  return out;
}

uint16_t *noise_of_words(size_t count, int bits) {
  uint16_t *out = guarded(2 * count);
  EACH(i, count) out[i] = (uint16_t)(random_number() & ((1u << bits) - 1));
  return out;
}

// --- Comparisons

static void complain(const char *what, size_t width, size_t height, size_t place) {
  failures++;
  printf("%s, %zux%zu: the results differ at %zu\n", what, width, height, place);
}

void expect_same(const void *expected, const void *result, size_t bytes, const char *what,
                 size_t width, size_t height) {
  comparisons++;
  const uint8_t *a = expected, *b = result;
  EACH(i, bytes) {
    if (a[i] == b[i]) continue;
    complain(what, width, height, i);
    return;
  }
}

void expect_near(const float *expected, const float *result, size_t count, float tolerance,
                 const char *what, size_t width, size_t height) {
  comparisons++;
  EACH(i, count) {
    const float difference = expected[i] - result[i];
    // Not a number is no match.
    if (difference <= tolerance && difference >= -tolerance) continue;
    complain(what, width, height, i);
    return;
  }
}

// --- The program

static const char *const levels[] = {"portable", "avx2", "avx512", "neon"};

static const struct subject *const groups[] = {statistics, pictures, tensors};

// Compares every kernel of every level that this processor has.
static int check(void) {
  size_t kernels = 0;
  for (int level = VK_LEVEL_PORTABLE + 1; level <= VK_LEVEL_NEON; level++) {
    if (!vk_supports(level)) continue;
    EACH(group, 3) {
      for (const struct subject *s = groups[group]; s->name; s++) {
        const struct vk_kernels *table = vk_kernels_at(level);
        if (!s->exists(table)) continue;
        const size_t before = comparisons, failed = failures;
        s->check(table);
        end_case();
        printf("%s %s: %zu comparisons, %zu failed\n", levels[level], s->name,
               comparisons - before, failures - failed);
        kernels++;
      }
    }
  }
  printf("%zu kernels, %zu comparisons, %zu failed\n", kernels, comparisons, failures);
  return kernels == 0 || failures > 0;
}

// Does the work of one kernel a number of times, so that its instructions can be counted.
static int work(const char *name, const char *level, int times) {
  for (int i = VK_LEVEL_PORTABLE; i <= VK_LEVEL_NEON; i++) {
    if (strcmp(level, levels[i]) != 0 || !vk_supports(i)) continue;
    const struct vk_kernels *table = i == VK_LEVEL_PORTABLE ? &reference : vk_kernels_at(i);
    EACH(group, 3) {
      for (const struct subject *s = groups[group]; s->name; s++) {
        if (strcmp(name, s->name) != 0 || !s->exists(table)) continue;
        while (times-- > 0) s->work(table);
        return 0;
      }
    }
  }
  return 2;
}

// `parity`, `parity list LEVEL` or `parity KERNEL LEVEL TIMES`.
int main(int count, char **arguments) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (count == 1) return check();
  if (count == 4) return work(arguments[1], arguments[2], atoi(arguments[3]));
  for (int level = 1; count == 3 && level <= VK_LEVEL_NEON; level++)
    EACH(group, 3)
      for (const struct subject *s = groups[group]; s->name; s++)
        if (strcmp(arguments[2], levels[level]) == 0 && vk_supports(level) &&
            s->exists(vk_kernels_at(level)))
          puts(s->name);
  return count != 3;
}
