import ArgumentParser
import Casework
import Glibc
import Operations
import Persistence
import SQLiteDatabase
import Sealing

/// `mochila backup`: the store and every file it refers to, while the gateway runs.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the store and the files it refers to into a new folder.",
        discussion: """
            Everything in the copy is encrypted under the installation's keys, which are not in \
            it: keep a copy of the keys folder elsewhere, or the backup opens nothing.
            """
    )

    @OptionGroup var installation: InstallationOption
    @Argument(help: "A new folder for the copy.") var folder: String

    func run() async throws {
        let configuration = try installation.configuration()
        let house = try await installation.open(configuration)
        let target = absolute(folder)
        guard !exists(target) else {
            throw UsageFailure("\(target) is already there, and nothing is ever overwritten.")
        }
        for name in ["", "/files", "/bundles"] { try makeFolder(target + name) }
        // The store first: every file it refers to was whole before its row was written.
        try await house.database.backup(to: "\(target)/store.sqlite")
        let place = house.furnishing.place
        let files = try copyAll(from: place.filesFolder, to: "\(target)/files")
        let bundles = try copyAll(from: place.bundlesFolder, to: "\(target)/bundles")
        try BackupMark.note(SystemClock.instant(), in: place.dataFolder)
        print("\(target): the store, \(files) files, \(bundles) bundles. The keys are not in it.")
    }

    private func copyAll(from source: String, to target: String) throws -> Int {
        var count = 0
        for name in try FolderListing.names(in: source) where !name.hasSuffix(".part") {
            try FileCopy.copy("\(source)/\(name)", to: "\(target)/\(name)")
            count += 1
        }
        try Folder.synchronize(target)
        return count
    }
}

/// `mochila restore`: a backup into an installation without data.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into an installation that has no data yet, or only check it."
    )

    @OptionGroup var installation: InstallationOption
    @Argument(help: "The backup's folder.") var folder: String
    @Flag(help: "Only check that the backup is whole and opens with the installation's keys.")
    var verify = false

    func run() async throws {
        let configuration = try installation.configuration()
        let source = absolute(folder)
        let place = Operations.Installation(
            folder: installation.place.folder,
            dataFolder: configuration.dataFolder
        )
        if verify {
            let scratch = "\(source)/.verify-\(SystemSecrets().randomBits()).sqlite"
            try SQLiteFile.restore(from: "\(source)/store.sqlite", to: scratch)
            defer {
                for ending in ["", "-wal", "-shm"] { unlink(scratch + ending) }
            }
            try await check(store: scratch, place: place, files: "\(source)/files")
            print("The backup is whole and opens with this installation's keys.")
            return
        }
        guard !exists(place.databaseFile) else {
            throw UsageFailure(
                "\(place.databaseFile) is already there. Restore into an installation without data."
            )
        }
        for folder in place.folders { try makeFolder(folder) }
        for (from, to) in [
            ("\(source)/files", place.filesFolder), ("\(source)/bundles", place.bundlesFolder),
        ] {
            for name in try FolderListing.names(in: from) {
                try FileCopy.copy("\(from)/\(name)", to: "\(to)/\(name)")
            }
            try Folder.synchronize(to)
        }
        // The store last: where it stands, everything it refers to is there.
        try SQLiteFile.restore(from: "\(source)/store.sqlite", to: place.databaseFile)
        try await check(store: place.databaseFile, place: place, files: place.filesFolder)
        print("Restored into \(place.folder).")
    }

    private func check(
        store path: String,
        place: Operations.Installation,
        files: String
    ) async throws {
        let keys = try GatewayKeys.load(from: place.keysFolder)
        let database = try SQLiteFile(path: path)
        let store = try await SQLCaseStore.opened(database, fields: FieldCipher(keys: keys.master))
        var troubles = try await database.verify() + store.verify()
        let wanted = try await store.read { try $0.filesInUse() }
        let present = Set(try FolderListing.names(in: files))
        let missing = wanted.filter { id in !present.contains { $0.hasPrefix(id) } }
        if !missing.isEmpty { troubles.append("\(missing.count) files are missing") }
        try database.close()
        guard troubles.isEmpty else {
            throw UsageFailure(
                "The backup cannot be relied on:\n" + troubles.joined(separator: "\n")
            )
        }
    }
}

/// Names in one folder.
enum FolderListing {
    static func names(in folder: String) throws -> [String] {
        guard let handle = opendir(folder) else {
            throw SystemFailure(what: "\(folder) cannot be read", code: errno)
        }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// Copies one file, flushed to the disk; never over an existing one.
enum FileCopy {
    static func copy(_ source: String, to target: String) throws {
        let from = open(source, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw SystemFailure(what: "\(source) cannot be read", code: errno) }
        defer { close(from) }
        let to = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard to >= 0 else {
            throw SystemFailure(what: "\(target) cannot be written", code: errno)
        }
        defer { close(to) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(from, &buffer, buffer.count)
            guard count >= 0 else {
                throw SystemFailure(what: "\(source) cannot be read", code: errno)
            }
            if count == 0 { break }
            var written = 0
            while written < count {
                let step = buffer[written..<count].withUnsafeBytes {
                    write(to, $0.baseAddress, $0.count)
                }
                guard step > 0 else {
                    throw SystemFailure(what: "\(target) cannot be written", code: errno)
                }
                written += step
            }
        }
        guard fsync(to) == 0 else {
            throw SystemFailure(what: "\(target) cannot be flushed", code: errno)
        }
    }
}
