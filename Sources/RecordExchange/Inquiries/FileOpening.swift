package import StudentRecords
package import Vocabulary

/// What became of one file of a delivery: whether it was opened, and how.
package struct FileOpening: Hashable, Sendable, Codable {
    /// The way in which it came to be open, or how far it got.
    package enum How: String, Sendable, CaseIterable, Codable {
        /// Shown on a page to somebody who is signed in.
        case shown
        /// Taken by itself.
        case downloaded
        /// Taken with all the others, in a plain archive.
        case unpacked
        /// Its recipient's system says that it opened.
        case reported
        /// Taken sealed; whether it opened there was not said.
        case sealed
        /// Its recipient's system says that it did not open.
        case failed
        /// Nobody took it.
        case untaken

        /// `nil` where that is not known.
        package var isOpen: Bool? {
            switch self {
            case .shown, .downloaded, .unpacked, .reported: true
            case .failed, .untaken: false
            case .sealed: nil
            }
        }
    }

    /// The stored file's identifier.
    package let file: String
    package let how: How
    /// When it was first opened, handed over or reported; `nil` where nobody took it.
    package let at: Instant?

    package init(file: String, how: How, at instant: Instant?) {
        self.file = file
        self.how = how
        at = instant
    }
}

/// Whether one part of a delivery was opened, and how.
///
/// No sender says which file holds which part, so a part that came is open when every file is:
/// with one of three files unread nobody can say that the transcript was seen.
package struct PartOpening: Hashable, Sendable {
    package enum Word: String, Sendable, CaseIterable {
        case opened
        /// Of the files that may hold it some were opened and others not.
        case partly
        case unopened
        /// Its recipient has it; whether it opened there was not said.
        case unknown
        /// Its sender sent nothing of it, so there is nothing to open.
        case nothingSent
    }

    package let part: RecordPart
    package let status: RecordBundle.PartStatus
    package let word: Word
    /// Each way in which something of it was opened, in the order of `FileOpening.How`.
    package let ways: [FileOpening.How]

    package init(
        part: RecordPart,
        status: RecordBundle.PartStatus,
        word: Word,
        ways: [FileOpening.How]
    ) {
        self.part = part
        self.status = status
        self.word = word
        self.ways = ways
    }
}

extension Receipt {
    /// What became of each part of the bundle that it is for.
    package func parts(of bundle: RecordBundle) -> [PartOpening] {
        let hows = openings(of: bundle).map(\.how)
        let word = files == nil ? wordFromBefore : Self.word(of: hows)
        let ways = FileOpening.How.allCases.filter { $0.isOpen == true && hows.contains($0) }
        return bundle.parts.map { part in
            let isThere = part.status == .sent || part.status == .unsaid
            return PartOpening(
                part: part.part,
                status: part.status,
                word: isThere && !bundle.files.isEmpty ? word : .nothingSent,
                ways: isThere ? ways : []
            )
        }
    }

    /// What became of each file of the bundle; empty in receipts from before this was kept.
    package func openings(of bundle: RecordBundle) -> [FileOpening] {
        guard let files else { return [] }
        return bundle.files.map { file in
            files.first { $0.file == file.id }
                ?? FileOpening(file: file.id, how: .untaken, at: nil)
        }
    }

    private static func word(of hows: [FileOpening.How]) -> PartOpening.Word {
        let open = hows.count { $0.isOpen == true }
        if open == hows.count { return .opened }
        if open > 0 { return .partly }
        return hows.allSatisfy { $0.isOpen == nil } ? .unknown : .unopened
    }

    private var wordFromBefore: PartOpening.Word {
        switch outcome {
        case .opened: .opened
        case .handedOver: .unknown
        case .partly, .stalled: .partly
        case .missing, .refused: .unopened
        }
    }
}
