"""A program that is killed at the n-th thing it does to its files, however small.

A little library is put before the C library. It counts what one program does to the files under one
folder (writes, flushes, renames, links, removals, cuts, new files) and kills it just before the n-th
of them, or with half of that write done.
"""
import contextlib, mmap, os, shutil, signal, struct, subprocess
import pytest

SOURCE = r"""
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LINES = 4096, WIDTH = 64 };
struct control { int armed, torn; long count, kill_at; char log[LINES][WIDTH]; };
static struct control *control;
static const char *under;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("MOCHILA_POINTS"), *program = getenv("MOCHILA_POINTS_PROGRAM");
    const char *folder = getenv("MOCHILA_POINTS_UNDER");
    if (!path || !program || !folder || strcmp(program_invocation_short_name, program)) return;
    int d = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (d < 0) return;
    void *map = mmap(0, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, d, 0);
    close(d);
    if (map == MAP_FAILED) return;
    under = folder;
    control = map;
}

static int is_armed(void) { return control && __atomic_load_n(&control->armed, __ATOMIC_SEQ_CST); }

static int inside(const char *path) { return !strncmp(path, under, strlen(under)); }

/* The last part of what each descriptor under the folder was opened as; a confined program cannot ask
   the kernel. */
enum { MOST = 1024 };
static char names[MOST][WIDTH];

static void opened(int d, int folder, const char *path) {
    if (!control || d < 0 || d >= MOST) return;
    int is_inside = path[0] == '/' ? inside(path)
                                   : folder >= 0 && folder < MOST && names[folder][0];
    const char *tail = strrchr(path, '/');
    size_t length = strlen(path);
    /* Shared memory of the database's processes: no start reads it. */
    if (length > 4 && !strcmp(path + length - 4, "-shm")) is_inside = 0;
    if (is_inside) snprintf(names[d], WIDTH, "%s", tail && tail[1] ? tail + 1 : path);
    else names[d][0] = 0;
}

static const char *named(int d) {
    return d >= 0 && d < MOST && names[d][0] ? names[d] : 0;
}

static void end(void) {
    kill(getpid(), SIGKILL);
    /* A confined program may not. */
    syscall(SYS_exit_group, 137);
}

/* Whether this one is to be cut in half. */
static int point(const char *name, const char *path, int can_tear) {
    long n = __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST);
    if (n <= LINES) {
        const char *tail = strrchr(path, '/');
        snprintf(control->log[n - 1], WIDTH, "%s %s", name, tail ? tail + 1 : path);
    }
    if (n != control->kill_at) return 0;
    if (can_tear && control->torn) return 1;
    end();
    return 0;
}

static int at_descriptor(const char *name, int d, int can_tear) {
    if (!is_armed()) return 0;
    int error = errno;
    const char *path = named(d);
    int torn = path && point(name, path, can_tear);
    errno = error;
    return torn;
}

static void at_path(const char *name, int folder, const char *path) {
    if (!is_armed() || !path) return;
    int error = errno;
    if (path[0] == '/' ? inside(path) : named(folder) != 0)
        point(name, path, 0);
    errno = error;
}

ssize_t write(int d, const void *bytes, size_t count) {
    if (at_descriptor("write", d, 1)) { syscall(SYS_write, d, bytes, count / 2); end(); }
    return syscall(SYS_write, d, bytes, count);
}
ssize_t pwrite64(int d, const void *bytes, size_t count, off64_t at) {
    if (at_descriptor("write", d, 1)) { syscall(SYS_pwrite64, d, bytes, count / 2, at); end(); }
    return syscall(SYS_pwrite64, d, bytes, count, at);
}
ssize_t pwrite(int d, const void *bytes, size_t count, off_t at) {
    return pwrite64(d, bytes, count, at);
}
ssize_t writev(int d, const struct iovec *pieces, int count) {
    if (at_descriptor("write", d, 1)) {
        if (count > 0) syscall(SYS_write, d, pieces->iov_base, pieces->iov_len / 2);
        end();
    }
    return syscall(SYS_writev, d, pieces, count);
}
int fsync(int d) { at_descriptor("flush", d, 0); return (int)syscall(SYS_fsync, d); }
int fdatasync(int d) { at_descriptor("flush", d, 0); return (int)syscall(SYS_fdatasync, d); }
int syncfs(int d) { at_descriptor("flush", d, 0); return (int)syscall(SYS_syncfs, d); }
int ftruncate64(int d, off64_t size) {
    at_descriptor("cut", d, 0);
    return (int)syscall(SYS_ftruncate, d, size);
}
int ftruncate(int d, off_t size) { return ftruncate64(d, size); }
int posix_fallocate64(int d, off64_t at, off64_t size) {
    at_descriptor("reserve", d, 0);
    return syscall(SYS_fallocate, d, 0, at, size) ? errno : 0;
}
int posix_fallocate(int d, off_t at, off_t size) { return posix_fallocate64(d, at, size); }
int fallocate64(int d, int mode, off64_t at, off64_t size) {
    at_descriptor("reserve", d, 0);
    return (int)syscall(SYS_fallocate, d, mode, at, size);
}
int fallocate(int d, int mode, off_t at, off_t size) { return fallocate64(d, mode, at, size); }

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    at_path("rename", to, new);
    return (int)syscall(SYS_renameat2, from, old, to, new, flags);
}
int renameat(int from, const char *old, int to, const char *new) {
    return renameat2(from, old, to, new, 0);
}
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }
int linkat(int from, const char *old, int to, const char *new, int flags) {
    at_path("link", to, new);
    return (int)syscall(SYS_linkat, from, old, to, new, flags);
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }
int unlinkat(int folder, const char *path, int flags) {
    at_path("remove", folder, path);
    return (int)syscall(SYS_unlinkat, folder, path, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int mkdir(const char *path, mode_t mode) {
    at_path("folder", AT_FDCWD, path);
    return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    if (flags & O_CREAT) at_path("new", folder, path);
    int d = (int)syscall(SYS_openat, folder, path, flags | O_LARGEFILE, mode);
    int error = errno;
    if (d >= 0) opened(d, folder, path);
    errno = error;
    return d;
}
int close(int d) {
    if (d >= 0 && d < MOST) names[d][0] = 0;
    return (int)syscall(SYS_close, d);
}
#define OPEN(name) int name(const char *path, int flags, ...) { \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); \
    } \
    return openat64(AT_FDCWD, path, flags, mode); \
}
OPEN(open)
OPEN(open64)
int openat(int folder, const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more);
    }
    return openat64(folder, path, flags, mode);
}
"""
LINES, WIDTH = 4096, 64
HEAD = struct.Struct("=iiqq")
# What a program ends with that was killed, or could not kill itself.
KILLED = (-signal.SIGKILL, 137)


