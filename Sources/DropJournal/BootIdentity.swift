import Glibc

/// Which run of the kernel this is: what was written but not flushed lives as long as that.
package struct BootIdentity: Hashable, Sendable {
    static let byteCount = 36
    let bytes: [UInt8]

    /// 36 bytes, as the kernel writes them; `nil` for anything else.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// `nil` where the kernel does not say.
    package static var current: Self? {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return Self(JournalFile.read(descriptor, byteCount, at: 0))
    }
}
