#define _GNU_SOURCE
#include "fences.h"

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

// A list of what is allowed: computing on memory, threads of the own process, reading and writing
// what is open. What it lacks opens nothing, reaches nobody and starts nothing. Those that come most
// often stand first.
static const int allowed[] = {
    SYS_futex,
    SYS_pread64,
    SYS_pwrite64,
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_lseek,
    SYS_munmap,
    SYS_madvise,
    SYS_brk,
    SYS_mremap,
    SYS_recvmsg,
    SYS_sendmsg,
    SYS_close,
    SYS_dup,
    SYS_fstat,
    SYS_fsync,
    SYS_fdatasync,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_fadvise64,
    SYS_ppoll,
#ifdef SYS_poll
    SYS_poll,
#endif
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrusage,
    SYS_getrandom,
    SYS_getcpu,
    SYS_membarrier,
    SYS_mincore,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_restart_syscall,
    SYS_set_robust_list,
    SYS_set_tid_address,
#ifdef SYS_rseq
    SYS_rseq,
#endif
    SYS_getpid,
    SYS_gettid,
    SYS_getppid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_uname,
    SYS_sysinfo,
#ifdef SYS_getrlimit
    SYS_getrlimit,
#endif
#ifdef SYS_arch_prctl
    SYS_arch_prctl,
#endif
#ifdef SYS_time
    SYS_time,
#endif
    SYS_exit,
    SYS_exit_group,
};

// Calls that the C library tries and has an older one for; and any that is newer than this list.
// "There is no such call" lets it fall back, a refusal would not.
static const int unknown[] = {
    SYS_clone3,
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_openat2
    SYS_openat2,
#endif
#ifdef SYS_close_range
    SYS_close_range,
#endif
};
enum { NEWEST_KNOWN = 470 };

// MARK: Writing the filter

enum { CAPACITY = 256 };

struct filter {
  struct sock_filter code[CAPACITY];
  unsigned short count;
};

static void add(struct filter *filter, struct sock_filter instruction) {
  if (filter->count < CAPACITY) filter->code[filter->count++] = instruction;
}

static void load(struct filter *filter, size_t offset) {
  add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offset));
}

static void answer(struct filter *filter, unsigned what) {
  add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what));
}

static void load_number(struct filter *filter) { load(filter, offsetof(struct seccomp_data, nr)); }

// The lower or upper half of an argument; both architectures are little-endian.
static void load_argument(struct filter *filter, int index, int upper) {
  load(filter, offsetof(struct seccomp_data, args) + (size_t)index * 8 + (upper ? 4 : 0));
}

// Skips the next `count` instructions unless the loaded value is `value`.
static void unless_equal(struct filter *filter, unsigned value, unsigned char count) {
  add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count));
}

static void answer_if(struct filter *filter, int number, unsigned what) {
  unless_equal(filter, (unsigned)number, 1);
  answer(filter, what);
}

static const unsigned refused = SECCOMP_RET_ERRNO | EPERM;
static const unsigned missing = SECCOMP_RET_ERRNO | ENOSYS;

// `number` is allowed when (argument & mask) == value, both halves of the argument where `is_wide`.
static void allow_if(struct filter *filter, int number, int argument, unsigned mask, unsigned value) {
  unless_equal(filter, (unsigned)number, 5);
  load_argument(filter, argument, 0);
  add(filter, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask));
  unless_equal(filter, value, 1);
  answer(filter, SECCOMP_RET_ALLOW);
  answer(filter, refused);
}

// Reading the own limits; setting any of them, or those of another process, is refused.
static void allow_reading_limits(struct filter *filter) {
  unless_equal(filter, SYS_prlimit64, 8);
  load_argument(filter, 0, 0);
  unless_equal(filter, 0, 5);
  load_argument(filter, 2, 0);
  unless_equal(filter, 0, 3);
  load_argument(filter, 2, 1);
  unless_equal(filter, 0, 1);
  answer(filter, SECCOMP_RET_ALLOW);
  answer(filter, refused);
}

// What may be asked of an open file: nothing that lets the kernel signal somebody.
static void allow_file_control(struct filter *filter) {
  static const unsigned commands[] = {F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC};
  enum { COUNT = sizeof commands / sizeof *commands };
  unless_equal(filter, SYS_fcntl, 2 + 2 * COUNT);
  load_argument(filter, 1, 0);
  for (int i = 0; i < COUNT; i++) {
    unless_equal(filter, commands[i], 1);
    answer(filter, SECCOMP_RET_ALLOW);
  }
  answer(filter, refused);
}

static void write_filter(struct filter *filter) {
  load(filter, offsetof(struct seccomp_data, arch));
  unless_equal(filter, ARCHITECTURE, 1);
  add(filter, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1));
  answer(filter, SECCOMP_RET_KILL_PROCESS);
  load_number(filter);
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
    answer_if(filter, allowed[i], SECCOMP_RET_ALLOW);
  }
  // Each of these ends with an answer where its number comes, so that the number stays loaded.
  // No memory becomes code.
  allow_if(filter, SYS_mmap, 2, PROT_EXEC, 0);
  allow_if(filter, SYS_mprotect, 2, PROT_EXEC, 0);
  // Threads, no processes.
  allow_if(filter, SYS_clone, 0, CLONE_THREAD, CLONE_THREAD);
  // Signals to itself, as abort() sends one.
  allow_if(filter, SYS_tgkill, 0, ~0u, (unsigned)getpid());
  allow_if(filter, SYS_kill, 0, ~0u, (unsigned)getpid());
  // The state of what is open.
#ifdef SYS_newfstatat
  allow_if(filter, SYS_newfstatat, 3, AT_EMPTY_PATH, AT_EMPTY_PATH);
#endif
  allow_if(filter, SYS_statx, 2, AT_EMPTY_PATH, AT_EMPTY_PATH);
  // A thread's name.
  allow_if(filter, SYS_prctl, 0, ~0u, PR_SET_NAME);
  allow_reading_limits(filter);
  allow_file_control(filter);
  // Whether something is a terminal.
  answer_if(filter, SYS_ioctl, SECCOMP_RET_ERRNO | ENOTTY);
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
    answer_if(filter, unknown[i], missing);
  }
  // Among the refused are the calls of the old 32-bit interface to 64-bit processors, which have
  // high numbers; a refusal is as good there.
  add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, NEWEST_KNOWN, 0, 1));
  answer(filter, missing);
  answer(filter, refused);
}

int cs_fence_system_calls(void) {
  struct filter filter = {.count = 0};
  write_filter(&filter);
  if (filter.count >= CAPACITY) return 0;
  struct sock_fprog program = {.len = filter.count, .filter = filter.code};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

#else

int cs_fence_system_calls(void) { return 0; }

#endif

#endif
