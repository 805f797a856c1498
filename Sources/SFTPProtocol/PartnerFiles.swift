/// A file or folder as a partner sees it.
package struct DropEntry: Hashable, Sendable {
    package let name: DropName
    /// In bytes.
    package let size: UInt64
    /// Seconds since 1970.
    package let modifiedAt: UInt32

    package init(name: DropName, size: UInt64, modifiedAt: UInt32) {
        self.name = name
        self.size = size
        self.modifiedAt = modifiedAt
    }
}

/// How much more a partner may send, as programs ask a file system.
package struct PartnerRoom: Hashable, Sendable {
    /// All that may be under way at once.
    package let bytes: UInt64
    /// What nothing stands in yet.
    package let freeBytes: UInt64
    /// What can be sent now: also the day's limit and the gateway's disk count.
    package let sendableBytes: UInt64
    package let files: UInt64
    package let freeFiles: UInt64
    package let sendableFiles: UInt64

    package init(
        bytes: UInt64,
        freeBytes: UInt64,
        sendableBytes: UInt64,
        files: UInt64,
        freeFiles: UInt64,
        sendableFiles: UInt64
    ) {
        self.bytes = bytes
        self.freeBytes = freeBytes
        self.sendableBytes = sendableBytes
        self.files = files
        self.freeFiles = freeFiles
        self.sendableFiles = sendableFiles
    }
}

/// How an upload begins.
package enum UploadStart: Hashable, Sendable {
    /// From nothing; what stood there under the name, unfinished, is dropped.
    case fresh
    /// After the bytes that are there.
    case resumed
    /// From nothing, and only where the name is free.
    case exclusive
}

/// The files of one partner: what a session does to the world.
///
/// Every refusal leaves everything as it was.
package protocol PartnerFiles: AnyObject {
    func list(_ folder: DropFolder) throws(Refusal) -> [DropEntry]
    func entry(_ name: DropName, in folder: DropFolder) throws(Refusal) -> DropEntry
    /// Only from `out` and `receipts`.
    func fetch(_ name: DropName, from folder: DropFolder) throws(Refusal) -> any FetchedFile
    /// Into `in`.
    func receive(_ name: DropName, _ start: UploadStart) throws(Refusal) -> any IncomingUpload
    /// Within `in`. A finished name submits what had an unfinished one.
    func rename(
        _ old: DropName,
        to new: DropName,
        replacing: Bool
    ) throws(Refusal)
    func remove(_ name: DropName, from folder: DropFolder) throws(Refusal)
    func room() throws(Refusal) -> PartnerRoom
}

/// A file that is being read.
package protocol FetchedFile: AnyObject {
    var entry: DropEntry { get }
    /// Fills `bytes` from `offset` on; fewer only at the end.
    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(Refusal) -> Int
    /// The client closed it.
    func close()
    /// The connection ended first.
    func abandon()
}

/// A file that is being written.
package protocol IncomingUpload: AnyObject {
    var entry: DropEntry { get }
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(Refusal)
    /// Cuts it to `size` where it is longer.
    func truncate(to size: UInt64) throws(Refusal)
    func flush() throws(Refusal)
    /// The client closed it: when this returns, it is durable, and submitted unless its name says
    /// that it is unfinished.
    func finish() throws(Refusal)
    /// The connection ended first: nothing is submitted.
    func abandon()
}
