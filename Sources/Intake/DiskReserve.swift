/// What uploads leave of a disk to the database and the logs.
struct DiskReserve: Sendable {
    /// What is free, in bytes.
    let free: @Sendable () throws -> Int64
    let bytes: Int64

    /// Whether so many bytes can be written beyond the reserve.
    func hasRoom(for count: Int) throws -> Bool { try free() - Int64(count) >= bytes }
}
