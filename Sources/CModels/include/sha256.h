// The inner loop of SHA-256.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Folds blocks of 64 bytes into the eight words of the state.
///
/// Takes the processor's SHA instructions where there are any.
void vprep_sha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count);

/// The same without special instructions: the reference.
void vprep_sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count);
