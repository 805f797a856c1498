/// Tells a file's type from its bytes while they pass, whatever its name says.
///
/// Most types are known after 16 bytes; texts are read to the end, since one NUL makes them
/// something else. Memory does not grow with the file.
package struct TypeSniffer: Sendable {
    /// The bytes are of no type we take.
    package struct NotAllowed: Error, Equatable, Sendable {
        /// It is a text, and nobody can say for sure which letters its bytes are.
        package let hasUnknownLetters: Bool

        package init(hasUnknownLetters: Bool = false) {
            self.hasUnknownLetters = hasUnknownLetters
        }
    }

    private enum Course: Sendable {
        case undecided
        case known(FileType)
        case text(TextInspection)
        case zip
        case compoundFile
    }

    // Enough for the names of an office document's first entries and a text's first lines.
    private static let longestOpening = 64 * 1_024
    private static let bytesToDecide = 16

    private var course = Course.undecided
    private var opening: [UInt8] = []
    private var traces: TraceFinder?

    /// How a text is written, once `finish` said that it is one.
    package private(set) var encoding = TextEncoding.utf8

    package init() {}

    /// Reads the next bytes; throws as soon as no allowed type is left.
    package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(NotAllowed) {
        let early = bytes.prefix(Self.longestOpening - opening.count)
        opening.append(contentsOf: early)
        if case .undecided = course {
            guard opening.count >= Self.bytesToDecide else { return }
            try decide()
            // What was read before the decision is in the opening, and nothing is before that.
            try opening.withUnsafeBytesThrowing { (early) throws(NotAllowed) in
                try follow(early)
            }
            if bytes.count > early.count {
                try follow(UnsafeRawBufferPointer(rebasing: bytes[early.count...]))
            }
            return
        }
        try follow(bytes)
    }

    /// The type, once the last byte was read.
    package mutating func finish() throws(NotAllowed) -> FileType {
        if case .undecided = course {
            try decide()
            try opening.withUnsafeBytesThrowing { (early) throws(NotAllowed) in
                try follow(early)
            }
        }
        switch course {
        case .undecided: throw NotAllowed()
        case .known(let type): return type
        case .text(let inspection):
            guard let encoding = inspection.encoding else {
                throw NotAllowed(hasUnknownLetters: true)
            }
            guard let type = TextKind.type(ofOpening: opening, in: encoding) else {
                throw NotAllowed(hasUnknownLetters: encoding != .utf8)
            }
            self.encoding = encoding
            return type
        case .zip:
            guard traces?.found.isEmpty == true,
                let type = OfficeArchive(opening: opening).type
            else { throw NotAllowed() }
            return type
        case .compoundFile:
            guard let found = traces?.found, !found.contains(CompoundFile.macros) else {
                throw NotAllowed()
            }
            if found.contains(CompoundFile.wordStream) { return .legacyWordDocument }
            if found.contains(CompoundFile.excelStream) { return .legacyExcelWorkbook }
            throw NotAllowed()
        }
    }

    private mutating func decide() throws(NotAllowed) {
        if let type = Signature.type(of: opening) {
            course = .known(type)
        } else if opening.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            course = .zip
            traces = TraceFinder(for: [OfficeArchive.macros])
        } else if opening.starts(with: CompoundFile.signature) {
            course = .compoundFile
            traces = TraceFinder(for: [
                CompoundFile.wordStream, CompoundFile.excelStream, CompoundFile.macros,
            ])
        } else if opening.isEmpty {
            throw NotAllowed()
        } else {
            course = .text(TextInspection(opening: opening))
        }
    }

    private mutating func follow(_ bytes: UnsafeRawBufferPointer) throws(NotAllowed) {
        switch course {
        case .text(var inspection):
            guard inspection.accepts(bytes) else { throw NotAllowed() }
            course = .text(inspection)
        case .zip:
            if OfficeArchive(opening: opening).isHopeless { throw NotAllowed() }
            traces?.read(bytes)
            if traces?.found.isEmpty == false { throw NotAllowed() }
        case .compoundFile:
            traces?.read(bytes)
            if traces?.found.contains(CompoundFile.macros) == true { throw NotAllowed() }
        case .known, .undecided:
            break
        }
    }
}

extension Array where Element == UInt8 {
    /// `withUnsafeBytes` that keeps a typed error.
    fileprivate func withUnsafeBytesThrowing<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let result: Result<Void, Failure> = withUnsafeBytes { bytes in
            do throws(Failure) {
                return .success(try body(bytes))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
