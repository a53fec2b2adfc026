#include "CSandbox.h"

#ifdef __linux__

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// Everything below may run in a signal handler: no allocation, no locks, no formatted output.

static const int signals[] = {SIGSEGV, SIGILL, SIGABRT, SIGTRAP, SIGBUS};
enum { SIGNALS = sizeof signals / sizeof *signals };
static struct sigaction previous[SIGNALS];
static int exit_status;
// /proc/self/statm, opened while that is possible; -1 before.
static int statistics = -1;

// What is asked for at once before memory is missing: a picture, a thread's stack or a part of the
// C library's pool.
static const uint64_t close_to_limit = 64u << 20;

// The numbers of /proc/self/statm that count: all pages, and those of data and stack.
static int read_pages(rlim_t *all, rlim_t *data) {
  int file = statistics >= 0 ? statistics : open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[128];
  ssize_t length = pread(file, text, sizeof text, 0);
  if (file != statistics) close(file);
  rlim_t fields[7] = {0};
  int field = 0;
  for (ssize_t i = 0; i < length && field < 7; i++) {
    if (text[i] >= '0' && text[i] <= '9') {
      fields[field] = fields[field] * 10 + (rlim_t)(text[i] - '0');
    } else {
      field++;
    }
  }
  *all = fields[0];
  *data = fields[5];
  return field >= 6;
}

static uint64_t left_of(int resource, rlim_t pages) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UINT64_MAX;
  rlim_t used = pages * (rlim_t)sysconf(_SC_PAGESIZE);
  return used < limit.rlim_cur ? limit.rlim_cur - used : 0;
}

uint64_t cs_memory_left(void) {
  rlim_t all = 0, data = 0;
  if (!read_pages(&all, &data)) return UINT64_MAX;
  uint64_t of_all = left_of(RLIMIT_AS, all), of_data = left_of(RLIMIT_DATA, data);
  return of_all < of_data ? of_all : of_data;
}

static void handle(int number, siginfo_t *info, void *context) {
  (void)info;
  (void)context;
  if (cs_memory_left() < close_to_limit) {
    static const char sentence[] =
        "vprep: the memory that this process may use is not enough; allow more (ulimit -v)\n";
    ssize_t ignored = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)ignored;
    _exit(exit_status);
  }
  // Back to what would have happened: the fault comes again.
  for (int i = 0; i < SIGNALS; i++) {
    if (signals[i] == number) sigaction(number, &previous[i], NULL);
  }
  if (number == SIGABRT || number == SIGTRAP) raise(number);
}

void cs_guard_memory(int status) {
  exit_status = status;
#ifdef M_ARENA_MAX
  // glibc gives threads that wait for each other pools of their own and reserves 64 MB for each: how much
  // of a limit is left would depend on chance.
  if (cs_memory_left() != UINT64_MAX) mallopt(M_ARENA_MAX, 1);
#endif
  if (statistics < 0) statistics = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  for (int i = 0; i < SIGNALS; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(signals[i], &action, &previous[i]);
  }
}

#else

void cs_guard_memory(int status) { (void)status; }

uint64_t cs_memory_left(void) { return UINT64_MAX; }

#endif
