/// Packets on their way out, one after the other.
package struct PacketWriter: ~Copyable {
    private var memory: UnsafeMutableRawBufferPointer
    private var count = 0

    package init(capacity: Int = 4_096) {
        memory = .allocate(byteCount: max(capacity, 64), alignment: 8)
    }

    deinit { memory.deallocate() }

    package var byteCount: Int { count }

    /// What was written so far.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure)
        -> Result
    {
        try body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
    }

    /// Forgets what was written, and gives back what one large reply took.
    package mutating func clear() {
        count = 0
    }

    // MARK: Packets

    package mutating func version() {
        packet(.version) { writer in
            writer.put(UInt32(3))
            for (name, version) in SFTPRequest.Extension.offered {
                writer.put(name)
                writer.put(version)
            }
        }
    }

    package mutating func status(_ id: UInt32, _ refusal: Refusal) {
        packet(.statusReply) { writer in
            writer.put(id)
            writer.put(refusal.code.rawValue)
            writer.put(refusal.message)
            writer.put("")
        }
    }

    package mutating func handle(_ id: UInt32, _ handle: [UInt8]) {
        packet(.handleReply) { writer in
            writer.put(id)
            writer.put(handle)
        }
    }

    package mutating func attributes(_ id: UInt32, _ attributes: FileAttributes) {
        packet(.attributesReply) { writer in
            writer.put(id)
            writer.put(attributes)
        }
    }

    package mutating func names(_ id: UInt32, _ names: [ListedName]) {
        packet(.nameReply) { writer in
            writer.put(id)
            writer.put(UInt32(names.count))
            for name in names {
                writer.put(name.name)
                writer.put(name.longName)
                writer.put(name.attributes)
            }
        }
    }

    package mutating func limits(_ id: UInt32) {
        packet(.extendedReply) { writer in
            writer.put(id)
            writer.put(UInt64(PacketLimits.packetBytes))
            writer.put(UInt64(PacketLimits.dataBytes))
            writer.put(UInt64(PacketLimits.dataBytes))
            writer.put(UInt64(PacketLimits.openHandles))
        }
    }

    /// As OpenSSH's `statvfs@openssh.com` says it, in blocks of one kibibyte.
    package mutating func space(_ id: UInt32, _ room: PartnerRoom) {
        let block: UInt64 = 1_024
        packet(.extendedReply) { writer in
            writer.put(id)
            for value in [
                block, block, room.bytes / block, room.freeBytes / block,
                room.sendableBytes / block, room.files, room.freeFiles, room.sendableFiles, 0,
                0, UInt64(DropName.longestBytes),
            ] { writer.put(value) }
        }
    }

    /// A data reply that `fill` writes where it will be sent from; it says how many bytes it wrote.
    ///
    /// Where it throws, nothing is written.
    package mutating func data(
        _ id: UInt32,
        upTo maximum: Int,
        fill: (UnsafeMutableRawBufferPointer) throws(Refusal) -> Int
    ) throws(Refusal) {
        let header = 13
        reserve(header + maximum)
        let filled = try fill(
            UnsafeMutableRawBufferPointer(
                rebasing: memory[(count + header)..<(count + header + maximum)]
            )
        )
        put(UInt32(header - 4 + filled))
        put(PacketKind.dataReply.rawValue)
        put(id)
        put(UInt32(filled))
        count += filled
    }

    // MARK: Fields

    mutating func packet(
        _ kind: PacketKind,
        _ fields: (inout PacketWriter) -> Void
    ) {
        let start = count
        put(UInt32(0))
        put(kind.rawValue)
        fields(&self)
        let length = UInt32(count - start - 4).bigEndian
        memory.storeBytes(of: length, toByteOffset: start, as: UInt32.self)
    }

    mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { put(raw: $0) }
    }

    mutating func put(_ text: String) { put(Array(text.utf8)) }

    mutating func put(_ bytes: [UInt8]) {
        put(UInt32(bytes.count))
        bytes.withUnsafeBytes { put(raw: $0) }
    }

    mutating func put(_ attributes: FileAttributes) {
        var flags: UInt32 = 0
        if attributes.size != nil { flags |= FileAttributes.sizeFlag }
        if attributes.permissions != nil { flags |= FileAttributes.permissionsFlag }
        if attributes.modifiedAt != nil { flags |= FileAttributes.timesFlag }
        put(flags)
        if let size = attributes.size { put(size) }
        if let permissions = attributes.permissions { put(permissions) }
        if let modifiedAt = attributes.modifiedAt {
            put(modifiedAt)
            put(modifiedAt)
        }
    }

    mutating func put(raw bytes: UnsafeRawBufferPointer) {
        reserve(bytes.count)
        UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
        count += bytes.count
    }

    /// Bytes that `fill` writes where they will be sent from; `false` where it could not.
    mutating func put(_ size: Int, fill: (UnsafeMutableRawBufferPointer) -> Bool) -> Bool {
        reserve(size)
        let place = UnsafeMutableRawBufferPointer(rebasing: memory[count..<(count + size)])
        guard fill(place) else { return false }
        count += size
        return true
    }

    private mutating func reserve(_ more: Int) {
        guard count + more > memory.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(count + more, memory.count * 2),
            alignment: 8
        )
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
        memory.deallocate()
        memory = larger
    }
}

/// One line of a folder.
package struct ListedName: Hashable, Sendable {
    package let name: [UInt8]
    /// As `ls -l` would say it.
    package let longName: [UInt8]
    package let attributes: FileAttributes

    package init(name: [UInt8], longName: [UInt8], attributes: FileAttributes) {
        self.name = name
        self.longName = longName
        self.attributes = attributes
    }
}
