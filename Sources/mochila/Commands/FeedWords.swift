import Casework
import Glibc
import Tabular
import Vocabulary

/// A feed's file on this machine.
final class FeedOnDisk: FeedFile {
    let name: String
    let byteCount: Int64
    private let handle: Int32

    init(path: String) throws {
        handle = open(path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else {
            throw SystemFailure(what: "\(path) cannot be read", code: errno)
        }
        var facts = stat()
        guard fstat(handle, &facts) == 0 else {
            close(handle)
            throw SystemFailure(what: "\(path) cannot be read", code: errno)
        }
        byteCount = Int64(facts.st_size)
        name = path.split(separator: "/").last.map(String.init) ?? path
    }

    deinit { close(handle) }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximum)
        var filled = 0
        // One read may hand out less than asked for; the digest needs equal pieces.
        while filled < maximum {
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    handle,
                    buffer.baseAddress.map { $0 + filled },
                    maximum - filled,
                    off_t(offset) + off_t(filled)
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw SystemFailure(what: "\(name) cannot be read on", code: errno)
            }
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(maximum - filled)
        return bytes
    }

    /// Writes a small text, readable by its owner only.
    static func write(_ text: String, to path: String) throws {
        let handle = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw SystemFailure(what: "\(path) cannot be written", code: errno)
        }
        defer { close(handle) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw SystemFailure(what: "\(path) cannot be written", code: errno)
            }
            rest = rest.dropFirst(count)
        }
    }
}

/// A state's school numbers with the directory's.
enum SchoolNumbers {
    static func read(_ path: String) throws -> [String: SchoolID] {
        let file = try FeedOnDisk(path: path)
        guard file.byteCount < 64 << 20 else {
            throw UsageFailure("\(path) is too large for a list of schools")
        }
        var numbers: [String: SchoolID] = [:]
        var unreadable: [Int] = []
        var reader = DelimitedReader()
        let take = { (row: borrowing DelimitedRow) in
            if let id = SchoolID(row.text(1)) {
                numbers[row.text(0)] = id
            } else if row.number > 1 {
                unreadable.append(row.number)
            }
        }
        try reader.read(try file.read(from: 0, upTo: Int(file.byteCount)), take)
        try reader.finish(take)
        guard unreadable.isEmpty else {
            throw UsageFailure(
                "\(path): no directory number of twelve digits in the second column of rows "
                    + unreadable.prefix(20).map(String.init).joined(separator: ", ")
            )
        }
        return numbers
    }
}

extension RefusedRow {
    var line: String {
        "row \(row)\(column.isEmpty ? "" : ", \(column)"): \(reason.words)"
    }
}

extension [RefusedRow] {
    /// Row, column and reason; nothing of what stood there.
    var csv: String {
        map { row in
            let column = row.column.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"")
            return "\(row.row),\"\(column)\",\"\(row.reason.words)\"\n"
        }.reduce("row,column,reason\n", +)
    }
}

extension RefusedRow.Reason {
    var words: String {
        switch self {
        case .missing: "nothing stands there"
        case .notADate: "not a date as the mapping writes dates"
        case .dateInFuture: "the date is in the future"
        case .notInCodeList: "the code is not in the mapping's list"
        case .tooLong: "longer than a name can be"
        case .controlCharacter: "holds a character that cannot be shown"
        case .mixedAlphabets: "holds letters of two alphabets that look alike"
        case .lostCharacter: "a character was lost before the file came here"
        case .wrongColumnCount: "another number of columns than the header"
        case .textAfterQuote: "something stands after a closing quotation mark"
        case .schoolUnknown: "no school of the directory"
        case .schoolAmbiguous: "several schools have this name"
        case .schoolOfAnother: "the school is not this system's to report"
        case .repeatedKey: "an earlier row has the same key"
        case .endsBeforeItBegins: "the last day is before the first"
        }
    }
}