class WritePoints:
    """What `program` does to the files under `under`, counted from `count` or `kill` on."""

    def __init__(self, folder, program: str, under):
        folder.mkdir()
        library, source = folder / "points.so", folder / "points.c"
        source.write_text(SOURCE)
        compiler = shutil.which("clang") or shutil.which("gcc") or shutil.which("cc")
        if not compiler:
            pytest.fail("a C compiler is needed to kill a program at one of its writes")
        subprocess.run([compiler, "-O1", "-w", "-shared", "-fPIC", "-o", library, source], check=True)
        control = folder / "control"
        control.write_bytes(bytes(HEAD.size + LINES * WIDTH))
        with open(control, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 0)
        self.environment = {
            "LD_PRELOAD": str(library), "MOCHILA_POINTS": str(control),
            "MOCHILA_POINTS_PROGRAM": program, "MOCHILA_POINTS_UNDER": str(under) + "/"}

    def _set(self, armed, torn=0, kill_at=0):
        # Last of all it is armed: the program looks at that first.
        HEAD.pack_into(self.memory, 0, 0, torn, 0, kill_at)
        struct.pack_into("=i", self.memory, 0, armed)

    def count(self):
        """From now on points are counted, from 1."""
        self._set(1)

    def kill(self, number: int, torn: bool):
        """From now on the program lives until its `number`-th point."""
        self._set(1, int(torn), number)

    def disarm(self):
        self._set(0)

    def passed(self) -> int:
        return HEAD.unpack_from(self.memory, 0)[2]

    def log(self) -> list:
        """What the points were, in order."""
        lines = [self.memory[at:at + WIDTH].split(b"\0")[0].decode("utf-8", "replace")
                 for at in range(HEAD.size, HEAD.size + min(self.passed(), LINES) * WIDTH, WIDTH)]
        return lines

    @contextlib.contextmanager
    def under(self):
        """What is started meanwhile has its points counted."""
        before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def chosen(points: int, most: int) -> list:
    """Every point, or that many of them at even distances, the first and the last among them."""
    if os.environ.get("MOCHILA_POINTS_OF_ALL") or points <= most:
        return list(range(1, points + 1))
    return sorted({1 + round(k * (points - 1) / (most - 1)) for k in range(most)})
