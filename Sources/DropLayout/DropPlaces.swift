/// Where everything of the drop lies: one folder per partner, a bell, and the keys for `sshd`.
package struct DropPlaces: Hashable, Sendable {
    /// Absolute, without a trailing slash.
    package let root: String

    package init(root: String) {
        self.root = root
    }

    package var partners: String { "\(root)/partners" }
    /// An empty file here named like a partner asks the gateway to look at that partner.
    package var bell: String { "\(root)/bell" }
    package var authorizedKeys: String { "\(root)/authorized_keys" }

    package func partner(_ account: PartnerAccount) -> PartnerPlaces {
        PartnerPlaces(root: "\(partners)/\(account)")
    }

    package func bell(of account: PartnerAccount) -> String { "\(bell)/\(account)" }
}

/// The folders of one partner.
package struct PartnerPlaces: Hashable, Sendable {
    package let root: String

    package var incoming: String { "\(root)/in" }
    package var queue: String { "\(root)/queue" }
    package var outgoing: String { "\(root)/out" }
    /// What was fetched of `out`, and how much of it.
    package var fetched: String { "\(root)/fetched" }
    package var receipts: String { "\(root)/receipts" }
    /// How much was submitted on each day.
    package var days: String { "\(root)/days" }
    /// One lock for each connection.
    package var slots: String { "\(root)/slots" }
    package func slot(_ number: Int64) -> String { "\(slots)/\(number)" }
    /// Small files that were submitted over the connection of that slot.
    package func journal(ofSlot number: Int64) -> String { "\(slots)/\(number).journal" }
    package var limits: String { "\(root)/limits" }
    /// Source systems whose extracts may be dropped; missing where there are none.
    package var feeds: String { "\(root)/feeds" }

    /// The slot whose journal a file of `slots` is.
    package static func slot(ofJournal name: String) -> Int64? {
        guard name.hasSuffix(".journal") else { return nil }
        return Int64(name.dropLast(".journal".count))
    }

    package var folders: [String] {
        [root, incoming, queue, outgoing, fetched, receipts, days, slots]
    }
}

/// The name of a partner's account: it stands in paths, in `authorized_keys` and in a command.
package struct PartnerAccount: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package static let longest = 40

    /// Lower-case letters, digits and hyphens, beginning with a letter.
    package init?(_ text: String) {
        let allowed = { (byte: UInt8) in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard let first = text.utf8.first, (97...122).contains(first),
            text.utf8.count <= Self.longest, text.utf8.allSatisfy(allowed)
        else { return nil }
        description = text
    }
}
