#define _GNU_SOURCE
#include "fences.h"

#ifdef __linux__

#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's own header may be older than the kernel: numbers from include/uapi/linux/landlock.h
// and Documentation/userspace-api/landlock.rst.

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif

enum { CREATE_RULESET_VERSION = 1 };

struct ruleset {
  uint64_t files;
  uint64_t ports;
  uint64_t scoped;
};

// Every right on files that a version knows: execute to make_sym 13, then refer, truncate and ioctl.
static uint64_t file_rights(int version) {
  int count = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  return (UINT64_C(1) << count) - 1;
}

int cs_landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
  return version > 0 ? (int)version : 0;
}

int cs_fence_landlock(void) {
  int version = cs_landlock_version();
  if (version == 0) return 0;
  // A right that is handled and that no rule grants is refused.
  struct ruleset rules = {.files = file_rights(version)};
  size_t size = sizeof rules.files;
  if (version >= 4) {
    rules.ports = 3;  // Bind and connect TCP.
    size = 2 * sizeof(uint64_t);
  }
  if (version >= 6) {
    rules.scoped = 3;  // Abstract Unix sockets and signals of processes outside.
    size = sizeof rules;
  }
  int set = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (set < 0) return 0;
  int stands = syscall(SYS_landlock_restrict_self, set, 0) == 0;
  close(set);
  return stands;
}

#endif
