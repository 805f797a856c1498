import Foundation
import Vocabulary

/// A folder of mails, one file each (Maildir): where the demonstration's mail goes.
///
/// A mail is written to `tmp`, flushed, and linked into `new` under a name made from its
/// Message-ID, so that a repeat finds itself already there.
package struct Maildir: Sendable {
    /// Path of the folder that holds `tmp`, `new` and `cur`.
    package let path: String

    /// Names the folder; `deliver` makes it where it is missing.
    package init(path: String) {
        self.path = path
    }

    /// One mail of the folder.
    package struct Entry: Hashable, Sendable {
        package typealias ID = String

        /// The file's name: letters, digits and `-_.@=`, safe in the path of a page.
        package let id: ID
        package let mail: ReceivedMail
    }

    /// What may go wrong with the folder: the call that failed and its `errno`.
    package struct Failure: Error, Hashable, Sendable {
        package let call: String
        package let code: Int32
    }

    /// Newest first by their dates, then by when they were written.
    ///
    /// Files that are no mail of ours are left out; a missing folder is empty.
    package func list() -> [Entry] {
        let folder = path + "/new"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let entries = names.compactMap { name -> (entry: Entry, written: Int64)? in
            guard let mail = read(name) else { return nil }
            return (Entry(id: name, mail: mail), modified("\(folder)/\(name)"))
        }
        return entries.sorted { first, second in
            if first.entry.mail.date != second.entry.mail.date {
                return first.entry.mail.date > second.entry.mail.date
            }
            return (first.written, first.entry.id) > (second.written, second.entry.id)
        }.map(\.entry)
    }

    /// The mail of that name; `nil` where there is none, or the name is not one of ours.
    package func read(_ id: Entry.ID) -> ReceivedMail? {
        guard Self.isName(id),
            let data = FileManager.default.contents(atPath: "\(path)/new/\(id)")
        else { return nil }
        return ReceivedMail(parsing: Array(data))
    }

    /// Files `message`; a mail with this Message-ID that stands there already is left as it is.
    func deliver(_ message: [UInt8], messageID: String) throws(Failure) {
        let name = Self.name(for: messageID)
        for folder in ["tmp", "new", "cur"] { try makeFolder("\(path)/\(folder)") }
        let final = "\(path)/new/\(name)"
        guard access(final, F_OK) != 0 else { return }
        // Two attempts at once must not write into one file.
        let temporary = "\(path)/tmp/\(name).\(UInt64.random(in: 0 ... .max))"
        try write(message, to: temporary)
        defer { unlink(temporary) }
        // link, unlike rename, leaves a file that came first alone.
        guard link(temporary, final) == 0 || errno == EEXIST else {
            throw Failure(call: "link", code: errno)
        }
        try flushFolder("\(path)/new")
    }

    private func write(_ message: [UInt8], to file: String) throws(Failure) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(call: "open", code: errno) }
        var problem = message.withUnsafeBytes { bytes -> Failure? in
            var offset = 0
            while offset < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
                let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return Failure(call: "write", code: errno) }
                offset += written
            }
            return nil
        }
        if problem == nil, fsync(descriptor) != 0 { problem = Failure(call: "fsync", code: errno) }
        if close(descriptor) != 0, problem == nil {
            problem = Failure(call: "close", code: errno)
        }
        guard let problem else { return }
        unlink(file)
        throw problem
    }

    private func makeFolder(_ folder: String) throws(Failure) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
            isFolder.boolValue
        {
            return
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure(call: "mkdir", code: errno)
        }
    }

    private func flushFolder(_ folder: String) throws(Failure) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(call: "open", code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure(call: "fsync", code: errno) }
    }

    private func modified(_ file: String) -> Int64 {
        var status = stat()
        guard stat(file, &status) == 0 else { return 0 }
        return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }

    /// Every Message-ID has its own name, and no name is a path or hidden.
    static func name(for messageID: String) -> String {
        "m-"
            + messageID.utf8.map { byte in
                isPlain(byte) ? String(UnicodeScalar(byte)) : QuotedPrintable.hexadecimal(byte)
            }.joined()
    }

    private static func isName(_ name: String) -> Bool {
        name.utf8.count <= 255 && name.utf8.starts(with: "m-".utf8)
            && name.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "=") }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: "-_.@".utf8.contains(byte)
        }
    }
}
