package import Casework
import Vocabulary

/// What the feed pages work with.
package struct FeedFloor: Sendable {
    /// Why a mapping's text is none; in the words of whoever reads it.
    package struct Unusable: Error, Hashable, Sendable {
        package let reason: String

        package init(reason: String) {
            self.reason = reason
        }
    }

    package let worker: FeedWorker
    let drop: any FileDrop
    let limits: UploadForm.Limits
    let readMapping: @Sendable (String) -> Result<FeedMapping, Unusable>
    /// Stands in the form at first.
    let sampleMapping: String

    package init(
        worker: FeedWorker,
        drop: any FileDrop,
        limits: UploadForm.Limits,
        sampleMapping: String,
        readMapping: @escaping @Sendable (String) -> Result<FeedMapping, Unusable>
    ) {
        self.worker = worker
        self.drop = drop
        self.limits = UploadForm.Limits(total: limits.total, file: limits.file, files: 1)
        self.sampleMapping = sampleMapping
        self.readMapping = readMapping
    }
}

/// A state's school numbers with the directory's, typed or pasted: one pair a line, with a comma
/// or a tab between them.
struct SchoolNumberList {
    var schools: [String: SchoolID] = [:]
    /// The first line without a number of the directory, from 1; a heading does not count.
    var firstBadRow: Int?

    init(_ text: String) {
        // Bytes, so that a line end of two characters is none of its own.
        let lines = text.utf8.split(omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }
        var row = 0
        for line in lines where !line.isEmpty {
            row += 1
            let columns = line.split { $0 == 44 || $0 == 9 }.map { column in
                String(decoding: column.filter { $0 != 34 && $0 != 32 }, as: UTF8.self)
            }
            if columns.count == 2, let school = SchoolID(columns[1]) {
                schools[columns[0]] = school
            } else if row > 1, firstBadRow == nil {
                firstBadRow = row
            }
        }
    }
}
