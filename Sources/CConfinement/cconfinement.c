#define _GNU_SOURCE
#include "cconfinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// ---- Landlock, whose numbers the installed headers may be too old to have ----

struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scope;
};

struct beneath {
    uint64_t files;
    int32_t folder;
} __attribute__((packed));

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, VERSION_FLAG = 1,
       PATH_BENEATH = 1 };

// To write, read, list, remove and make plain files, and to rename or link them from folder to
// folder.
enum { WORK = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 5 | 1 << 8 | 1 << 13, TRUNCATE = 1 << 14,
       LOOK = 1 << 2 | 1 << 3 };

static int grant(int descriptor, const char *path, uint64_t rights) {
    struct beneath rule = {rights, open(path, O_PATH | O_DIRECTORY | O_CLOEXEC)};
    if (rule.folder < 0) return 0;
    long outcome = syscall(ADD_RULE, descriptor, PATH_BENEATH, &rule, 0);
    close(rule.folder);
    return outcome == 0;
}

// Without folders no file can be opened. `rights` are those in the folders.
static int landlock(const char *const *folders, int count, uint64_t rights) {
    long version = syscall(CREATE_RULESET, NULL, 0, VERSION_FLAG);
    // Version 1 refuses every rename from one folder into another.
    if (version < (rights & ~(uint64_t)LOOK ? 2 : 1)) return 0;
    if (rights & ~(uint64_t)LOOK && version >= 3) rights |= TRUNCATE;
    struct ruleset rules = {0};
    // All rights that the version knows; without one rule, none of them is granted.
    rules.files = version >= 5 ? 0xFFFF : version >= 3 ? 0x7FFF : version >= 2 ? 0x3FFF : 0x1FFF;
    rules.network = version >= 4 ? 3 : 0;
    rules.scope = version >= 6 ? 3 : 0;
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long descriptor = syscall(CREATE_RULESET, &rules, size, 0);
    if (descriptor < 0) return 0;
    long outcome = 0;
    for (int i = 0; i < count && outcome == 0; i++) {
        // What is not there needs no rule to be looked at.
        if (rights == LOOK && access(folders[i], F_OK) != 0) continue;
        if (!grant((int)descriptor, folders[i], rights)) outcome = -1;
    }
    if (outcome == 0) outcome = syscall(RESTRICT_SELF, (int)descriptor, 0);
    close((int)descriptor);
    return outcome == 0;
}

// ---- system calls ----

#if defined(__x86_64__)
#define MOCHILA_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MOCHILA_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef MOCHILA_ARCHITECTURE

// Reading and writing what is open, memory, the clock, random bytes, locks, and the end.
static const int allowed[] = {
    SYS_read, SYS_pread64, SYS_write, SYS_writev, SYS_close, SYS_fstat, SYS_lseek,
    SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise,
    SYS_futex, SYS_sched_yield, SYS_sched_getaffinity, SYS_getrandom, SYS_clock_gettime,
    SYS_gettimeofday, SYS_getpid, SYS_gettid, SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall, SYS_set_robust_list, SYS_getrusage,
    SYS_tgkill, SYS_exit, SYS_exit_group,
#ifdef SYS_time
    SYS_time,
#endif
#ifdef SYS_rseq
    SYS_rseq,
#endif
};

// Libraries look for zones, locales and settings, and go on without; so these only fail.
static const int refused[] = {
    SYS_openat, SYS_newfstatat, SYS_statx, SYS_faccessat, SYS_readlinkat, SYS_getdents64,
    SYS_fcntl, SYS_ioctl, SYS_uname, SYS_sysinfo, SYS_prlimit64,
#ifdef SYS_open
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink,
#endif
};

// What is needed besides to work on files.
static const int files[] = {
    SYS_openat, SYS_newfstatat, SYS_statx, SYS_faccessat, SYS_getdents64, SYS_pwrite64,
    SYS_ftruncate, SYS_fsync, SYS_fdatasync, SYS_flock, SYS_fcntl, SYS_unlinkat, SYS_renameat2,
    SYS_linkat,
    SYS_statfs, SYS_fstatfs, SYS_umask, SYS_syncfs, SYS_fchmod, SYS_ppoll,
#ifdef SYS_poll
    SYS_poll,
#endif
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_open
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_unlink, SYS_rename, SYS_link,
#endif
};

// What is needed besides to look at files; opening them is another matter.
static const int looking[] = {
    SYS_newfstatat, SYS_statx, SYS_faccessat, SYS_readlinkat, SYS_getdents64, SYS_fcntl,
    SYS_statfs, SYS_fstatfs, SYS_uname, SYS_sysinfo,
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_open
    SYS_stat, SYS_lstat, SYS_access, SYS_readlink,
#endif
};

