/// How the letters of a text that is taken are written as bytes.
package enum TextEncoding: Sendable {
    case utf8
    /// With the mark that says which byte comes first.
    case utf16
    /// Windows-1252, which spreadsheets write for "CSV" without more words.
    case western
}

extension FileType {
    /// The media type of a text in this encoding.
    ///
    /// Only UTF-8 is named: of the others a reader finds out by itself, and a wrong name would make
    /// other letters of a student's.
    package func mediaType(in encoding: TextEncoding) -> String {
        switch (self, encoding) {
        case (.csv, .utf16), (.csv, .western): "text/csv"
        default: mediaType
        }
    }
}
