/* A disk that fails: the n-th change under one folder, and if wished all after it, gives an error.
   Loaded before libc (LD_PRELOAD), so that it stands under Python and SQLite alike. Made for the tests. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[4096];
static long seen, first, error_number, for_ever;

/* Begin to count; the change numbered `at` (from 1; 0: none) fails with `error`. */
void disk_fails(const char *under, long at, long error, long ever) {
    snprintf(folder, sizeof folder, "%s", under);
    seen = 0, first = at, error_number = error, for_ever = ever;
}

long disk_changes(void) { return seen; }

static int fails_at(const char *path) {
    char whole[8192], here[4096] = "";
    if (!folder[0] || !path) return 0;
    if (path[0] != '/' && !getcwd(here, sizeof here)) return 0;
    snprintf(whole, sizeof whole, "%s%s%s", here, here[0] ? "/" : "", path);
    if (strncmp(whole, folder, strlen(folder))) return 0;
    seen++;
    if (!first || (for_ever ? seen < first : seen != first)) return 0;
    errno = (int)error_number;
    return 1;
}

static int fails(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails_at(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ON_FILE(type, name, parameters, arguments) \
    type name parameters { return fails(file) ? -1 : REAL(name) arguments; }
#define ON_PATH(name, parameters, arguments) \
    int name parameters { return fails_at(path) ? -1 : REAL(name) arguments; }

ON_FILE(ssize_t, write, (int file, const void *data, size_t size), (file, data, size))
ON_FILE(ssize_t, pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at))
ON_FILE(ssize_t, pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at))
ON_FILE(int, ftruncate, (int file, off_t size), (file, size))
ON_FILE(int, ftruncate64, (int file, off64_t size), (file, size))
ON_FILE(int, fsync, (int file), (file))
ON_FILE(int, fdatasync, (int file), (file))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(chmod, (const char *path, mode_t mode), (path, mode))
ON_PATH(unlink, (const char *path), (path))
ON_PATH(rename, (const char *path, const char *to), (path, to))

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        return (flags & (O_WRONLY | O_RDWR | O_CREAT)) && fails_at(path) ? -1 : REAL(name)(path, flags, mode); \
    }
OPENING(open)
OPENING(open64)
