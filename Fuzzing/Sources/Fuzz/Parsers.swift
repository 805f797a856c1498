import BundleFormat
import NIOCore
import SFTPProtocol

// Each takes anything, refuses most of it, and stops where a rule that always holds does not.

/// Packets of a client that has said hello: every reply can be read, and none is longer than one.
func tryFrames(_ input: [UInt8]) -> CInt {
    let files = MemoryFiles()
    if let name = try? DropName("o.cms".utf8) {
        files.outgoing[name] = [UInt8](repeating: 5, count: 999)
    }
    let session = SFTPSession(files: files, readme: Array("Read me.".utf8), now: 1_700_000_000)
    let bytes = Packet.hello.bytes + input
    var taken = 0
    while taken < bytes.count {
        let step = Array(bytes[taken...]).withUnsafeBytes { try? session.receive($0) }
        var sent: [UInt8] = []
        session.replies.withBytes { sent = Array($0) }
        session.replies.clear()
        guard let packets = Packet.all(in: sent) else { preconditionFailure("half a reply") }
        for packet in packets {
            precondition(packet.body.count < PacketLimits.packetBytes, "too long a reply")
            precondition(Reply(packet) != nil, "a reply that no client reads")
        }
        guard let step, step > 0 else { break }
        taken += step
    }
    session.end()
    return 0
}

/// The structure of a seal or of a detached signature: what is accepted lies within the file.
func trySeal(_ input: [UInt8]) -> CInt {
    if let check = try? SealCheck(SeekableBytes(input)) {
        let content = check.ciphertext
        precondition(content.start >= 0 && content.start <= content.end, "backwards")
        precondition(content.end <= Int64(input.count), "beyond the end")
        precondition(content.byteCount <= content.end - content.start, "more than there is")
        precondition(check.nonce.count == 12 && check.tag.count == 16, "a weak seal")
        precondition(!check.recipients.isEmpty, "for nobody")
    }
    _ = try? SignatureCheck(input)
    return 0
}

/// A manifest: what is accepted is written and accepted again, as the same.
func tryManifest(_ input: [UInt8]) -> CInt {
    guard let manifest = try? BundleManifest(parsing: input) else { return 0 }
    guard let again = try? BundleManifest(parsing: manifest.bytes) else {
        preconditionFailure("its own words are refused")
    }
    precondition(again.bytes == manifest.bytes, "it says something else the second time")
    return 0
}

/// A ZIP's directory: names apart from each other, and sizes that the file has room for.
func tryArchive(_ input: [UInt8]) -> CInt {
    guard let check = try? ArchiveCheck(SeekableBytes(input)) else { return 0 }
    let names = Set(check.entries.map(\.name.description))
    precondition(names.count == check.entries.count, "two files of one name")
    var stored: Int64 = 0
    for entry in check.entries {
        precondition(entry.byteCount >= 0 && entry.compressedByteCount >= 0, "a negative size")
        precondition(!entry.name.description.utf8.starts(with: "/".utf8), "an absolute name")
        precondition(!entry.name.description.contains(".."), "a way out")
        stored += entry.compressedByteCount
    }
    precondition(stored <= Int64(input.count), "more than there is")
    return 0
}

/// A form's body, fed in pieces as long as its own bytes say: no more comes out than went in.
func tryMultipart(_ input: [UInt8]) -> CInt {
    guard let boundary = MultipartBoundary(contentType: "multipart/form-data; boundary=b") else {
        preconditionFailure("this is a boundary")
    }
    var parser = MultipartParser(boundary: boundary)
    var fed = 0
    var out = 0
    var parts = 0
    do {
        while fed < input.count {
            let step = min(input.count - fed, 1 + Int(input[fed]) % 97)
            parser.feed(ByteBuffer(bytes: input[fed..<(fed + step)]))
            fed += step
            while let event = try parser.next() {
                switch event {
                case .part: parts += 1
                case .data(let bytes): out += bytes.readableBytes
                case .partEnd, .end: break
                }
                precondition(out <= fed && parts <= MultipartParser.mostParts, "out of nothing")
            }
        }
        try parser.finish()
    } catch {
        return 0
    }
    return 0
}
