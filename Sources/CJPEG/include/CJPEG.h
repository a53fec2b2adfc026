// A narrow view of libjpeg: one call, one buffer, errors as text. libjpeg's error handler jumps;
// it never jumps past this file.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { CJPEG_ERROR_CAPACITY = 200 };

/// Three planes of a full-range BT.601 4:2:0 picture, as JFIF wants them.
typedef struct {
  const uint8_t *_Nonnull luma;
  const uint8_t *_Nonnull blue;
  const uint8_t *_Nonnull red;
  size_t luma_stride;
  size_t blue_stride;
  size_t red_stride;
  int width;
  int height;
} cjpeg_picture;

/// Compresses a picture; returns 0 and a buffer that the caller frees with `cjpeg_free`, or -1 and
/// a text in `error`.
int cjpeg_encode(const cjpeg_picture *_Nonnull picture, int quality,
                 uint8_t *_Nullable *_Nonnull data, size_t *_Nonnull size,
                 char *_Nonnull error);

void cjpeg_free(uint8_t *_Nullable data);
