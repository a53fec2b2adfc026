#include "kernels.h"

static const struct vk_kernels none = {0};

#if defined(__x86_64__)

static const struct vk_kernels avx2 = {
    .luma_histogram = vk_luma_histogram_avx2,
    .luma_samples = vk_luma_samples_avx2,
    .map_codes = vk_map_codes_avx2,
    .laplacian_sums = vk_laplacian_sums_avx2,
    .transpose = vk_transpose_avx2,
    .reverse_rows = vk_reverse_rows_avx2,
    .convert_ycbcr = vk_convert_ycbcr_avx2,
    .weigh_rows = vk_weigh_rows_avx2,
    .weigh_columns = vk_weigh_columns_avx2,
    .base64_triples = vk_base64_triples_avx2,
    .warp_row = vk_warp_row_avx2,
    .halve_bytes = vk_halve_bytes_avx2,
    .halve_words = vk_halve_words_avx2,
    .tone_map = vk_tone_map_avx2,
};

static const struct vk_kernels avx512 = {
    .luma_histogram = vk_luma_histogram_avx512,
    .luma_samples = vk_luma_samples_avx512,
    .code_order = vk_code_order_avx512,
    .map_codes = vk_map_codes_avx512,
    .laplacian_sums = vk_laplacian_sums_avx512,
    .base64_triples = vk_base64_triples_avx512,
};

static int has_avx2(void) {
  __builtin_cpu_init();
  // The compiler's run-time library also asks the operating system whether it saves the registers.
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vnni") &&
         __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("gfni");
}

int vk_supports(int level) {
  switch (level) {
    case VK_LEVEL_PORTABLE: return 1;
    case VK_LEVEL_AVX2: return has_avx2();
    case VK_LEVEL_AVX512: return has_avx512();
    default: return 0;
  }
}

const struct vk_kernels *vk_kernels_at(int level) {
  switch (level) {
    case VK_LEVEL_AVX2: return &avx2;
    case VK_LEVEL_AVX512: return &avx512;
    default: return &none;
  }
}

#elif defined(VK_HAS_NEON)

static const struct vk_kernels neon = {
    .luma_histogram = vk_luma_histogram_neon,
    .luma_samples = vk_luma_samples_neon,
    .map_codes = vk_map_codes_neon,
    .laplacian_sums = vk_laplacian_sums_neon,
    .transpose = vk_transpose_neon,
    .reverse_rows = vk_reverse_rows_neon,
    .convert_ycbcr = vk_convert_ycbcr_neon,
    .weigh_rows = vk_weigh_rows_neon,
    .weigh_columns = vk_weigh_columns_neon,
    .base64_triples = vk_base64_triples_neon,
    .warp_row = vk_warp_row_neon,
    .halve_bytes = vk_halve_bytes_neon,
    .halve_words = vk_halve_words_neon,
    .tone_map = vk_tone_map_neon,
};

int vk_supports(int level) { return level == VK_LEVEL_PORTABLE || level == VK_LEVEL_NEON; }

const struct vk_kernels *vk_kernels_at(int level) {
  return level == VK_LEVEL_NEON ? &neon : &none;
}

#else

int vk_supports(int level) { return level == VK_LEVEL_PORTABLE; }

const struct vk_kernels *vk_kernels_at(int level) {
  (void)level;
  return &none;
}

#endif
