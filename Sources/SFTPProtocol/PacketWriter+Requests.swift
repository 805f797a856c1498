extension PacketWriter {
    /// INIT: the one packet without a number.
    package mutating func hello() {
        packet(.initialize) { $0.put(UInt32(3)) }
    }

    /// A request whose only field is a path or a handle.
    package mutating func request(_ kind: PacketKind, _ id: UInt32, naming name: [UInt8]) {
        packet(kind) { writer in
            writer.put(id)
            writer.put(name)
        }
    }

    package mutating func open(
        _ id: UInt32,
        _ path: [UInt8],
        _ flags: OpenFlags,
        _ attributes: FileAttributes
    ) {
        packet(.open) { writer in
            writer.put(id)
            writer.put(path)
            writer.put(flags.rawValue)
            writer.put(attributes)
        }
    }

    package mutating func makeFolder(_ id: UInt32, _ path: [UInt8]) {
        packet(.makeFolder) { writer in
            writer.put(id)
            writer.put(path)
            writer.put(FileAttributes())
        }
    }

    /// The rename of version 3, which fails where the new name is taken.
    package mutating func rename(_ id: UInt32, from old: [UInt8], to new: [UInt8]) {
        packet(.rename) { writer in
            writer.put(id)
            writer.put(old)
            writer.put(new)
        }
    }

    /// Asks that what was written is on the disk before the answer.
    package mutating func flush(_ id: UInt32, _ handle: [UInt8]) {
        packet(.extended) { writer in
            writer.put(id)
            writer.put(SFTPRequest.Extension.flush)
            writer.put(handle)
        }
    }

    /// A write of `size` bytes that `fill` provides; `false` where it could not, and then nothing
    /// of what was written so far may be sent.
    package mutating func write(
        _ id: UInt32,
        _ handle: [UInt8],
        at offset: UInt64,
        _ size: Int,
        fill: (UnsafeMutableRawBufferPointer) -> Bool
    ) -> Bool {
        put(UInt32(21 + handle.count + size))
        put(PacketKind.write.rawValue)
        put(id)
        put(handle)
        put(offset)
        put(UInt32(size))
        return put(size, fill: fill)
    }
}
