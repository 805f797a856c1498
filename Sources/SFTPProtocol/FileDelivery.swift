/// Takes one file into a folder of a server's, so that nobody ever sees part of it under its name.
///
/// It is written as `NAME.part`, taken up again where a cut left it, put on the disk where the
/// server offers that, asked for its size, and renamed only when the server itself says that it has
/// every byte. A file of the same name and size is taken for this one, delivered by an attempt
/// whose answer was lost; no other file is ever written over.
package struct FileDelivery {
    /// How it ended.
    package enum Ending: Hashable, Sendable {
        /// It stands under its name with its size.
        case delivered
        /// Another file of its name stands there.
        case otherFile
        case noFolder
        /// We may not write there.
        case denied
        case diskFull
        /// The server says another size than what was sent.
        case otherSize
        /// The server offered to put the file on its disk, and failed.
        case notOnDisk
        case notRenamed
        /// What is to be sent cannot be read.
        case noContent
        /// Another no of the server's.
        case refused(code: UInt32)
        /// What came is no SFTP, or no answer to what was asked.
        case broken
        case line(LineEnd)
    }

    private let client: SFTPClient
    private let folder: String
    private let name: String
    private let length: UInt64
    private let read: (UInt64, UnsafeMutableRawBufferPointer) -> Bool

    /// `folder`: absolute, without a slash at the end; empty for the root.
    ///
    /// `read` fills a buffer from a place on, or says that it cannot.
    package init(
        client: SFTPClient,
        folder: String,
        name: String,
        length: UInt64,
        read: @escaping (UInt64, UnsafeMutableRawBufferPointer) -> Bool
    ) {
        self.client = client
        self.folder = folder
        self.name = name
        self.length = length
        self.read = read
    }

    /// `client` has greeted.
    package func run() -> Ending {
        do throws(ClientProblem) {
            if let ending = try lookForFinal() { return ending }
            if let ending = try fillPart() { return ending }
            return try rename()
        } catch {
            return Ending(error)
        }
    }

    private var wholePath: [UInt8] { Array("\(folder)/\(name)".utf8) }
    private var partPath: [UInt8] { Array("\(folder)/\(name).part".utf8) }

    // What was sent before a cut and not answered is sent again: a server that writes several
    // pieces at once may have left a hole among the last ones.
    private static let uncertain = UInt64(
        PacketLimits.writeBytes * PacketLimits.unansweredWrites
    )

    /// What stands under the name already; `nil` where nothing does.
    private func lookForFinal() throws(ClientProblem) -> Ending? {
        do throws(ClientProblem) {
            return try client.attributes(of: wholePath).size == length ? .delivered : .otherFile
        } catch {
            // A drop may let us write and not read: the rename will tell.
            guard error.says(.noSuchFile) || error.says(.permissionDenied) else { throw error }
            return nil
        }
    }

    /// `nil` when all of it is there.
    private func fillPart() throws(ClientProblem) -> Ending? {
        for _ in 1...3 {
            let handle = try openPart()
            let there = try size(handle)
            guard there <= length else {
                // Not ours, or not of this file: what is longer cannot be taken up.
                try client.close(handle)
                try client.remove(partPath)
                continue
            }
            try client.write(handle, (there - min(there, Self.uncertain))..<length, read: read)
            guard try flush(handle) else { return .notOnDisk }
            let written = try size(handle)
            try client.close(handle)
            if written == length { return nil }
        }
        return .otherSize
    }

    private func openPart() throws(ClientProblem) -> [UInt8] {
        let open = { [client, partPath] () throws(ClientProblem) in
            try client.open(partPath, [.write, .create], permissions: 0o644)
        }
        do throws(ClientProblem) {
            return try open()
        } catch {
            // Some servers say only that it failed.
            guard error.says(.noSuchFile) || error.says(.failure) else { throw error }
            try makeFolders()
            return try open()
        }
    }

    private func makeFolders() throws(ClientProblem) {
        var path = ""
        for folder in folder.split(separator: "/") {
            path += "/" + folder
            do throws(ClientProblem) {
                try client.makeFolder(Array(path.utf8))
            } catch {
                // Most of them are there; whether all are, the next attempt to open tells.
                guard case .refused = error else { throw error }
            }
        }
    }

    private func size(_ handle: [UInt8]) throws(ClientProblem) -> UInt64 {
        let said: FileAttributes
        do throws(ClientProblem) {
            said = try client.attributes(ofHandle: handle)
        } catch {
            guard case .refused = error else { throw error }
            said = try client.attributes(of: partPath)
        }
        guard let size = said.size else { throw .broken }
        return size
    }

    /// `false` where the server offered it and failed.
    private func flush(_ handle: [UInt8]) throws(ClientProblem) -> Bool {
        guard client.flushes else { return true }
        do throws(ClientProblem) {
            try client.flush(handle)
            return true
        } catch {
            guard case .refused = error else { throw error }
            return error.says(.unsupported)
        }
    }

    private func rename() throws(ClientProblem) -> Ending {
        do throws(ClientProblem) {
            try client.rename(partPath, to: wholePath)
            return .delivered
        } catch {
            guard case .refused = error else { throw error }
            return try lookForFinal() ?? .notRenamed
        }
    }
}

extension ClientProblem {
    package func says(_ code: StatusCode) -> Bool { self == .refused(code: code.rawValue) }
}

extension FileDelivery.Ending {
    fileprivate init(_ problem: ClientProblem) {
        switch problem {
        case .line(let end): self = .line(end)
        case .broken: self = .broken
        case .noContent: self = .noContent
        case .refused(code: StatusCode.noSuchFile.rawValue): self = .noFolder
        case .refused(code: StatusCode.permissionDenied.rawValue): self = .denied
        // Numbers of later versions, which servers of this one use too: no space, and its quota.
        case .refused(code: 14), .refused(code: 15): self = .diskFull
        case .refused(let code): self = .refused(code: code)
        }
    }
}
