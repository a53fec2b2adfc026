#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>

#ifdef __linux__

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The descriptor by which a started process talks.
enum { SOCKET = 3 };

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

static int prepare(posix_spawnattr_t *attributes, posix_spawn_file_actions_t *actions, int socket) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int code = posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  if (!code) code = posix_spawnattr_setsigmask(attributes, &none);
  if (!code) code = posix_spawnattr_setsigdefault(attributes, &all);
  if (!code) code = posix_spawnattr_setpgroup(attributes, 0);
  for (int stream = 0; stream < SOCKET && !code; stream++) {
    code = posix_spawn_file_actions_addopen(actions, stream, "/dev/null", O_RDWR, 0);
  }
  // The copy stays open in the new program, even where it is the same number.
  if (!code) code = posix_spawn_file_actions_adddup2(actions, socket, SOCKET);
  if (!code) code = posix_spawn_file_actions_addclosefrom_np(actions, SOCKET + 1);
  return code;
}

int cs_start(const char *path, char *const *arguments, char *const *environment, int *own) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -errno;
  // The lowest numbers may be free; the child's end must not be overwritten by its own streams.
  int far = fcntl(ends[1], F_DUPFD_CLOEXEC, SOCKET + 1);
  int code = far < 0 ? errno : 0;
  close(ends[1]);
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  pid_t process = 0;
  if (!code) code = posix_spawnattr_init(&attributes);
  if (!code) {
    code = posix_spawn_file_actions_init(&actions);
    if (!code) {
      code = prepare(&attributes, &actions, far);
      if (!code) code = posix_spawn(&process, path, &actions, &attributes, arguments, environment);
      posix_spawn_file_actions_destroy(&actions);
    }
    posix_spawnattr_destroy(&attributes);
  }
  if (far >= 0) close(far);
  if (code) {
    close(ends[0]);
    return -code;
  }
  *own = ends[0];
  return process;
}

// Waits at most `seconds` for the end of a process; where the kernel cannot tell of it (before 5.3),
// not at all.
static void wait_for_end(int process, double seconds) {
  int end = (int)syscall(SYS_pidfd_open, process, 0);
  if (end < 0) return;
  struct pollfd waiting = {end, POLLIN, 0};
  while (poll(&waiting, 1, (int)(seconds * 1000)) < 0 && errno == EINTR) {
  }
  close(end);
}

int cs_wait(int process, int *status, double seconds) {
  if (seconds >= 0) wait_for_end(process, seconds);
  pid_t ended;
  while ((ended = waitpid(process, status, seconds >= 0 ? WNOHANG : 0)) < 0) {
    if (errno != EINTR) return -errno;
  }
  return ended;
}

static double processor_seconds(int process) {
  clockid_t clock;
  struct timespec time;
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void cs_allow_processor_time(int process, double seconds) {
  struct rlimit limit;
  if (prlimit(process, RLIMIT_CPU, NULL, &limit) != 0) return;
  double end = processor_seconds(process) + seconds;
  // The limit counts whole seconds.
  limit.rlim_cur = seconds > 0 && end < 1e9 ? (rlim_t)end + 1 : limit.rlim_max;
  if (limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
  prlimit(process, RLIMIT_CPU, &limit, NULL);
}

int cs_send(int socket, const void *bytes, size_t size, const int *descriptors, size_t count) {
  const char *rest = bytes;
  while (size > 0) {
    struct iovec part = {(void *)rest, size};
    union {
      char bytes[CMSG_SPACE(sizeof(int) * CS_MOST_DESCRIPTORS)];
      struct cmsghdr header;
    } control;
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0) {
      if (count > CS_MOST_DESCRIPTORS) return EINVAL;
      memset(&control, 0, sizeof control);
      message.msg_control = control.bytes;
      message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
      struct cmsghdr *header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(sizeof(int) * count);
      memcpy(CMSG_DATA(header), descriptors, sizeof(int) * count);
    }
    ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    count = 0;
    rest += sent;
    size -= (size_t)sent;
  }
  return 0;
}

static int wait_for_bytes(int socket, int milliseconds) {
  struct pollfd waiting = {socket, POLLIN, 0};
  while (1) {
    int ready = poll(&waiting, 1, milliseconds);
    if (ready > 0) return 0;
    if (ready == 0) return ETIMEDOUT;
    if (errno != EINTR) return errno;
  }
}

long cs_receive(int socket, void *bytes, size_t size, int *descriptors, size_t *count,
                int milliseconds) {
  *count = 0;
  int code = wait_for_bytes(socket, milliseconds);
  if (code) return -code;
  struct iovec part = {bytes, size};
  union {
    char bytes[CMSG_SPACE(sizeof(int) * CS_MOST_DESCRIPTORS)];
    struct cmsghdr header;
  } control;
  struct msghdr message = {
      .msg_iov = &part,
      .msg_iovlen = 1,
      .msg_control = control.bytes,
      .msg_controllen = sizeof control.bytes,
  };
  ssize_t got;
  while ((got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC)) < 0) {
    if (errno != EINTR) return -errno;
  }
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    size_t found = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < found; i++) {
      int descriptor;
      memcpy(&descriptor, CMSG_DATA(header) + i * sizeof(int), sizeof descriptor);
      if (*count < CS_MOST_DESCRIPTORS) {
        descriptors[(*count)++] = descriptor;
      } else {
        close(descriptor);
      }
    }
  }
  return got;
}

#else

int cs_start(const char *path, char *const *arguments, char *const *environment, int *own) {
  (void)path, (void)arguments, (void)environment, (void)own;
  return -ENOSYS;
}

int cs_wait(int process, int *status, double seconds) {
  (void)process, (void)status, (void)seconds;
  return -ENOSYS;
}

void cs_allow_processor_time(int process, double seconds) { (void)process, (void)seconds; }

int cs_send(int socket, const void *bytes, size_t size, const int *descriptors, size_t count) {
  (void)socket, (void)bytes, (void)size, (void)descriptors, (void)count;
  return ENOSYS;
}

long cs_receive(int socket, void *bytes, size_t size, int *descriptors, size_t *count,
                int milliseconds) {
  (void)socket, (void)bytes, (void)size, (void)descriptors, (void)count, (void)milliseconds;
  return -ENOSYS;
}

#endif
