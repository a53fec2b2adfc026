#include "CPlaneReading.h"

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static uint64_t read_avx2(const uint8_t *plane, size_t count) {
  __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
  for (size_t i = 0; i + 128 <= count; i += 128) {
    a = _mm256_xor_si256(a, _mm256_loadu_si256((const __m256i *)(plane + i)));
    b = _mm256_xor_si256(b, _mm256_loadu_si256((const __m256i *)(plane + i + 32)));
    c = _mm256_xor_si256(c, _mm256_loadu_si256((const __m256i *)(plane + i + 64)));
    d = _mm256_xor_si256(d, _mm256_loadu_si256((const __m256i *)(plane + i + 96)));
  }
  a = _mm256_xor_si256(_mm256_xor_si256(a, b), _mm256_xor_si256(c, d));
  return (uint64_t)_mm256_extract_epi64(a, 0) ^ (uint64_t)_mm256_extract_epi64(a, 2);
}

uint64_t cpr_read(const uint8_t *plane, size_t count) {
  return __builtin_cpu_supports("avx2") ? read_avx2(plane, count) : 0;
}
#else
uint64_t cpr_read(const uint8_t *plane, size_t count) { return 0; }
#endif
