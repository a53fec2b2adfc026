#ifndef CPLANE_READING_H
#define CPLANE_READING_H

#include <stddef.h>
#include <stdint.h>

/// Reads a plane with AVX2 loads and does no more than keep them from being left out: the least time
/// that any measure of every sample can take. Returns 0 where there is no AVX2.
uint64_t cpr_read(const uint8_t *plane, size_t count);

#endif
