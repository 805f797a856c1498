package import DropLayout
import Glibc
package import Vocabulary

/// How much of its limits a partner uses.
package struct DropUse: Hashable, Sendable {
    /// Unfinished, or submitted and not yet taken by the gateway.
    package var filesUnderWay: Int64 = 0
    package var bytesUnderWay: Int64 = 0
    package var filesToday: Int64 = 0
    package var bytesToday: Int64 = 0

    /// How much of a limit is used, by its word; `nil` for what is not counted up.
    package func used(of word: String) -> Int64? {
        switch word {
        case "files-under-way": filesUnderWay
        case "bytes-under-way": bytesUnderWay
        case "files-per-day": filesToday
        case "bytes-per-day": bytesToday
        default: nil
        }
    }
}

extension PartnerDrop {
    /// Counts what lies in a partner's folders.
    package func use(by account: PartnerAccount, at now: Instant) throws -> DropUse {
        let partner = places.partner(account)
        var use = DropUse()
        for folder in [partner.incoming, partner.queue] {
            for name in try names(in: folder) {
                switch StoredEntry(entry: name) {
                case .part?, .queued?: break
                default: continue
                }
                var status = stat()
                guard lstat("\(folder)/\(name)", &status) == 0 else { continue }
                use.filesUnderWay += 1
                use.bytesUnderWay += Int64(status.st_size)
            }
        }
        let day = now.millisecondsSince1970 / 86_400_000
        // One line for each file; more of them than any limit has files.
        let text = String(
            decoding: try start(of: "\(partner.days)/\(day)", upTo: 1 << 20),
            as: UTF8.self
        )
        for line in text.split(separator: "\n") {
            use.filesToday += 1
            // Another process wrote the line: two of the largest number have no sum.
            let (sum, isTooLarge) = use.bytesToday.addingReportingOverflow(Int64(line) ?? 0)
            use.bytesToday = isTooLarge ? .max : sum
        }
        return use
    }

    /// The first bytes of a file; none where there is no such file.
    func start(of path: String, upTo most: Int) throws -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        let reader = SubmittedReader(descriptor)
        var bytes: [UInt8] = []
        while bytes.count < most {
            let piece = try reader.read(upTo: min(most - bytes.count, 1 << 16))
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }
}
