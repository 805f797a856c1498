// Takes away what a process that reads hostile bytes does not need: files, the network, other
// processes, memory and time beyond a measure. Linux only, by raw system calls; what an old kernel
// lacks is left out and said.
#ifndef MOCHILA_CCONFINEMENT_H
#define MOCHILA_CCONFINEMENT_H

#include <stdint.h>

typedef struct {
    // File descriptors from this one on are closed.
    int first_closed;
    // Bytes of memory that the process may write to, beyond what it has now.
    uint64_t memory;
    // Seconds of processor time, beyond what it has used; then it is killed.
    uint32_t cpu_seconds;
} mochila_limits;

// What is in force, as bits.
enum {
    MOCHILA_CONFINED_DESCRIPTORS = 1,  // every other descriptor is closed
    MOCHILA_CONFINED_LIMITS = 2,       // memory, processor time, no files, no processes, no cores
    MOCHILA_CONFINED_PRIVILEGES = 4,   // no_new_privs, not dumpable
    MOCHILA_CONFINED_LANDLOCK = 8,     // no file can be opened; on newer kernels no TCP either
    MOCHILA_CONFINED_SECCOMP = 16,     // system calls from a list; others end the process
};

// Confines the calling process, which must have one thread, for good. Returns the bits.
int mochila_confine(const mochila_limits *limits);

typedef struct {
    // Where files may be read, written, made, renamed and removed, and nowhere else.
    const char *const *folders;
    int count;
    // Bytes of memory that the process may write to, beyond what it has now.
    uint64_t memory;
} mochila_reach;

// The same for a process that works on files of a few folders for as long as somebody is connected:
// what is open stays open, and a system call that is not on its list fails. Where the kernel cannot
// tell folders apart, every folder stays in reach and the bit for Landlock is missing.
int mochila_confine_to(const mochila_reach *reach);

// The same as the first for a process that looks at files of a few folders, such as fonts, and needs
// a thread beside its own. It opens nothing to write, and starts no process. A folder that is not
// there is left out. Where the kernel cannot tell folders apart, every file that its user may read
// can be read and the bit for Landlock is missing.
int mochila_confine_to_looking(const mochila_limits *limits, const char *const *folders, int count);

// Each tries what a confined process must not be able to do, and returns 1 where it was done, 0
// where it was refused; some end the process instead. For tests and for `doctor`.
int mochila_try_open_file(const char *path);
int mochila_try_create_file(const char *path);
int mochila_try_socket(void);
int mochila_try_fork(void);
int mochila_try_execute(const char *path);
// Touches so many megabytes; 0 where memory ran out before.
int mochila_try_fill_memory(int megabytes);
// The same with memory that a limit of data does not count: shared, or growing downwards.
int mochila_try_fill_shared_memory(int megabytes);
int mochila_try_fill_stacks(int megabytes);
int mochila_try_memory_file(void);
// Uses the processor until somebody ends it.
int mochila_try_spin(void);

#endif
