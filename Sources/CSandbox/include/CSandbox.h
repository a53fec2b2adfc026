// What fences a process in, and what Swift cannot say about processes. Linux alone; elsewhere every
// fence is reported as missing and nothing is started.
#pragma once

#include <stddef.h>
#include <stdint.h>

// MARK: Memory that runs out

/// Lets the process end with `status`, and one sentence on standard error, when it dies because a
/// limit of its memory is reached; every other death stays what it is.
///
/// Swift's runtime cannot report that memory is missing: it ends by one of several signals. When one
/// of them comes and hardly any of the memory that the limits allow is left, that is taken for the
/// cause.
void cs_guard_memory(int status);

/// Bytes that the process may still use by its own limits (RLIMIT_AS, RLIMIT_DATA); `UINT64_MAX`
/// without a limit.
uint64_t cs_memory_left(void);

// MARK: Fences

/// What keeps a process in.
enum {
  /// It gains no rights by starting a program.
  CS_FENCE_NO_NEW_PRIVILEGES = 1,
  /// Only the system calls of a list are possible: no file is opened, no connection made, no process
  /// started, no other one touched.
  CS_FENCE_SYSTEM_CALLS = 2,
  /// The kernel grants no path and no TCP port, whatever call asks.
  CS_FENCE_LANDLOCK = 4,
  /// Memory, file size and core files are bounded.
  CS_FENCE_LIMITS = 8,
};

/// How much a fenced process may use.
typedef struct {
  /// Bytes of memory that it may take beside what it has already; 0: no bound.
  uint64_t memory;
  /// Bytes of one file that it writes; 0: no bound.
  uint64_t file_size;
} cs_bounds;

/// The version of Landlock's interface that the kernel offers; 0 without it.
int cs_landlock_version(void);

/// Puts the calling process behind every fence that the kernel has; there is no way back. It must
/// have one thread.
///
/// What it opened before stays open. What is refused afterwards fails with `EPERM`, so that libraries
/// which only try something go on.
///
/// Returns the fences that stand, as bits.
int cs_enter(const cs_bounds *_Nonnull bounds);

// MARK: Processes

/// Starts a program with one end of a socket as its descriptor 3, `/dev/null` as its standard streams,
/// no other descriptor, a process group of its own, and default signals.
///
/// `own` receives this process's end of the socket. `arguments` and `environment` end with `NULL`.
/// Returns the process's identifier, or minus an error number.
int cs_start(const char *_Nonnull path, char *_Nullable const *_Nonnull arguments,
             char *_Nullable const *_Nonnull environment, int *_Nonnull own);

/// Waits for a process to end, at most `seconds`, less than 0 without end; `status` is then as
/// `waitpid` has it.
///
/// Returns `process`, 0 when it has not ended, or minus an error number where there is no such child.
int cs_wait(int process, int *_Nonnull status, double seconds);

/// Lets a process use `seconds` more of processor time than it has used; 0: without end.
void cs_allow_processor_time(int process, double seconds);

// MARK: Messages with descriptors

enum { CS_MOST_DESCRIPTORS = 4 };

/// Sends all bytes, the descriptors with the first of them; returns 0 or an error number.
int cs_send(int socket, const void *_Nonnull bytes, size_t size,
            const int *_Nullable descriptors, size_t count);

/// Receives at most `size` bytes and the descriptors that come with them, at most
/// `CS_MOST_DESCRIPTORS`, closed on exec.
///
/// Waits at most `milliseconds`, less than 0 without end. Returns the number of bytes, 0 at the end,
/// or minus an error number: `-ETIMEDOUT` when nothing came.
long cs_receive(int socket, void *_Nonnull bytes, size_t size, int *_Nonnull descriptors,
                size_t *_Nonnull count, int milliseconds);
