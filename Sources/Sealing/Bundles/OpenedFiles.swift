package import BundleFormat
package import Casework

/// Where the files of an opened bundle go.
///
/// Nothing may be visible to anybody before `publish`.
package protocol OpenedFiles {
    func makeWriter(for name: ArchiveName) throws -> any ProtectedFileWriter
    /// Makes everything visible at once: called after every check has passed and every writer has
    /// finished.
    func publish() throws
    /// Removes everything that was written.
    func abandon()
}

/// A folder that a bundle is opened into: `NAME.part` until all of it is good, never over a file
/// that is there.
package final class OpenedFolder: OpenedFiles {
    private let path: String
    private var names: [ArchiveName] = []
    private var published = 0
    private let madeFolder: Bool
    private var madeFiles = false

    /// Makes the folder where it is missing; throws where it holds anything.
    package init(_ path: String) throws {
        self.path = path
        madeFolder = !Folder.isFolder(path)
        try Folder.make(path)
        guard try Folder.names(in: path).isEmpty else { throw FileFailure.exists }
    }

    package func makeWriter(for name: ArchiveName) throws -> any ProtectedFileWriter {
        if !ArchiveName.fixed.contains(name), !madeFiles {
            try Folder.make("\(path)/files")
            madeFiles = true
        }
        let writer = try PlainFileWriter(creating: part(of: name))
        names.append(name)
        return writer
    }

    package func publish() throws {
        for name in names {
            try Folder.rename(part(of: name), to: "\(path)/\(name)")
            published += 1
        }
        if madeFiles { try Folder.synchronize("\(path)/files") }
        try Folder.synchronize(path)
    }

    package func abandon() {
        for (position, name) in names.enumerated() {
            Folder.remove(position < published ? "\(path)/\(name)" : part(of: name))
        }
        if madeFiles { Folder.removeFolder("\(path)/files") }
        if madeFolder { Folder.removeFolder(path) }
    }

    private func part(of name: ArchiveName) -> String { "\(path)/\(name).part" }
}
