/* A disk that fails when it is told to: loaded before libc (LD_PRELOAD), so that Python's, DuckDB's, SQLite's
   and Arrow's own writes meet it alike. Every operation that changes something below one folder is counted,
   over all processes that share the file of BASKYCH_FAULTS; see faulty_disk.py for what it holds. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { KILL = -1 };
static struct control {
    char under[1024];  /* the folder; empty: nothing is counted */
    char last[1024];   /* the first operation that failed, for a person */
    long at;           /* the number of the operation that fails; 0: none */
    long error;        /* what it fails with; KILL: its process group is killed instead */
    long stays;        /* whether all later ones fail too, as on a disk that is full */
    long count;        /* operations so far */
} *control;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("BASKYCH_FAULTS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *seen = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (seen != MAP_FAILED) control = seen;
    close(file);
}

/* Removing something needs no room: a full disk lets it be done. */
static int fails(const char *verb, const char *path, int needs_room) {
    size_t length = control ? strlen(control->under) : 0;
    if (!length || strncmp(path, control->under, length)) return 0;
    long number = __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST);
    if (!control->at || number < control->at || (number > control->at && !control->stays)) return 0;
    if (control->error == ENOSPC && !needs_room) return 0;
    if (!control->last[0]) snprintf(control->last, sizeof control->last, "%s %s", verb, path);
    return (int)control->error;
}
static int ends(int error) {
    if (error == KILL) kill(0, SIGKILL);
    errno = error;
    return -1;
}
static const char *place(int file, const char *name, char *room) {
    char link[64];
    if (name && (name[0] == '/' || file == AT_FDCWD)) return name;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, room, PATH_MAX - 1);
    room[length < 0 ? 0 : length] = 0;
    if (name) snprintf(room + strlen(room), PATH_MAX - strlen(room), "/%s", name);
    return room;
}

#define REAL(type, name, ...) ((type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))
#define MEETS(verb, file, name, room_needed) \
    do { char room[PATH_MAX]; int error = fails(verb, place(file, name, room), room_needed); \
         if (error) return ends(error); } while (0)
#define WRITES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)
#define MODE \
    mode_t mode = 0; va_list rest; va_start(rest, flags); \
    if (flags & (O_CREAT | __O_TMPFILE)) { mode = va_arg(rest, mode_t); } \
    va_end(rest)
#define OPENS(name) int name(const char *path, int flags, ...) { \
    MODE; if (flags & WRITES) MEETS("open", AT_FDCWD, path, flags & O_CREAT); \
    return REAL(int, name, const char *, int, ...)(path, flags, mode); }
#define OPENS_AT(name) int name(int at, const char *path, int flags, ...) { \
    MODE; if (flags & WRITES) MEETS("open", at, path, flags & O_CREAT); \
    return REAL(int, name, int, const char *, int, ...)(at, path, flags, mode); }
OPENS(open) OPENS(open64) OPENS_AT(openat) OPENS_AT(openat64)

/* A write is torn: half of it gets there. */
#define TORN(verb, call, half) \
    do { char room[PATH_MAX]; int error = fails(verb, place(file, NULL, room), 1); \
         if (error) { if (error != EIO && half) { ssize_t sent = call; (void)sent; } return ends(error); } } while (0)
ssize_t write(int file, const void *from, size_t size) {
    ssize_t (*real)(int, const void *, size_t) = REAL(ssize_t, write, int, const void *, size_t);
    TORN("write", real(file, from, size / 2), size > 1);
    return real(file, from, size);
}
#define PWRITES(name) ssize_t name(int file, const void *from, size_t size, off_t at) { \
    ssize_t (*real)(int, const void *, size_t, off_t) = REAL(ssize_t, name, int, const void *, size_t, off_t); \
    TORN("pwrite", real(file, from, size / 2, at), size > 1); return real(file, from, size, at); }
PWRITES(pwrite) PWRITES(pwrite64)

#define ON_FILE(type, name, room, parameters, arguments, ...) type name parameters { \
    MEETS(#name, file, NULL, room); return REAL(type, name, __VA_ARGS__) arguments; }
ON_FILE(int, fsync, 0, (int file), (file), int)
ON_FILE(int, fdatasync, 0, (int file), (file), int)
ON_FILE(int, ftruncate, 0, (int file, off_t size), (file, size), int, off_t)
ON_FILE(int, ftruncate64, 0, (int file, off_t size), (file, size), int, off_t)
ON_FILE(ssize_t, writev, 1, (int file, const struct iovec *from, int count), (file, from, count),
        int, const struct iovec *, int)
ON_FILE(ssize_t, sendfile, 1, (int file, int from, off_t *at, size_t size), (file, from, at, size),
        int, int, off_t *, size_t)
ON_FILE(ssize_t, sendfile64, 1, (int file, int from, off_t *at, size_t size), (file, from, at, size),
        int, int, off_t *, size_t)

#define ON_PATH(name, at, path, room, parameters, arguments, ...) int name parameters { \
    MEETS(#name, at, path, room); return REAL(int, name, __VA_ARGS__) arguments; }
ON_PATH(rename, AT_FDCWD, to, 1, (const char *from, const char *to), (from, to), const char *, const char *)
ON_PATH(link, AT_FDCWD, to, 1, (const char *from, const char *to), (from, to), const char *, const char *)
ON_PATH(linkat, at, to, 1, (int of, const char *from, int at, const char *to, int flags),
        (of, from, at, to, flags), int, const char *, int, const char *, int)
ON_PATH(symlink, AT_FDCWD, path, 1, (const char *to, const char *path), (to, path), const char *, const char *)
ON_PATH(mkdir, AT_FDCWD, path, 1, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
ON_PATH(unlink, AT_FDCWD, path, 0, (const char *path), (path), const char *)
ON_PATH(unlinkat, at, path, 0, (int at, const char *path, int flags), (at, path, flags), int, const char *, int)
ON_PATH(rmdir, AT_FDCWD, path, 0, (const char *path), (path), const char *)
