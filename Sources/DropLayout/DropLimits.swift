/// How much one partner may do.
package struct DropLimits: Hashable, Sendable {
    /// Connections at once.
    package var sessions: Int64
    /// Of one file.
    package var fileBytes: Int64
    /// Unfinished, or submitted and not yet taken by the gateway.
    package var filesUnderWay: Int64
    package var bytesUnderWay: Int64
    /// Submitted on one day, in UTC.
    package var filesPerDay: Int64
    package var bytesPerDay: Int64

    package static let standard = Self(
        sessions: 10,
        fileBytes: (1 << 30) - (16 << 20),
        filesUnderWay: 2_000,
        bytesUnderWay: 8 << 30,
        filesPerDay: 20_000,
        bytesPerDay: 64 << 30
    )

    package init(
        sessions: Int64,
        fileBytes: Int64,
        filesUnderWay: Int64,
        bytesUnderWay: Int64,
        filesPerDay: Int64,
        bytesPerDay: Int64
    ) {
        self.sessions = sessions
        self.fileBytes = fileBytes
        self.filesUnderWay = filesUnderWay
        self.bytesUnderWay = bytesUnderWay
        self.filesPerDay = filesPerDay
        self.bytesPerDay = bytesPerDay
    }

    package static let words: [(word: String, place: any WritableKeyPath<Self, Int64> & Sendable)] =
        [
            ("sessions", \.sessions), ("file-bytes", \.fileBytes),
            ("files-under-way", \.filesUnderWay), ("bytes-under-way", \.bytesUnderWay),
            ("files-per-day", \.filesPerDay), ("bytes-per-day", \.bytesPerDay),
        ]

    /// One line `word number` each.
    package var text: String {
        Self.words.map { "\($0.word) \(self[keyPath: $0.place])\n" }.joined()
    }

    /// What a line does not say, or says wrongly, is as in `standard`: a damaged file takes no
    /// limit away.
    package init(text: String) {
        self = .standard
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let value = Int64(parts[1]), value >= 0,
                let word = Self.words.first(where: { $0.word == parts[0] })
            else { continue }
            self[keyPath: word.place] = value
        }
    }
}
