import SFTPProtocol

/// A server of somebody else's, in memory: it reads requests apart from the codec that is tested,
/// and can be told to refuse, to lie and to break off.
final class FakeServer: PacketLine {
    var files: [String: [UInt8]] = [:]
    var folders: Set<String> = ["/", "/in"]
    var extensions = [("posix-rename@openssh.com", "1"), ("fsync@openssh.com", "1")]
    /// What is refused, by the request's type, with which code.
    var refusals: [UInt8: UInt32] = [:]
    /// What happens to a reply on its way.
    var change: (Packet) -> [UInt8] = { $0.bytes }
    /// How many bytes are taken before the line is closed.
    var takes = Int.max
    /// How many bytes are given before the line is closed.
    var gives = Int.max
    /// How many bytes are given at once.
    var pieces = Int.max
    /// Replies that wait are given in the order of a pile.
    var isPile = false
    /// Says this size of whatever is asked for.
    var claimedSize: UInt64?

    private(set) var requests: [Packet] = []
    private var inbox: [UInt8] = []
    private var replies: [[UInt8]] = []
    private var begun: [UInt8] = []
    private var handles: [String] = []

    func send(_ bytes: UnsafeRawBufferPointer) throws(LineEnd) {
        guard takes > 0 else { throw .closed }
        inbox += bytes.prefix(takes)
        takes -= min(takes, bytes.count)
        while inbox.count >= 5 {
            let length = inbox.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard inbox.count >= 4 + length else { break }
            var packet = Packet(inbox[4])
            packet.body = Array(inbox[5..<(4 + length)])
            inbox.removeFirst(4 + length)
            requests.append(packet)
            replies.append(change(answer(packet)))
        }
        if takes == 0 { throw .closed }
    }

    func receive(into bytes: UnsafeMutableRawBufferPointer) throws(LineEnd) -> Int {
        if begun.isEmpty, let next = isPile ? replies.popLast() : replies.first {
            if !isPile { replies.removeFirst() }
            begun = next
        }
        guard gives > 0 else { throw .closed }
        guard !begun.isEmpty else { throw .silent }
        let some = begun.prefix(min(bytes.count, pieces, gives))
        bytes.copyBytes(from: some)
        begun.removeFirst(some.count)
        gives -= some.count
        return some.count
    }

    func count(_ kind: UInt8) -> Int { requests.count { $0.kind == kind } }

    /// The lowest place that anything was written to.
    var firstWrite: UInt64? {
        requests.filter { $0.kind == 6 }.compactMap { packet in
            var fields = Fields(packet.body)
            _ = fields.number()
            _ = fields.bytes()
            return fields.long()
        }.min()
    }

    private func answer(_ packet: Packet) -> Packet {
        if packet.kind == 1 {
            return Packet(2, be(3), extensions.flatMap { text($0.0) + text($0.1) })
        }
        var fields = Fields(packet.body)
        guard let id = fields.number(), let name = fields.text() else {
            return Packet(101, be(0), be(5), text(""), text(""))
        }
        if let code = refusals[packet.kind] { return status(id, code) }
        switch packet.kind {
        case 3:
            guard folders.contains(Self.parent(name)) else { return status(id, 2) }
            files[name] = files[name] ?? []
            handles.append(name)
            return Packet(102, be(id), text("h\(handles.count)"))
        case 4: return status(id, 0)
        case 6:
            guard let path = path(name), let at = fields.long(), let data = fields.bytes() else {
                return status(id, 5)
            }
            var file = files[path] ?? []
            let end = Int(at) + data.count
            if file.count < end { file += [UInt8](repeating: 0, count: end - file.count) }
            file.replaceSubrange(Int(at)..<end, with: data)
            files[path] = file
            return status(id, 0)
        case 8: return attributes(id, path(name))
        case 11:
            guard folders.contains(name) else { return status(id, 2) }
            return Packet(102, be(id), text("folder"))
        case 13: return status(id, files.removeValue(forKey: name) == nil ? 2 : 0)
        case 14:
            guard folders.contains(Self.parent(name)) else { return status(id, 2) }
            return status(id, folders.insert(name).inserted ? 0 : 4)
        case 17: return attributes(id, name)
        case 18:
            guard let new = fields.text(), files[new] == nil, let file = files[name] else {
                return status(id, 4)
            }
            files[name] = nil
            files[new] = file
            return status(id, 0)
        case 200: return status(id, name == "fsync@openssh.com" ? 0 : 8)
        default: return status(id, 8)
        }
    }

    private func path(_ handle: String) -> String? {
        guard let number = Int(handle.dropFirst()), handles.indices.contains(number - 1) else {
            return nil
        }
        return handles[number - 1]
    }

    private func attributes(_ id: UInt32, _ path: String?) -> Packet {
        guard let file = path.flatMap({ files[$0] }) else { return status(id, 2) }
        return Packet(105, be(id), be(5), be64(claimedSize ?? UInt64(file.count)), be(0o100644))
    }

    private func status(_ id: UInt32, _ code: UInt32) -> Packet {
        Packet(101, be(id), be(code), text("said"), text("en"))
    }

    private static func parent(_ path: String) -> String {
        let names = path.split(separator: "/").dropLast()
        return "/" + names.joined(separator: "/")
    }
}