struct calls {
    const int *numbers;
    int count;
};

#define CALLS(list) ((struct calls){list, sizeof list / sizeof *list})

enum { MOST = 48 + 2 * (sizeof allowed + sizeof refused + sizeof files + sizeof looking)
           / sizeof *allowed };

struct program {
    struct sock_filter code[MOST];
    unsigned short count;
};

static void add(struct program *program, uint16_t code, uint32_t value, uint8_t yes, uint8_t no) {
    program->code[program->count++] = (struct sock_filter){code, yes, no, value};
}

static void answer(struct program *program, int number, uint32_t verdict) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 1);
    add(program, BPF_RET | BPF_K, verdict, 0, 0);
}

// Allowed where an argument has all the bits that are `wanted` and none of the `unwanted`.
static void allow_by(struct program *program, int number, int argument, uint32_t wanted,
                     uint32_t unwanted) {
    const uint32_t fail = SECCOMP_RET_ERRNO | EACCES;
    add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 5);
    add(program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[argument]), 0, 0);
    add(program, BPF_ALU | BPF_AND | BPF_K, wanted | unwanted, 0, 0);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, wanted, 0, 1);
    add(program, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    add(program, BPF_RET | BPF_K, fail, 0, 0);
}

// Files are opened to be read, and threads of this process are started; no other process is.
static void allow_looking(struct program *program) {
    const uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    allow_by(program, SYS_openat, 2, 0, writing);
#ifdef SYS_open
    allow_by(program, SYS_open, 1, 0, writing);
#endif
    allow_by(program, SYS_clone, 0, CLONE_VM | CLONE_THREAD, 0);
#ifdef SYS_clone3
    // Its flags lie in memory, where no filter sees them: told that there is no such call, the C
    // library uses the other one.
    answer(program, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
#endif
}

static void answer_all(struct program *program, struct calls calls, uint32_t verdict) {
    for (int i = 0; i < calls.count; i++) answer(program, calls.numbers[i], verdict);
}

// The limit of memory does not count what is mapped as shared, nor what grows downwards: it lies
// beside a process's data. So a mapping fails that has all the bits of `shared`, or that grows.
static void refuse_uncounted(struct program *program, uint32_t shared) {
    const uint32_t fail = SECCOMP_RET_ERRNO | EACCES;
    add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 8);
    add(program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[3]), 0, 0);
    add(program, BPF_ALU | BPF_AND | BPF_K, shared, 0, 0);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, shared, 0, 1);
    add(program, BPF_RET | BPF_K, fail, 0, 0);
    add(program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[3]), 0, 0);
    add(program, BPF_JMP | BPF_JSET | BPF_K, MAP_GROWSDOWN, 0, 1);
    add(program, BPF_RET | BPF_K, fail, 0, 0);
    add(program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
}

