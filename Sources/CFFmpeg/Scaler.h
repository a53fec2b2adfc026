// A scaler's context: a struct without members for callers up to FFmpeg 7.0, one with members since 7.1.
// Swift has different types for the two; this name stands for either.
#pragma once

#include <libswscale/swscale.h>

typedef struct SwsContext *cff_scaler;

// Bicubic, with exact rounding and full chroma: macros up to FFmpeg 7, an enumeration of its own since 8.
static inline int cff_scaler_flags(void) {
    return SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP;
}
