// What a confined program tries, to show that it cannot: each 1 where it could.
#define _GNU_SOURCE
#include "cconfinement.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int outcome(int descriptor) {
    if (descriptor < 0) return 0;
    close(descriptor);
    return 1;
}

int mochila_try_open_file(const char *path) { return outcome(open(path, O_RDONLY | O_CLOEXEC)); }

int mochila_try_create_file(const char *path) {
    return outcome(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

int mochila_try_socket(void) { return outcome(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

int mochila_try_fork(void) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    return child > 0;
}

int mochila_try_execute(const char *path) {
    char *const arguments[] = {(char *)path, NULL};
    char *const environment[] = {NULL};
    execve(path, arguments, environment);
    return 0;
}

int mochila_try_fill_memory(int megabytes) {
    for (int block = 0; block < megabytes; block++) {
        // Written through a pointer that nothing may be assumed of, so that it is really touched.
        volatile char *bytes = malloc(1 << 20);
        if (!bytes) return 0;
        for (int place = 0; place < 1 << 20; place++) bytes[place] = 1;
    }
    return 1;
}

// Maps and touches a block at a time what the limit of memory may not count.
static int fill_mappings(int megabytes, int flags) {
    for (int block = 0; block < megabytes; block++) {
        volatile char *bytes =
            mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
        if (bytes == MAP_FAILED) return 0;
        // From above, as what grows downwards is touched.
        for (int place = (1 << 20) - 1; place >= 0; place -= 1024) bytes[place] = 1;
    }
    return 1;
}

int mochila_try_fill_shared_memory(int megabytes) { return fill_mappings(megabytes, MAP_SHARED); }

int mochila_try_fill_stacks(int megabytes) {
    return fill_mappings(megabytes, MAP_PRIVATE | MAP_GROWSDOWN);
}

// A name for memory that is a file nowhere.
int mochila_try_memory_file(void) {
    return outcome((int)syscall(SYS_memfd_create, "mochila-exercise", 0));
}

int mochila_try_spin(void) {
    volatile uint64_t state = 1;
    while (state != 0) state = (state * 6364136223846793005u) | 1;
    return 1;
}
