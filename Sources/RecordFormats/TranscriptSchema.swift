import CXMLSchema

/// The XML schema that an operator gives for PESC transcripts, as a file of theirs.
///
/// We ship none: the standard's own files are its publisher's. Read anew for each transcript, so that
/// a corrected file counts at once; the reading takes some ten milliseconds.
package struct TranscriptSchema: Hashable, Sendable {
    /// Absolute, or from where the program was started.
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// One place at which a transcript is not what the schema says.
    package struct Difference: Hashable, Sendable, CustomStringConvertible {
        /// From 1 in the transcript's text; 0 where none is known.
        package let line: Int
        /// Empty where none is known.
        package let element: String
        /// The library's own words in English; they may quote what stands in the transcript.
        package let words: String

        package var description: String {
            let place = element.isEmpty ? "line \(line)" : "line \(line): \(element)"
            return "\(place): \(words)"
        }
    }

    /// Why nothing could be said of a transcript.
    package enum Trouble: Error, Hashable, Sendable {
        /// The schema cannot be read; `words` are of its files, never of a record.
        case unreadable(words: [String])
        case notXML
        case noMemory
    }

    /// Where the transcript differs, in the order of its text; empty where it fits.
    ///
    /// At most a hundred places and a line about the rest.
    package func differences(in text: String) throws(Trouble) -> [Difference] {
        var pointer: OpaquePointer?
        let bytes = Array(text.utf8)
        let outcome = mochila_schema_check(path, bytes, bytes.count, &pointer)
        guard let pointer else { throw .noMemory }
        defer { mochila_schema_findings_free(pointer) }
        let found = Self.read(pointer)
        switch outcome {
        case MOCHILA_SCHEMA_FITS: return []
        // With no word about where, it differs all the same.
        case MOCHILA_SCHEMA_DIFFERS:
            return found.isEmpty ? [Difference(line: 0, element: "", words: "")] : found
        case MOCHILA_SCHEMA_UNREADABLE: throw .unreadable(words: found.map(\.words))
        case MOCHILA_SCHEMA_NOT_XML: throw .notXML
        default: throw .noMemory
        }
    }

    private static func read(_ findings: OpaquePointer) -> [Difference] {
        let found = (0..<mochila_schema_finding_count(findings)).map { index in
            Difference(
                line: Int(mochila_schema_finding_line(findings, index)),
                element: String(cString: mochila_schema_finding_element(findings, index)),
                words: String(cString: mochila_schema_finding_words(findings, index))
            )
        }
        let more = mochila_schema_finding_unlisted(findings)
        guard more > 0 else { return found }
        return found + [Difference(line: 0, element: "", words: "and \(more) more")]
    }
}
