import CConfinement
import DropLayout
import Glibc

/// What a connection can still do once it is confined: work on the files of its own partner.
struct Reach {
    private let folders: [String]

    /// Beyond what the process has when it starts; a connection needs a few MiB.
    private static let memory: UInt64 = 64 << 20

    init(of account: PartnerAccount, in places: DropPlaces) {
        folders = [places.partner(account).root, places.bell]
    }

    /// Gives up everything else, for good, as far as the kernel can; what is in force, as bits.
    @discardableResult
    func confine() -> Int32 {
        let copies = folders.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let paths = copies.map { UnsafePointer($0) }
        return paths.withUnsafeBufferPointer { list in
            var reach = mochila_reach(
                folders: list.baseAddress,
                count: Int32(list.count),
                memory: Self.memory
            )
            return mochila_confine_to(&reach)
        }
    }
}

/// What a confined connection must not be able to do, tried from within, and what it must.
///
/// It harms nobody but itself: the command that sshd runs for a partner has other words.
enum Exercise {
    /// One line for each try: its name, and `done` or `refused`.
    static func run(in places: DropPlaces, of account: PartnerAccount) -> String {
        let partner = places.partner(account)
        let tries: [(String, () -> Int32)] = [
            ("own-limits", { mochila_try_open_file(partner.limits) }),
            ("own-file", { mochila_try_create_file("\(partner.slots)/exercise") }),
            ("bell", { mochila_try_create_file("\(places.bell)/exercise") }),
            ("keys", { mochila_try_open_file(places.authorizedKeys) }),
            ("other-file", { mochila_try_create_file("\(places.root)/exercise") }),
            ("passwd", { mochila_try_open_file("/etc/passwd") }),
            ("memory-of-itself", { mochila_try_open_file("/proc/self/mem") }),
            ("socket", mochila_try_socket),
            ("fork", mochila_try_fork),
            ("execute", { mochila_try_execute("/bin/true") }),
        ]
        return tries.map { name, attempt in
            "\(name) \(attempt() == 1 ? "done" : "refused")\n"
        }.joined()
    }
}
