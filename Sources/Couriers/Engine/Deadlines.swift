/// How long a courier waits for the other side before it gives an attempt up.
package struct Deadlines: Hashable, Sendable {
    /// Until the connection stands, encryption and log-in included.
    package let connect: Duration
    /// Without a single byte moving; at least one second.
    package let stall: Duration
    /// For one transfer as a whole.
    package let total: Duration

    package init(connect: Duration, stall: Duration, total: Duration) {
        self.connect = connect
        self.stall = max(stall, .seconds(1))
        self.total = total
    }

    /// For each of several addresses that are tried one after the other: an equal part of the time
    /// in which the connection must stand.
    package func share(among addresses: Int) -> Self {
        Self(connect: connect / max(1, addresses), stall: stall, total: total)
    }

    /// For a mail: a server may look a sender up before it greets, and read the whole mail before
    /// its last answer.
    package static let mail = Self(
        connect: .seconds(30),
        stall: .seconds(120),
        total: .seconds(300)
    )

    /// For a bundle of up to a gigabyte over a school's line; a cut one is resumed.
    package static let bundle = Self(
        connect: .seconds(30),
        stall: .seconds(30),
        total: .seconds(3_600)
    )

    /// For a person who waits for the answer of `mochila doctor`.
    package static let probe = Self(
        connect: .seconds(10),
        stall: .seconds(10),
        total: .seconds(20)
    )
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
