"""A disk that fails to flush, for one program: a small library put before the C library."""
import contextlib, os, pathlib, shutil, subprocess
import pytest

SOURCE = r"""
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* While the file of that name is there, every flush fails as on a dying disk; where it says an end
   of names, only those of such files. */
static int fails(int d) {
    const char *fault = getenv("MOCHILA_FAULT");
    if (!fault || access(fault, F_OK) != 0) return 0;
    char end[64] = "", link[64], path[4096];
    char only[5000];
    snprintf(only, sizeof only, "%s.only", fault);
    int names = open(only, O_RDONLY);
    if (names >= 0) { if (read(names, end, sizeof end - 1) < 0) {} close(names); }
    if (end[0]) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", d);
        ssize_t n = readlink(link, path, sizeof path - 1);
        if (n < (ssize_t)strlen(end)) return 0;
        path[n] = 0;
        if (strcmp(path + n - strlen(end), end) != 0) return 0;
    }
    int hits = open(fault, O_WRONLY | O_APPEND);
    if (hits >= 0) { if (write(hits, "x", 1) < 0) {} close(hits); }
    errno = EIO;
    return 1;
}
int fsync(int d) { return fails(d) ? -1 : (int)syscall(SYS_fsync, d); }
int fdatasync(int d) { return fails(d) ? -1 : (int)syscall(SYS_fdatasync, d); }
int syncfs(int d) { return fails(d) ? -1 : (int)syscall(SYS_syncfs, d); }
"""


class FailingDisk:
    """Programs started with its environment cannot flush while it fails."""

    def __init__(self, folder):
        folder.mkdir()
        self.mark = folder / "failing"
        self.library = folder / "failing.so"
        (folder / "failing.c").write_text(SOURCE)
        compiler = shutil.which("clang") or shutil.which("gcc") or shutil.which("cc")
        if not compiler:
            pytest.fail("a C compiler is needed to play a failing disk")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", self.library, folder / "failing.c"],
                       check=True)
        self.environment = {"LD_PRELOAD": str(self.library), "MOCHILA_FAULT": str(self.mark)}

    @contextlib.contextmanager
    def failing(self, only: str = ""):
        """`only`: the end of the names of files that cannot be flushed."""
        self.mark.with_name(self.mark.name + ".only").write_text(only)
        self.mark.touch()
        try:
            yield
        finally:
            self.mark.unlink()

    def hits(self) -> int:
        return self.mark.stat().st_size

    @contextlib.contextmanager
    def under(self):
        """What is started meanwhile is on this disk."""
        before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