extension FeedFailure {
    /// What happened, what is kept, what to do.
    var words: String {
        let kept = " Nothing was changed."
        return switch self {
        case .systemUnknown:
            "There is no such source system. `mochila locator uploads` lists them." + kept
        case .notAllowed: "This source system belongs to somebody else." + kept
        case .nameUnusable:
            "A source system's name has lower-case letters, digits and hyphens, 40 at most." + kept
        case .mappingUnusable(let problems):
            "The mapping cannot be used:\n" + problems.map { "  \($0)" }.joined(separator: "\n")
        case .unreadable(let why): why.words + kept
        case .encodingDiffers(let found):
            "The file is \(found.rawValue), the mapping says otherwise." + kept
        case .columnsMissing(let names):
            "The file has no column \(names.joined(separator: ", "))." + kept
        case .columnRepeated(let name): "The file has two columns \(name)." + kept
        case .noRows: "No row of the file can be used." + kept
        case .malformed(let malformed): malformed.words + kept
        case .lastRowShort(let row, let columns, let all):
            "Row \(row), the last one, has \(columns) of \(all) columns: the file was cut off."
                + kept
        case .trailerMissing:
            "The last row with the number of rows is missing: it was cut off."
                + kept
        case .trailerCountDiffers(let said, let found):
            "The last row says \(said) rows, the file has \(found)." + kept
        case .rowAfterTrailer(let row): "Row \(row) stands after the last one." + kept
        case .needsConfirmation(let confirmation): confirmation.words + kept
        case .changedWhileRead:
            "The file changed while it was read; nothing was withdrawn. Hand it in again."
        case .overtaken:
            "Another file of this system is being taken in; this one stopped between two batches "
                + "and withdrew nothing. Hand in the newest file again."
        case .tooManyWait:
            "\(FeedDrop.mostOpen) files of this system wait, for their turn or for a person of your "
                + "organisation." + kept
        }
    }
}

extension FeedConfirmation {
    var groundWords: [String] {
        grounds.map { ground in
            switch ground {
            case .tooMany:
                "\(withdrawals) of \(entries) entries would be withdrawn, "
                    + "more than the mapping's share"
            case .unreadableKeys(let count): "\(count) refused rows have no readable key"
            case .endsWithoutLineEnd: "the last row has no line end, as if the rest were missing"
            case .manyRefused(let count):
                "\(count) rows are refused, more than the mapping's share"
            case .fewerRows(let found, let before):
                "\(found) rows, fewer than the \(before) before, and no last row that counts them: "
                    + "the file may have been cut"
            }
        }
    }

    fileprivate var words: String {
        "The snapshot would withdraw \(withdrawals) of \(entries) entries: "
            + groundWords.joined(separator: "; ")
            + ". If that is meant, say --confirm-withdrawing \(withdrawals)."
    }
}

extension EncodingScan.Unreadable {
    fileprivate var words: String {
        switch self {
        case .empty: "The file is empty."
        case .notText(.zip): "This is a spreadsheet or an archive; save it as CSV."
        case .notText(.oldSpreadsheet): "This is a spreadsheet; save it as CSV."
        case .notText(.gzip): "This is compressed; unpack it first."
        case .notText(.pdf): "This is a PDF."
        case .notText(.binary): "This is no text."
        case .mixed(let offset):
            "The file is partly UTF-8 and partly not (byte \(offset)): two files put together?"
        }
    }
}

extension DelimitedReader.Malformed {
    fileprivate var words: String {
        switch self {
        case .quoteNeverClosed(let row, let line):
            "The file ends inside quotation marks opened in row \(row), line \(line): "
                + "it was cut off, or a quotation mark is missing."
        case .rowTooLong(let row, let line):
            "Row \(row), line \(line), never ends: a quotation mark is missing."
        case .tooManyColumns(let row, let line):
            "Row \(row), line \(line), has too many columns."
        }
    }
}