// `more` are allowed as well; `failing` fail, and `otherwise` happens to whatever is on no list.
// `shared`: a mapping that has all these bits fails.
static int seccomp(struct calls more, struct calls failing, uint32_t otherwise, uint32_t shared,
                   void (*besides)(struct program *)) {
    struct program program = {.count = 0};
    const uint32_t fail = SECCOMP_RET_ERRNO | EACCES;
    add(&program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
    add(&program, BPF_JMP | BPF_JEQ | BPF_K, MOCHILA_ARCHITECTURE, 1, 0);
    add(&program, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
    add(&program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    answer_all(&program, CALLS(allowed), SECCOMP_RET_ALLOW);
    answer_all(&program, more, SECCOMP_RET_ALLOW);
    answer_all(&program, failing, fail);
    if (besides) besides(&program);
    refuse_uncounted(&program, shared);
    // Memory, but none that can be executed: the third argument holds the protection.
    add(&program, BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 2, 0);
    add(&program, BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 1, 0);
    add(&program, BPF_RET | BPF_K, otherwise, 0, 0);
    add(&program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2]), 0, 0);
    add(&program, BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
    add(&program, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
    add(&program, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    struct sock_fprog filter = {program.count, program.code};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

static int seccomp_alone(void) {
    return seccomp((struct calls){NULL, 0}, CALLS(refused), SECCOMP_RET_KILL_PROCESS, MAP_SHARED,
                   NULL);
}

static int seccomp_with_files(void) {
    return seccomp(CALLS(files), (struct calls){NULL, 0}, SECCOMP_RET_ERRNO | EPERM, MAP_SHARED,
                   NULL);
}

static int seccomp_with_looking(void) {
    // The caches of fonts are files, mapped as shared to be read: of those no memory is taken that
    // the kernel cannot have back.
    return seccomp(CALLS(looking), (struct calls){NULL, 0}, SECCOMP_RET_ERRNO | EPERM,
                   MAP_SHARED | MAP_ANONYMOUS, allow_looking);
}

#else

static int seccomp_alone(void) { return 0; }

static int seccomp_with_files(void) { return 0; }

static int seccomp_with_looking(void) { return 0; }

#endif

// ---- limits ----

static int limit(int what, rlim_t value) {
    struct rlimit both = {value, value};
    return setrlimit(what, &both) == 0;
}

// What the process has now, in bytes.
struct use {
    uint64_t whole;
    uint64_t data;
};

static struct use use_now(void) {
    unsigned long long size = 0, resident, shared, text, library, data = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) return (struct use){0, 0};
    if (fscanf(file, "%llu %llu %llu %llu %llu %llu", &size, &resident, &shared, &text, &library,
               &data) != 6)
        size = data = 0;
    fclose(file);
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    return (struct use){size * page, data * page};
}

// Places that are only reserved, as for the heap of a thread, take no memory; but what describes
// them does, and the limit of data counts neither.
static const uint64_t reserved = (uint64_t)1 << 30;

static int limit_memory(uint64_t memory) {
    struct use now = use_now();
    int held = limit(RLIMIT_DATA, now.data + memory);
    // Unknown, the whole is left to the limit of data and to the filter of system calls.
    if (now.whole) held &= limit(RLIMIT_AS, now.whole + memory + reserved);
    return held;
}

static int limit_use(uint64_t memory, uint32_t cpu_seconds) {
    struct rusage used = {0};
    getrusage(RUSAGE_SELF, &used);
    uint64_t seconds = (uint64_t)used.ru_utime.tv_sec + (uint64_t)used.ru_stime.tv_sec + 1
        + cpu_seconds;
    return limit_memory(memory) & limit(RLIMIT_CPU, seconds)
        & limit(RLIMIT_CORE, 0) & limit(RLIMIT_FSIZE, 0) & limit(RLIMIT_MEMLOCK, 0);
}

static int renounce(void) {
    int privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    // Nobody may look into its memory, where a key or a record may be.
    return privileges & (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
}

static int close_others(int first) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return 1;
#endif
    long most = sysconf(_SC_OPEN_MAX);
    if (most < 0 || most > 1 << 20) most = 1 << 20;
    for (int descriptor = first; descriptor < most; descriptor++) close(descriptor);
    return 1;
}

int mochila_confine(const mochila_limits *limits) {
    int bits = 0;
    if (close_others(limits->first_closed)) bits |= MOCHILA_CONFINED_DESCRIPTORS;
    if (limit_use(limits->memory, limits->cpu_seconds) & limit(RLIMIT_NPROC, 0)) bits |= MOCHILA_CONFINED_LIMITS;
    if (renounce()) bits |= MOCHILA_CONFINED_PRIVILEGES;
    if (landlock(NULL, 0, 0)) bits |= MOCHILA_CONFINED_LANDLOCK;
    // Landlock's ruleset took a descriptor for a moment, so this limit comes after it.
    if (!limit(RLIMIT_NOFILE, (rlim_t)limits->first_closed)) bits &= ~MOCHILA_CONFINED_LIMITS;
    if (seccomp_alone()) bits |= MOCHILA_CONFINED_SECCOMP;
    return bits;
}

int mochila_confine_to(const mochila_reach *reach) {
    int bits = 0;
    if (limit_memory(reach->memory) & limit(RLIMIT_CORE, 0)
        & limit(RLIMIT_NPROC, 0) & limit(RLIMIT_MEMLOCK, 0))
        bits |= MOCHILA_CONFINED_LIMITS;
    if (renounce()) bits |= MOCHILA_CONFINED_PRIVILEGES;
    if (landlock(reach->folders, reach->count, WORK)) bits |= MOCHILA_CONFINED_LANDLOCK;
    if (seccomp_with_files()) bits |= MOCHILA_CONFINED_SECCOMP;
    return bits;
}

int mochila_confine_to_looking(const mochila_limits *limits, const char *const *folders,
                               int count) {
    int bits = 0;
    if (close_others(limits->first_closed)) bits |= MOCHILA_CONFINED_DESCRIPTORS;
    // A limit of processes counts threads too, and those of everything that the user runs.
    if (limit_use(limits->memory, limits->cpu_seconds)) bits |= MOCHILA_CONFINED_LIMITS;
    if (renounce()) bits |= MOCHILA_CONFINED_PRIVILEGES;
    if (landlock(folders, count, LOOK)) bits |= MOCHILA_CONFINED_LANDLOCK;
    if (seccomp_with_looking()) bits |= MOCHILA_CONFINED_SECCOMP;
    return bits;
}
