package import SFTPProtocol

/// What a partner finds in `receipts` for something it sent.
package struct DropReceipt: Hashable, Sendable {
    /// What became of it.
    package enum Verdict: Hashable, Sendable {
        case accepted(Accepted)
        case refused(Reason)
        /// It ends too early: what came is kept for a while and can be resumed.
        case incomplete(Reason)
    }

    package struct Accepted: Hashable, Sendable {
        /// What the sender keeps.
        package let number: String
        package let request: String
        package let manifestSHA256: String
        /// What the sender says of each part.
        package let parts: [(part: String, status: String)]
        package let files: [(bytes: Int64, sha256: String)]
        /// Digests of those that go to nobody, since the scanner found something in them.
        package let held: Set<String>

        package init(
            number: String,
            request: String,
            manifestSHA256: String,
            parts: [(part: String, status: String)],
            files: [(bytes: Int64, sha256: String)],
            held: Set<String> = []
        ) {
            self.number = number
            self.request = request
            self.manifestSHA256 = manifestSHA256
            self.parts = parts
            self.files = files
            self.held = held
        }

        package static func == (lhs: Self, rhs: Self) -> Bool {
            lhs.number == rhs.number && lhs.request == rhs.request
                && lhs.manifestSHA256 == rhs.manifestSHA256
                && lhs.parts.elementsEqual(rhs.parts) { $0 == $1 }
                && lhs.files.elementsEqual(rhs.files) { $0 == $1 } && lhs.held == rhs.held
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(number)
            hasher.combine(manifestSHA256)
        }
    }

    package struct Reason: Hashable, Sendable {
        /// A word for programs.
        package let word: String
        package let whatHappened: String
        package let whatIsKept: String
        package let whatToDo: String

        package init(word: String, whatHappened: String, whatIsKept: String, whatToDo: String) {
            self.word = word
            self.whatHappened = whatHappened
            self.whatIsKept = whatIsKept
            self.whatToDo = whatToDo
        }
    }

    package let verdict: Verdict
    /// When, as RFC 3339 writes it.
    package let at: String
    package let sealedBytes: Int64
    package let sealedSHA256: String

    package init(verdict: Verdict, at: String, sealedBytes: Int64, sealedSHA256: String) {
        self.verdict = verdict
        self.at = at
        self.sealedBytes = sealedBytes
        self.sealedSHA256 = sealedSHA256
    }

    /// The name of the receipt of a file; `nil` where it or its signature's would be too long.
    package static func name(for name: DropName) -> DropName? {
        guard signatureName(for: name) != nil else { return nil }
        return try? DropName("\(name.text).receipt.json".utf8)
    }

    /// The name of the detached signature (CMS, DER) over the receipt of a file.
    package static func signatureName(for name: DropName) -> DropName? {
        try? DropName("\(name.text).receipt.json.p7s".utf8)
    }

    /// Names no student, and no file by the name that its sender gave it.
    package var json: String {
        var lines: [(String, String)] = [
            ("format", Self.quoted("mochila-receipt")), ("version", "1"),
        ]
        switch verdict {
        case .accepted(let accepted):
            // A bundle of which one file does not open is refused whole.
            let files = accepted.files.map { file in
                "    { \"bytes\": \(file.bytes), \"opened\": \"yes\", "
                    + (accepted.held.contains(file.sha256) ? "\"held\": \"virus\", " : "")
                    + "\"sha256\": \(Self.quoted(file.sha256)) }"
            }
            let parts = accepted.parts.map {
                "    { \"part\": \(Self.quoted($0.part)), \"status\": \(Self.quoted($0.status)) }"
            }
            lines += [
                ("verdict", Self.quoted("accepted")),
                ("receipt", Self.quoted(accepted.number)),
                ("request", Self.quoted(accepted.request)),
                ("manifestSHA256", Self.quoted(accepted.manifestSHA256)),
                ("parts", "[\n\(parts.joined(separator: ",\n"))\n  ]"),
                ("files", "[\n\(files.joined(separator: ",\n"))\n  ]"),
            ]
        case .refused(let reason): lines += Self.lines("refused", reason)
        case .incomplete(let reason): lines += Self.lines("incomplete", reason)
        }
        lines += [
            ("at", Self.quoted(at)), ("sealedBytes", "\(sealedBytes)"),
            ("sealedSHA256", Self.quoted(sealedSHA256)),
        ]
        let body = lines.map { "  \(Self.quoted($0.0)): \($0.1)" }.joined(separator: ",\n")
        return "{\n\(body)\n}\n"
    }

    private static func lines(_ verdict: String, _ reason: Reason) -> [(String, String)] {
        [
            ("verdict", quoted(verdict)), ("reason", quoted(reason.word)),
            ("whatHappened", quoted(reason.whatHappened)),
            ("whatIsKept", quoted(reason.whatIsKept)), ("whatToDo", quoted(reason.whatToDo)),
        ]
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
