/// One packet of a client's.
///
/// Points into the packet's memory where it carries file content.
package enum SFTPRequest {
    case initialize(version: UInt32)
    case open(path: [UInt8], OpenFlags, FileAttributes)
    case close(handle: [UInt8])
    case read(handle: [UInt8], offset: UInt64, count: UInt32)
    case write(handle: [UInt8], offset: UInt64, UnsafeRawBufferPointer)
    /// STAT and LSTAT: there are no links here.
    case status(path: [UInt8])
    case handleStatus(handle: [UInt8])
    case setStatus(path: [UInt8], FileAttributes)
    case setHandleStatus(handle: [UInt8], FileAttributes)
    case openFolder(path: [UInt8])
    case readFolder(handle: [UInt8])
    case remove(path: [UInt8])
    case makeFolder(path: [UInt8])
    case removeFolder(path: [UInt8])
    case realPath(path: [UInt8])
    /// `replacing`: the extension of OpenSSH that renames over a file that is there.
    case rename(from: [UInt8], to: [UInt8], replacing: Bool)
    case flush(handle: [UInt8])
    case limits
    /// How much room there is, asked for a path or, for `handle`, an open file.
    case space(path: [UInt8])
    case handleSpace(handle: [UInt8])
    /// READLINK, SYMLINK and hard links: known, and never done.
    case link
    /// Everything else.
    case unknown

    /// Reads the fields that follow the type and, except for INIT, the request's number.
    ///
    /// What follows the last field is ignored, as OpenSSH does.
    package init(_ kind: UInt8, _ fields: inout PacketReader) throws(StatusCode) {
        switch PacketKind(rawValue: kind) {
        case .initialize: self = .initialize(version: try fields.uint32())
        case .open:
            let path = try fields.string()
            let flags = OpenFlags(rawValue: try fields.uint32())
            self = .open(path: path, flags, try fields.attributes())
        case .close: self = .close(handle: try fields.string())
        case .read:
            let handle = try fields.string()
            let offset = try fields.uint64()
            self = .read(handle: handle, offset: offset, count: try fields.uint32())
        case .write:
            let handle = try fields.string()
            let offset = try fields.uint64()
            self = .write(handle: handle, offset: offset, try fields.slice())
        case .status, .linkStatus: self = .status(path: try fields.string())
        case .handleStatus: self = .handleStatus(handle: try fields.string())
        case .setStatus:
            let path = try fields.string()
            self = .setStatus(path: path, try fields.attributes())
        case .setHandleStatus:
            let handle = try fields.string()
            self = .setHandleStatus(handle: handle, try fields.attributes())
        case .openFolder: self = .openFolder(path: try fields.string())
        case .readFolder: self = .readFolder(handle: try fields.string())
        case .remove: self = .remove(path: try fields.string())
        case .makeFolder: self = .makeFolder(path: try fields.string())
        case .removeFolder: self = .removeFolder(path: try fields.string())
        case .realPath: self = .realPath(path: try fields.string())
        case .rename:
            let from = try fields.string()
            self = .rename(from: from, to: try fields.string(), replacing: false)
        case .readLink, .makeLink: self = .link
        case .extended: self = try Self.extended(&fields)
        case .version, .statusReply, .handleReply, .dataReply, .nameReply, .attributesReply,
            .extendedReply, nil:
            self = .unknown
        }
    }

    private static func extended(_ fields: inout PacketReader) throws(StatusCode) -> Self {
        switch String(decoding: try fields.string(), as: UTF8.self) {
        case Extension.limits: return .limits
        case Extension.flush: return .flush(handle: try fields.string())
        case Extension.replacingRename:
            let from = try fields.string()
            return .rename(from: from, to: try fields.string(), replacing: true)
        case Extension.hardLink: return .link
        case Extension.space: return .space(path: try fields.string())
        case Extension.handleSpace: return .handleSpace(handle: try fields.string())
        default: return .unknown
        }
    }

    /// The extensions of OpenSSH that are known here.
    enum Extension {
        static let limits = "limits@openssh.com"
        static let flush = "fsync@openssh.com"
        static let replacingRename = "posix-rename@openssh.com"
        static let hardLink = "hardlink@openssh.com"
        static let space = "statvfs@openssh.com"
        static let handleSpace = "fstatvfs@openssh.com"
        /// With their versions, as VERSION says them.
        static let offered = [
            (replacingRename, "1"), (flush, "1"), (limits, "1"), (space, "2"), (handleSpace, "2"),
        ]
    }
}

/// How a file is to be opened.
package struct OpenFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let read = Self(rawValue: 0x01)
    package static let write = Self(rawValue: 0x02)
    package static let append = Self(rawValue: 0x04)
    package static let create = Self(rawValue: 0x08)
    package static let truncate = Self(rawValue: 0x10)
    package static let exclusive = Self(rawValue: 0x20)
}
