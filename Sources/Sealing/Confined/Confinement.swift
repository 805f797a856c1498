/// What keeps a confined program from doing anything but its work.
package struct Confinement: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    // The bits of the C shim that sets them.
    /// Nothing that the gateway has open is open in it.
    package static let descriptors = Self(rawValue: 1)
    /// Memory, processor time, no files written, no core dumps.
    package static let limits = Self(rawValue: 2)
    package static let privileges = Self(rawValue: 4)
    /// No file can be opened, but those of its work (Linux 5.13 and later).
    package static let landlock = Self(rawValue: 8)
    /// Only the system calls of a list.
    package static let systemCalls = Self(rawValue: 16)

    /// What nothing is opened without.
    ///
    /// Landlock and the list of system calls are not on every kernel: `mochila doctor` says where
    /// they are missing.
    package static let needed: Self = [.descriptors, .limits, .privileges]

    package static let all: Self = [.descriptors, .limits, .privileges, .landlock, .systemCalls]

    /// What an old kernel left out, in words; empty where nothing.
    package var missing: [String] {
        let names: [(Self, String)] = [
            (.descriptors, "closed descriptors"), (.limits, "limits of memory and time"),
            (.privileges, "no new privileges"), (.landlock, "Landlock"),
            (.systemCalls, "a list of system calls"),
        ]
        return names.filter { !contains($0.0) }.map(\.1)
    }
}
