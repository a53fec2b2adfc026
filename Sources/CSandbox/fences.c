#define _GNU_SOURCE
#include "fences.h"

#ifdef __linux__

#include <stdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int is_set(int resource, rlim_t most) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return 0;
  // A limit that is there already and is lower stays.
  if (limit.rlim_max < most) most = limit.rlim_max;
  limit.rlim_cur = limit.rlim_max = most;
  return setrlimit(resource, &limit) == 0;
}

// Bytes of data, and bytes of address space, that the process has already.
static int used_memory(rlim_t *data, rlim_t *all) {
  unsigned long long fields[7] = {0};
  FILE *file = fopen("/proc/self/statm", "re");
  if (!file) return 0;
  int read = fscanf(file, "%llu %llu %llu %llu %llu %llu", &fields[0], &fields[1], &fields[2],
                    &fields[3], &fields[4], &fields[5]);
  fclose(file);
  rlim_t page = (rlim_t)sysconf(_SC_PAGESIZE);
  *all = fields[0] * page;
  *data = fields[5] * page;
  return read == 6;
}

int cs_fence_limits(const cs_bounds *bounds) {
  int stands = is_set(RLIMIT_CORE, 0);
  if (bounds->file_size) stands &= is_set(RLIMIT_FSIZE, bounds->file_size);
  if (bounds->memory) {
    rlim_t data = 0, all = 0;
    stands &= used_memory(&data, &all);
    stands &= is_set(RLIMIT_DATA, data + bounds->memory);
    // Beside data there are mapped files and what the C library reserves for each thread and never
    // touches; it is bounded too, for memory that is shared counts as no data.
    stands &= is_set(RLIMIT_AS, all + 2 * bounds->memory);
  }
  return stands;
}

int cs_enter(const cs_bounds *bounds) {
  int fences = 0;
  // Whoever started the program may ignore or block them; a limit that only fails a call ends nothing.
  signal(SIGXFSZ, SIG_DFL);
  signal(SIGXCPU, SIG_DFL);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGXFSZ);
  sigaddset(&ends, SIGXCPU);
  sigprocmask(SIG_UNBLOCK, &ends, NULL);
  if (cs_fence_limits(bounds)) fences |= CS_FENCE_LIMITS;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) fences |= CS_FENCE_NO_NEW_PRIVILEGES;
  // Landlock first: the list of system calls does not hold its own.
  if (cs_fence_landlock()) fences |= CS_FENCE_LANDLOCK;
  if (cs_fence_system_calls()) fences |= CS_FENCE_SYSTEM_CALLS;
  return fences;
}

#else

int cs_landlock_version(void) { return 0; }

int cs_enter(const cs_bounds *bounds) {
  (void)bounds;
  return 0;
}

#endif
