// Goes behind the fences of CSandbox and says what is still possible: one line an attempt, its name
// and "done" or the error's number. The tests start it; nothing else does.
//
// FenceProbe OPEN-FILE FOLDER: every attempt. FenceProbe OPEN-FILE FOLDER large: writes beyond the
// bound of a file's size.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CSandbox.h"

static void tell(const char *name, long result) {
  if (result < 0) {
    printf("%s %d\n", name, errno);
  } else {
    printf("%s done\n", name);
  }
  fflush(stdout);
}

static void *nothing(void *argument) { return argument; }

static void try_forbidden(const char *folder) {
  char path[4096], other[4096];
  snprintf(path, sizeof path, "%s/fresh", folder);
  snprintf(other, sizeof other, "%s/other", folder);
  struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  char *const arguments[] = {"true", NULL};

  tell("open-read", open("/etc/passwd", O_RDONLY));
  tell("open-write", open(path, O_WRONLY | O_CREAT, 0600));
  tell("creat", creat(path, 0600));
  tell("mkdir", mkdir(path, 0700));
  tell("unlink", unlink("/etc/hostname"));
  tell("rename", rename("/etc/hostname", other));
  tell("link", link("/etc/hostname", other));
  tell("symlink", symlink("/etc/hostname", other));
  tell("chmod", chmod(folder, 0700));
  tell("chdir", chdir("/"));
  tell("stat", access("/etc/passwd", R_OK));
  tell("memfd", memfd_create("x", 0));
  tell("socket-inet", socket(AF_INET, SOCK_STREAM, 0));
  tell("socket-unix", socket(AF_UNIX, SOCK_STREAM, 0));
  tell("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0, 0}));
  pid_t child = fork();
  if (child == 0) _exit(0);
  tell("fork", child);
  tell("vfork", syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0));
  tell("execve", execve("/bin/true", arguments, arguments + 1));
  tell("ptrace", ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
  tell("kill-parent", kill(getppid(), 0));
  tell("kill-all", kill(-1, 0));
  tell("set-limit", setrlimit(RLIMIT_CORE, &most));
  tell("set-other-limit", prlimit(getppid(), RLIMIT_NOFILE, NULL, &most));
  tell("read-other-memory", syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0));
  void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                    -1, 0);
  tell("mmap-code", code == MAP_FAILED ? -1 : 0);
  void *data = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  tell("mprotect-code", mprotect(data, 4096, PROT_READ | PROT_EXEC));
  tell("signal-owner", fcntl(STDOUT_FILENO, F_SETOWN, getppid()));
  tell("io-uring", syscall(425, 8, NULL));
  tell("bpf", syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes));
  tell("unshare", unshare(CLONE_NEWUSER));
  tell("mount", mount("none", folder, "tmpfs", 0, NULL));
  tell("drop-no-new-privileges", prctl(PR_SET_SECCOMP, 0, 0, 0, 0));
  tell("keyring", syscall(SYS_keyctl, 0, 0, 0, 0, 0));
  tell("ioctl", syscall(SYS_ioctl, STDOUT_FILENO, 0x5401, 0));
  tell("unknown-call", syscall(5000));
}

static void try_allowed(int file) {
  char byte;
  struct stat status;
  struct rlimit limit;
  pthread_t thread;
  tell("write-open-file", pwrite(file, "x", 1, 0));
  tell("read-open-file", pread(file, &byte, 1, 0));
  tell("size-of-open-file", fstat(file, &status));
  tell("sync-open-file", fsync(file));
  errno = pthread_create(&thread, NULL, nothing, NULL);
  tell("thread", errno ? -1 : pthread_join(thread, NULL));
  void *some = malloc(64 << 20);
  tell("some-memory", some ? 0 : -1);
  if (some) memset(some, 1, 64 << 20);
  free(some);
  tell("too-much-memory", malloc(400 << 20) ? 0 : -1);
  tell("own-limits", getrlimit(RLIMIT_NOFILE, &limit));
  tell("processors", sysconf(_SC_NPROCESSORS_ONLN));
  tell("random", getentropy(&byte, 1));
}

int main(int count, char **arguments) {
  if (count < 3) return 64;
  int file = open(arguments[1], O_RDWR | O_CREAT, 0600);
  if (file < 0) return 65;
  cs_bounds bounds = {.memory = 256 << 20, .file_size = 1 << 20};
  printf("fences %d\n", cs_enter(&bounds));
  fflush(stdout);
  if (count > 3) {
    tell("large-file", ftruncate(file, 2 << 20));
    return 0;
  }
  try_forbidden(arguments[2]);
  try_allowed(file);
  return 0;
}
