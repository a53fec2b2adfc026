// What fences a process in, and what Swift cannot say about processes. Linux alone; elsewhere every
// fence is reported as missing and nothing is started.
#pragma once

#include <stddef.h>
#include <stdint.h>

// MARK: Memory that runs out

/// Lets the process end with one sentence on standard error and `status` when it dies because a limit
/// of its memory is reached; every other death stays what it is.
///
/// Swift's runtime cannot report that memory is missing: it ends by one of several signals. When one
/// of them comes and hardly any of the memory that the limits allow is left, that is taken for the
/// cause.
void cs_guard_memory(int status);

/// Bytes that the process may still use by its own limits (RLIMIT_AS, RLIMIT_DATA); `UINT64_MAX`
/// without a limit.
uint64_t cs_memory_left(void);
