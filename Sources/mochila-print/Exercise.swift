import CConfinement
import Glibc

/// What a confined process must not be able to do, tried from within.
///
/// It harms nobody but itself, so there is no reason to leave it out of the program that ships:
/// `mochila doctor` starts the same file.
enum Exercise {
    /// Whether it could be done; does not return where the kernel ends the process.
    static func run(_ number: UInt8) -> Bool {
        switch number {
        case 1: mochila_try_open_file("/etc/passwd") == 1
        case 2: mochila_try_create_file("/usr/share/fonts/mochila-exercise") == 1
        case 3: mochila_try_socket() == 1
        case 4: mochila_try_fork() == 1
        case 5: mochila_try_execute("/bin/true") == 1
        case 6: mochila_try_fill_memory(1_024) == 1
        case 7: mochila_try_spin() == 1
        case 9: mochila_try_open_file("/proc/self/environ") == 1
        // What it must be able to do.
        case 10: mochila_try_open_file("/etc/fonts/fonts.conf") == 1
        case 11: crash()
        case 12: mochila_try_fill_shared_memory(1_024) == 1
        case 13: mochila_try_fill_stacks(1_024) == 1
        case 14: mochila_try_memory_file() == 1
        default: false
        }
    }

    /// As a broken font or an error in a library would.
    private static func crash() -> Bool {
        raise(SIGSEGV) == 0
    }
}
