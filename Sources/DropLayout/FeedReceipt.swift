package import SFTPProtocol

/// What a partner finds in `receipts` for an extract it dropped.
package struct FeedReceipt: Hashable, Sendable {
    /// What became of it.
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// What could be used is in the locator.
        case applied
        /// A person of the organisation decides first.
        case held
        /// Nothing of it could be used; nothing was changed.
        case refused
        /// A person decided against it; nothing was changed.
        case declined
        /// A newer file came before anybody decided.
        case superseded
    }

    package let verdict: Verdict
    package let system: String
    /// When it was decided, as RFC 3339 writes it.
    package let at: String
    package let bytes: Int64
    package let sha256: String
    /// By their words, such as `added`; empty where the file was refused before its rows.
    package let counts: [(word: String, count: Int)]
    /// Why, for people; empty where nothing is to be said.
    package let reasons: [String]

    package init(
        verdict: Verdict,
        system: String,
        at: String,
        bytes: Int64,
        sha256: String,
        counts: [(word: String, count: Int)],
        reasons: [String]
    ) {
        self.verdict = verdict
        self.system = system
        self.at = at
        self.bytes = bytes
        self.sha256 = sha256
        self.counts = counts
        self.reasons = reasons
    }

    package static func == (lhs: Self, rhs: Self) -> Bool { lhs.json == rhs.json }

    package func hash(into hasher: inout Hasher) { hasher.combine(json) }

    /// The name of the list of refused rows; `nil` where it would be too long.
    package static func refusedName(for name: DropName) -> DropName? {
        try? DropName("\(name.text).refused.csv".utf8)
    }

    /// Names no student, and nothing that stood in a row.
    package var json: String {
        let quoted = DropReceipt.quoted
        let rows = counts.map { "\(quoted($0.word)): \($0.count)" }.joined(separator: ", ")
        let lines: [(String, String)] = [
            ("format", quoted("mochila-feed-receipt")), ("version", "1"),
            ("verdict", quoted(verdict.rawValue)), ("system", quoted(system)),
            ("rows", "{ \(rows) }"),
            ("reasons", "[" + reasons.map(quoted).joined(separator: ", ") + "]"),
            ("at", quoted(at)), ("bytes", "\(bytes)"), ("sha256", quoted(sha256)),
        ]
        let body = lines.map { "  \(quoted($0.0)): \($0.1)" }.joined(separator: ",\n")
        return "{\n\(body)\n}\n"
    }
}
