/* Stands between a process and its files: records what is written, and makes calls fail.
 *
 * Loaded with LD_PRELOAD, so that SQLite's calls come here first. Nothing happens until
 * the process itself asks for it (faults.py, through ctypes), and only files in one
 * folder are looked at.
 *
 * Recorded is, in the order in which it happened: each write and truncation with its
 * bytes, each creation, removal and renaming, and of each fsync where it began and where it had
 * succeeded. What was written in between may be on the disk or not. What the process
 * notes of itself (an acknowledgement) stands in the same order. Threads take turns by
 * a mutex, processes by a lock on the file of the recording.
 *
 * A call that is to fail is counted, returns -1 and sets errno. A write that fails has
 * put half of its bytes into the file, as a disk that fills up may do. An fsync that
 * fails gives up what it was to write, and as in Linux every other descriptor of the file
 * that is open in this process hears of it, once, when it syncs next.
 *
 * What is mapped into memory is not seen. SQLite maps only its -shm file, which is made
 * anew after a power loss.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITES, SYNCS, KINDS, FILES = 4096 };

struct __attribute__((packed)) head { /* in front of each call; "<cHQI" in recording.py */
  char kind;
  uint16_t path;   /* length of the path that follows */
  uint64_t number; /* offset, new size, or which fsync */
  uint32_t data;   /* length of the bytes that follow the path */
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static int recording = -1;
static uint64_t syncs;
static struct { long seen, first, last; int error; } fail[KINDS];
static struct { ino_t file; long times; } failed[FILES]; /* fsyncs that failed, by file */
static long heard[FILES];                                /* how many of them, by descriptor */

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static void begin(void) {
  pthread_mutex_lock(&turn);
  if (recording >= 0) flock(recording, LOCK_EX);
}

static void end(void) {
  int kept = errno;
  if (recording >= 0) flock(recording, LOCK_UN);
  pthread_mutex_unlock(&turn);
  errno = kept;
}

static void record(char kind, const char *path, uint64_t number, const void *data, size_t size) {
  struct head head = {kind, (uint16_t)strlen(path), number, (uint32_t)size};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)data, size}};
  if (recording >= 0 && writev(recording, parts, 3) < 0) dprintf(2, "faults: not recorded\n");
}

static int watched(const char *path) {
  return *folder && !strncmp(path, folder, strlen(folder));
}

static int watched_fd(int fd, char *path) {
  char link[40];
  ssize_t size;
  if (!*folder) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  size = readlink(link, path, PATH_MAX - 1);
  path[size < 0 ? 0 : size] = 0;
  return watched(path);
}

static int fails(int kind) {
  long now = ++fail[kind].seen;
  if (now < fail[kind].first || now > fail[kind].last) return 0;
  errno = fail[kind].error;
  return 1;
}

static long *failures(int fd) {
  struct stat of;
  int n = 0;
  fstat(fd, &of);
  while (n < FILES - 1 && failed[n].file && failed[n].file != of.st_ino) n++;
  failed[n].file = of.st_ino;
  return &failed[n].times;
}

/* What the process asks for. */

void faults_watch(const char *where) { snprintf(folder, sizeof folder, "%s", where); }

void faults_record(const char *file) {
  recording = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

void faults_note(const char *text) {
  begin();
  record('n', "", 0, text, strlen(text));
  end();
}

void faults_fail(int kind, long first, long last, int error) {
  pthread_mutex_lock(&turn);
  fail[kind].seen = 0;
  fail[kind].first = first;
  fail[kind].last = last;
  fail[kind].error = error;
  pthread_mutex_unlock(&turn);
}

long faults_seen(int kind) { return fail[kind].seen; }

/* What stands in front of the C library. */

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  REAL(pwrite64);
  char path[PATH_MAX];
  ssize_t written;
  if (!watched_fd(fd, path)) return real(fd, data, size, at);
  begin();
  int bad = fails(WRITES), error = errno;
  written = real(fd, data, bad ? size / 2 : size, at);
  if (written > 0) record('w', path, at, data, written);
  if (bad) { written = -1; errno = error; }
  end();
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  return pwrite64(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size) {
  REAL(write);
  char path[PATH_MAX];
  if (!watched_fd(fd, path)) return real(fd, data, size);
  off64_t at = lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  ssize_t written = pwrite64(fd, data, size, at);
  if (written > 0) lseek64(fd, at + written, SEEK_SET);
  return written;
}

int ftruncate64(int fd, off64_t size) {
  REAL(ftruncate64);
  char path[PATH_MAX];
  int result = -1;
  if (!watched_fd(fd, path)) return real(fd, size);
  begin();
  if (!fails(WRITES) && !(result = real(fd, size))) record('t', path, size, "", 0);
  end();
  return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*real)(int)) {
  char path[PATH_MAX];
  if (fd >= FILES || !watched_fd(fd, path)) return real(fd);
  begin();
  long *times = failures(fd);
  int late = heard[fd] != *times, bad = !late && fails(SYNCS), error = errno;
  uint64_t number = (uint64_t)getpid() << 32 | ++syncs;
  heard[fd] = *times += bad;
  record(bad ? 'x' : 'b', path, number, "", 0);
  end();
  if (bad) { errno = error; return -1; }
  if (real(fd)) return -1;
  begin();
  record('e', path, number, "", 0);
  end();
  if (late) { errno = EIO; return -1; }
  return 0;
}

int fsync(int fd) { REAL(fsync); return synced(fd, real); }

int fdatasync(int fd) { REAL(fdatasync); return synced(fd, real); }

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list more;
  va_start(more, flags);
  int fd = real(path, flags, va_arg(more, int)); /* the mode, which few calls look at */
  va_end(more);
  if (fd < 0 || fd >= FILES || !watched(path)) return fd;
  begin();
  heard[fd] = *failures(fd); /* what failed before it was opened is not told to it */
  if (flags & O_CREAT) record('c', path, 0, "", 0);
  end();
  return fd;
}

int unlink(const char *path) {
  REAL(unlink);
  int result;
  if (!watched(path)) return real(path);
  begin();
  if (!(result = real(path))) record('u', path, 0, "", 0);
  end();
  return result;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  int result;
  if (!watched(to)) return real(from, to);
  begin();
  if (!(result = real(from, to))) record('r', from, 0, to, strlen(to));
  end();
  return result;
}
