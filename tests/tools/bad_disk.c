/* A disk that fails when it is told to, for one process: loaded with LD_PRELOAD before the C library.
 *
 * BAD_DISK_PATH   what the path of a file must hold for its calls to count
 * BAD_DISK_ARMED  a file: nothing fails before it exists
 * BAD_DISK        sync N | write N: the N-th call of this sort fails with EIO (sync, write) or ENOSPC (full N, and all after it) */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static int fails(const char *sort, int fd) {
    const char *what = getenv("BAD_DISK"), *armed = getenv("BAD_DISK_ARMED"), *path = getenv("BAD_DISK_PATH");
    if (!what || !armed || !path || access(armed, F_OK) != 0) return 0;
    int full = strncmp(what, "full ", 5) == 0;
    const char *kind = full ? "write" : sort;
    if (strcmp(kind, sort) != 0 || (!full && strncmp(what, sort, strlen(sort)) != 0)) return 0;
    char link[64], file[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, file, sizeof file - 1);
    if (length < 0) return 0;
    file[length] = 0;
    if (!strstr(file, path)) return 0;
    long call = atomic_fetch_add(&calls, 1) + 1, wanted = atol(strchr(what, ' ') + 1);
    if (full ? call < wanted : call != wanted) return 0;
    errno = full ? ENOSPC : EIO;
    return 1;
}

typedef int (*sync_call)(int);
typedef ssize_t (*write_call)(int, const void *, size_t);
typedef ssize_t (*pwrite_call)(int, const void *, size_t, off_t);
typedef ssize_t (*pwrite64_call)(int, const void *, size_t, off64_t);

#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, name)

int fsync(int fd) {
    REAL("fsync", sync_call);
    return fails("sync", fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
    REAL("fdatasync", sync_call);
    return fails("sync", fd) ? -1 : real(fd);
}

ssize_t write(int fd, const void *from, size_t count) {
    REAL("write", write_call);
    return fails("write", fd) ? -1 : real(fd, from, count);
}

ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
    REAL("pwrite", pwrite_call);
    return fails("write", fd) ? -1 : real(fd, from, count, at);
}

ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
    REAL("pwrite64", pwrite64_call);
    return fails("write", fd) ? -1 : real(fd, from, count, at);
}
