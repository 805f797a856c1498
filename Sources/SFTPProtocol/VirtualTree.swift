/// The four names at the root and what stands below them, as attributes and lines.
struct VirtualTree {
    let files: any PartnerFiles
    let readme: [UInt8]
    let now: UInt32

    private static let folderMode: UInt32 = 0o040755
    private static let sentMode: UInt32 = 0o100644
    private static let readMode: UInt32 = 0o100444

    var folderAttributes: FileAttributes {
        FileAttributes(size: 0, permissions: Self.folderMode, modifiedAt: now)
    }

    static func attributes(of entry: DropEntry, isWritable: Bool) -> FileAttributes {
        FileAttributes(
            size: entry.size,
            permissions: isWritable ? sentMode : readMode,
            modifiedAt: entry.modifiedAt
        )
    }

    func attributes(of path: VirtualPath) throws(Refusal) -> FileAttributes {
        switch path {
        case .root, .folder: folderAttributes
        case .readme: readmeAttributes
        case .file(let folder, let name):
            Self.attributes(
                of: try files.entry(name, in: folder),
                isWritable: folder == .incoming
            )
        case .nowhere: throw .noSuchFile
        }
    }

    func lines(of path: VirtualPath) throws(Refusal) -> [ListedName] {
        switch path {
        case .root:
            return [line(VirtualPath.readmeName, readmeAttributes)]
                + DropFolder.allCases.map { line($0.rawValue, folderAttributes) }
        case .folder(let folder):
            return try files.list(folder).map { entry in
                line(
                    entry.name.text,
                    Self.attributes(of: entry, isWritable: folder == .incoming)
                )
            }
        case .readme, .file: throw Refusal(.failure, "This is not a folder.")
        case .nowhere: throw .noSuchFile
        }
    }

    func openReadme() -> any FetchedFile { ReadmeFile(content: readme, entry: readmeEntry) }

    private var readmeAttributes: FileAttributes {
        FileAttributes(size: UInt64(readme.count), permissions: Self.readMode, modifiedAt: now)
    }

    private var readmeEntry: DropEntry {
        DropEntry(name: .readme, size: UInt64(readme.count), modifiedAt: now)
    }

    private func line(_ name: String, _ attributes: FileAttributes) -> ListedName {
        ListedName(
            name: Array(name.utf8),
            longName: LongName.line(name, attributes, now: now),
            attributes: attributes
        )
    }
}

private final class ReadmeFile: FetchedFile {
    private let content: [UInt8]
    let entry: DropEntry

    init(content: [UInt8], entry: DropEntry) {
        self.content = content
        self.entry = entry
    }

    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: UInt64) -> Int {
        let rest = content[Int(min(offset, UInt64(content.count)))...].prefix(bytes.count)
        bytes.copyBytes(from: rest)
        return rest.count
    }

    func close() {}
    func abandon() {}
}
