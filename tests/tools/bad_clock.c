/* A clock of the machine that somebody moves, for one process: loaded with LD_PRELOAD before the C library.
 *
 * BAD_CLOCK   a file: how many seconds its clock is ahead, or behind when it begins with a minus sign */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int (*clock_call)(clockid_t, struct timespec *);

int clock_gettime(clockid_t clock, struct timespec *time) {
    static clock_call real;
    if (!real) real = (clock_call)dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(clock, time);
    const char *path = getenv("BAD_CLOCK");
    if (done != 0 || !path || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)) return done;
    char text[32] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return done;
    if (read(fd, text, sizeof text - 1) > 0) time->tv_sec += atol(text);
    close(fd);
    return done;
}
