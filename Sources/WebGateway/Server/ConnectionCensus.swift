import Synchronization

/// Counts open connections, in all and by address.
///
/// The framework's own limit stops accepting for everyone once it is reached, which is what an
/// attacker wants; here only the address that has too many is turned away.
final class ConnectionCensus: Sendable {
    private struct Counts {
        var total = 0
        var byAddress: [ClientAddress: Int] = [:]
    }

    private let limits: ConnectionLimits
    private let counts = Mutex(Counts())

    init(limits: ConnectionLimits) {
        self.limits = limits
    }

    /// Counts a connection in; `false` where there are too many, and then it is not counted.
    func admit(_ address: ClientAddress) -> Bool {
        counts.withLock { counts in
            guard counts.total < limits.connections,
                counts.byAddress[address, default: 0] < limits.connectionsPerAddress
            else { return false }
            counts.total += 1
            counts.byAddress[address, default: 0] += 1
            return true
        }
    }

    func release(_ address: ClientAddress) {
        counts.withLock { counts in
            counts.total -= 1
            let left = counts.byAddress[address, default: 1] - 1
            counts.byAddress[address] = left > 0 ? left : nil
        }
    }
}
