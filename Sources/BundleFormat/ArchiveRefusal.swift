/// Why a file is not an archive that we read.
package enum ArchiveRefusal: Error, Hashable, Sendable, CaseIterable {
    case unreadable
    case tooLarge
    /// It has no end record, or something before its beginning or after its end.
    case notAnArchive
    /// Its directory disagrees with itself or with the files it lists.
    case inconsistent
    case tooManyFiles
    /// A file is encrypted, split, or compressed by something else than deflate.
    case forbiddenFeature
    /// An entry is a link, a folder or a device.
    case notAFile
    case unsafeName
    /// Two entries would be one file.
    case repeatedName
    /// It would unpack to far more than it holds.
    case bomb
}
