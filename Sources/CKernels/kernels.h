// What the C files of this target share: the functions behind the tables, target attributes.

#ifndef CKERNELS_KERNELS_H
#define CKERNELS_KERNELS_H

#include "CKernels.h"

// For functions whose constant arguments are to make code of their own.
#define VK_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)

#include <immintrin.h>

// `static inline` functions carry the attribute too: an intrinsic inlines only into a caller that
// has its features.
#define VK_AVX2 __attribute__((target("avx2,fma")))
#define VK_AVX512                                                                                \
  __attribute__((target("avx2,fma,gfni,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vnni," \
                        "avx512vpopcntdq")))

void vk_luma_histogram_avx2(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t, uint8_t,
                            struct vk_quarter_sums *, uint32_t[256]);
void vk_luma_histogram_avx512(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t, uint8_t,
                              struct vk_quarter_sums *, uint32_t[256]);
size_t vk_luma_samples_avx2(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t, uint8_t,
                            const struct vk_grid *, struct vk_quarter_sums *, uint8_t *);
size_t vk_luma_samples_avx512(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t, uint8_t,
                              const struct vk_grid *, struct vk_quarter_sums *, uint8_t *);
void vk_code_order_avx512(const uint8_t *, size_t, struct vk_code_order *);
void vk_map_codes_avx2(const uint16_t *, ptrdiff_t, uint8_t *, ptrdiff_t, size_t, size_t,
                       const uint8_t *, uint16_t, int);
void vk_map_codes_avx512(const uint16_t *, ptrdiff_t, uint8_t *, ptrdiff_t, size_t, size_t,
                         const uint8_t *, uint16_t, int);
void vk_laplacian_sums_avx2(const uint8_t *, ptrdiff_t, size_t, size_t, int64_t *, int64_t *);
void vk_laplacian_sums_avx512(const uint8_t *, ptrdiff_t, size_t, size_t, int64_t *, int64_t *);
void vk_transpose_avx2(const uint8_t *, ptrdiff_t, uint8_t *, ptrdiff_t, size_t, size_t);
void vk_reverse_rows_avx2(const uint8_t *, ptrdiff_t, uint8_t *, ptrdiff_t, size_t, size_t);
void vk_convert_ycbcr_avx2(const struct vk_ycbcr_conversion *, const struct vk_picture *,
                           const struct vk_mutable_picture *, size_t, size_t);
void vk_weigh_rows_avx2(const uint8_t *, ptrdiff_t, size_t, const int16_t *, size_t, int16_t *);
void vk_weigh_columns_avx2(const int16_t *, const int32_t *, const int16_t *, size_t, uint8_t *,
                           size_t);
size_t vk_base64_triples_avx2(const uint8_t *, size_t, uint8_t *);
size_t vk_base64_triples_avx512(const uint8_t *, size_t, uint8_t *);
void vk_warp_row_avx2(const struct vk_warp *, float, float, float, float, size_t, float *);
void vk_halve_bytes_avx2(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t *, ptrdiff_t);
void vk_halve_words_avx2(const uint16_t *, ptrdiff_t, size_t, size_t, uint16_t *, ptrdiff_t);
void vk_tone_map_avx2(const struct vk_tone_map *, const struct vk_deep_picture *,
                      const struct vk_mutable_picture *, size_t, size_t);

#elif defined(__aarch64__) && defined(__ARM_NEON) && !defined(__AARCH64EB__)

#include <arm_neon.h>

// Every 64-bit Arm processor has Advanced SIMD, so these functions need no attribute.
#define VK_HAS_NEON 1

void vk_luma_histogram_neon(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t, uint8_t,
                            struct vk_quarter_sums *, uint32_t[256]);
size_t vk_luma_samples_neon(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t, uint8_t,
                            const struct vk_grid *, struct vk_quarter_sums *, uint8_t *);
void vk_map_codes_neon(const uint16_t *, ptrdiff_t, uint8_t *, ptrdiff_t, size_t, size_t,
                       const uint8_t *, uint16_t, int);
void vk_laplacian_sums_neon(const uint8_t *, ptrdiff_t, size_t, size_t, int64_t *, int64_t *);
void vk_transpose_neon(const uint8_t *, ptrdiff_t, uint8_t *, ptrdiff_t, size_t, size_t);
void vk_reverse_rows_neon(const uint8_t *, ptrdiff_t, uint8_t *, ptrdiff_t, size_t, size_t);
void vk_convert_ycbcr_neon(const struct vk_ycbcr_conversion *, const struct vk_picture *,
                           const struct vk_mutable_picture *, size_t, size_t);
void vk_weigh_rows_neon(const uint8_t *, ptrdiff_t, size_t, const int16_t *, size_t, int16_t *);
void vk_weigh_columns_neon(const int16_t *, const int32_t *, const int16_t *, size_t, uint8_t *,
                           size_t);
size_t vk_base64_triples_neon(const uint8_t *, size_t, uint8_t *);
void vk_warp_row_neon(const struct vk_warp *, float, float, float, float, size_t, float *);
void vk_halve_bytes_neon(const uint8_t *, ptrdiff_t, size_t, size_t, uint8_t *, ptrdiff_t);
void vk_halve_words_neon(const uint16_t *, ptrdiff_t, size_t, size_t, uint16_t *, ptrdiff_t);
void vk_tone_map_neon(const struct vk_tone_map *, const struct vk_deep_picture *,
                      const struct vk_mutable_picture *, size_t, size_t);

#endif
#endif
