/// The way to a server and back.
package protocol PacketLine: AnyObject {
    /// Sends all of it.
    func send(_ bytes: UnsafeRawBufferPointer) throws(LineEnd)
    /// Waits for bytes and says how many came: at least one.
    func receive(into bytes: UnsafeMutableRawBufferPointer) throws(LineEnd) -> Int
}

/// Why nothing goes or comes any more.
package enum LineEnd: Error, Hashable, Sendable {
    case closed
    /// The other side took too long.
    case silent
}

/// Why a request was not carried out.
package enum ClientProblem: Error, Hashable, Sendable {
    case line(LineEnd)
    /// What came is no SFTP, or no answer to what was asked.
    case broken
    /// The server says no.
    case refused(code: UInt32)
    /// What is to be sent cannot be read.
    case noContent
}

/// The client's side of one connection: one request after the other, but for writes, of which many
/// are on their way at once.
///
/// Believes nothing: a reply that nobody waits for, of another kind or with a byte too many ends
/// the conversation. Reads no clock and does no input or output of its own.
package final class SFTPClient {
    private let line: any PacketLine
    private var requests = PacketWriter(capacity: PacketLimits.writeBytes + 512)
    private let incoming: UnsafeMutableRawBufferPointer
    /// What has come and was not read yet.
    private var waiting = 0..<0
    private var lastNumber: UInt32 = 0
    /// The server offers to put a file on its disk before it answers; known once it has greeted.
    package private(set) var flushes = false

    package init(line: any PacketLine) {
        self.line = line
        incoming = .allocate(byteCount: 4 + PacketLimits.replyBytes, alignment: 8)
    }

    deinit { incoming.deallocate() }

    /// Agrees on version 3.
    package func greet() throws(ClientProblem) {
        requests.hello()
        try send()
        let (kind, place) = try packet()
        var fields = reader(place)
        do throws(StatusCode) {
            flushes = try ServerGreeting(kind, &fields).flushes
        } catch {
            throw .broken
        }
    }

    /// Follows links.
    package func attributes(of path: [UInt8]) throws(ClientProblem) -> FileAttributes {
        try attributes(ask { $0.request(.status, $1, naming: path) })
    }

    package func attributes(ofHandle handle: [UInt8]) throws(ClientProblem) -> FileAttributes {
        try attributes(ask { $0.request(.handleStatus, $1, naming: handle) })
    }

    package func open(
        _ path: [UInt8],
        _ flags: OpenFlags,
        permissions: UInt32
    ) throws(ClientProblem) -> [UInt8] {
        try handle(ask { $0.open($1, path, flags, FileAttributes(permissions: permissions)) })
    }

    package func openFolder(_ path: [UInt8]) throws(ClientProblem) -> [UInt8] {
        try handle(ask { $0.request(.openFolder, $1, naming: path) })
    }

    package func close(_ handle: [UInt8]) throws(ClientProblem) {
        try done(ask { $0.request(.close, $1, naming: handle) })
    }

    package func flush(_ handle: [UInt8]) throws(ClientProblem) {
        try done(ask { $0.flush($1, handle) })
    }

    package func makeFolder(_ path: [UInt8]) throws(ClientProblem) {
        try done(ask { $0.makeFolder($1, path) })
    }

    package func remove(_ path: [UInt8]) throws(ClientProblem) {
        try done(ask { $0.request(.remove, $1, naming: path) })
    }

    package func rename(_ old: [UInt8], to new: [UInt8]) throws(ClientProblem) {
        try done(ask { $0.rename($1, from: old, to: new) })
    }

    /// Writes the bytes of `range`, which `read` provides, and waits until the server has said of
    /// all of them that it has them.
    package func write(
        _ handle: [UInt8],
        _ range: Range<UInt64>,
        read: (UInt64, UnsafeMutableRawBufferPointer) -> Bool
    ) throws(ClientProblem) {
        var unanswered: Set<UInt32> = []
        var offset = range.lowerBound
        while offset < range.upperBound || !unanswered.isEmpty {
            // Counted from the oldest: a server that leaves one behind must not leave a hole
            // farther back than a resumed delivery writes again.
            let span = lastNumber &- (unanswered.min() ?? lastNumber)
            if offset < range.upperBound, span < PacketLimits.unansweredWrites - 1 {
                let size = Int(min(UInt64(PacketLimits.writeBytes), range.upperBound - offset))
                let number = nextNumber()
                guard
                    requests.write(
                        number,
                        handle,
                        at: offset,
                        size,
                        fill: { read(offset, $0) }
                    )
                else { throw .noContent }
                try send()
                unanswered.insert(number)
                offset += UInt64(size)
                continue
            }
            let (number, reply) = try answer()
            guard unanswered.remove(number) != nil else { throw .broken }
            try done(reply)
        }
    }

    // MARK: Requests and answers

    private func ask(
        _ write: (inout PacketWriter, UInt32) -> Void
    ) throws(ClientProblem) -> SFTPReply {
        let number = nextNumber()
        write(&requests, number)
        try send()
        let (answered, reply) = try answer()
        guard answered == number else { throw .broken }
        return reply
    }

    private func nextNumber() -> UInt32 {
        lastNumber &+= 1
        return lastNumber
    }

    private func done(_ reply: SFTPReply) throws(ClientProblem) {
        guard case .status(let code) = reply else { throw .broken }
        guard code == StatusCode.ok.rawValue else { throw .refused(code: code) }
    }

    private func handle(_ reply: SFTPReply) throws(ClientProblem) -> [UInt8] {
        if case .handle(let handle) = reply { return handle }
        throw refusal(reply)
    }

    private func attributes(_ reply: SFTPReply) throws(ClientProblem) -> FileAttributes {
        if case .attributes(let attributes) = reply { return attributes }
        throw refusal(reply)
    }

    /// "Done" says nothing to somebody who asked for something.
    private func refusal(_ reply: SFTPReply) -> ClientProblem {
        guard case .status(let code) = reply, code != StatusCode.ok.rawValue else { return .broken }
        return .refused(code: code)
    }

    // MARK: Packets

    private func send() throws(ClientProblem) {
        defer { requests.clear() }
        do throws(LineEnd) {
            try requests.withBytes { bytes throws(LineEnd) in try line.send(bytes) }
        } catch {
            throw .line(error)
        }
    }

    private func answer() throws(ClientProblem) -> (number: UInt32, reply: SFTPReply) {
        let (kind, place) = try packet()
        var fields = reader(place)
        do throws(StatusCode) {
            let number = try fields.uint32()
            return (number, try SFTPReply(kind, &fields))
        } catch {
            throw .broken
        }
    }

    private func reader(_ place: Range<Int>) -> PacketReader {
        PacketReader(UnsafeRawBufferPointer(rebasing: incoming[place]))
    }

    /// The next packet's kind, and where the rest of it lies until more is read.
    private func packet() throws(ClientProblem) -> (kind: UInt8, fields: Range<Int>) {
        try fill(4)
        let length = incoming[waiting].prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard (1...PacketLimits.replyBytes).contains(length) else { throw .broken }
        try fill(4 + length)
        let start = waiting.lowerBound
        let end = start + 4 + length
        waiting = end..<waiting.upperBound
        return (incoming[start + 4], (start + 5)..<end)
    }

    /// Receives until `count` bytes wait, which never are more than there is room for.
    private func fill(_ count: Int) throws(ClientProblem) {
        if waiting.lowerBound + count > incoming.count {
            incoming.copyMemory(from: UnsafeRawBufferPointer(rebasing: incoming[waiting]))
            waiting = 0..<waiting.count
        }
        while waiting.count < count {
            let room = UnsafeMutableRawBufferPointer(rebasing: incoming[waiting.upperBound...])
            do throws(LineEnd) {
                let more = try line.receive(into: room)
                guard (1...room.count).contains(more) else { throw LineEnd.closed }
                waiting = waiting.lowerBound..<(waiting.upperBound + more)
            } catch {
                throw .line(error)
            }
        }
    }
}
