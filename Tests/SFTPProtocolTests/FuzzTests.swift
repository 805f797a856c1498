import Foundation
import SFTPProtocol
import SeededNumbers
import Testing

/// Frames that nobody well-meaning sends.
@Suite("Hostile packets") struct FuzzTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["MOCHILA_DEEP"] == nil ? 20 : 400

    /// Packets as clients send them, with handles that may be open.
    private static func plausible(_ random: inout SeededGenerator) -> Packet {
        let id = UInt32.random(in: 0...9, using: &random)
        let paths = [
            "/", "/in", "/in/a.cms", "/in/b.part", "/out/o.cms", "/x", "in/../out", "/in/\u{0}",
        ]
        let path = paths.randomElement(using: &random) ?? "/"
        let handle = be(UInt32.random(in: 0...6, using: &random))
        let flags = [1, 2, 0x1A, 0x0E, 0x06, 0x2A, 0xFFFF_FFFF].randomElement(using: &random) ?? 1
        let offset = [0, 1, 5, 1 << 19, .max].randomElement(using: &random) ?? 0 as UInt64
        let data = (0..<Int.random(in: 0..<64, using: &random)).map { UInt8($0) }
        switch Int.random(in: 0..<14, using: &random) {
        case 0: return .open(id, path, UInt32(flags))
        case 1: return .close(id, handle)
        case 2: return .read(id, handle, offset, UInt32.random(in: 0...400_000, using: &random))
        case 3, 4: return .write(id, handle, offset, data)
        case 5: return .rename(id, path, paths.randomElement(using: &random) ?? "/")
        case 6: return Packet(10, be(id), text(handle), be(1), be64(offset))
        case 7: return .extended(id, "fsync@openssh.com", text(handle))
        case 8: return Packet(12, be(id), text(handle))
        case 9: return .extended(id, "posix-rename@openssh.com", text(path), text("/in/c.cms"))
        default:
            let kinds = [7, 9, 11, 13, 14, 15, 16, 17, 19, 200, 250] as [UInt8]
            return .onPath(kinds.randomElement(using: &random) ?? 17, id, path)
        }
    }

    private static func mutated(_ packet: Packet, _ random: inout SeededGenerator) -> Packet {
        var packet = packet
        switch Int.random(in: 0..<5, using: &random) {
        case 0: packet.body = Array(packet.body.dropLast(Int.random(in: 0...8, using: &random)))
        case 1:
            packet.body += [UInt8](repeating: 0xFF, count: Int.random(in: 1...9, using: &random))
        case 2 where !packet.body.isEmpty:
            let place = packet.body.indices.randomElement(using: &random) ?? 0
            packet.body[place] = UInt8.random(in: 0...255, using: &random)
        case 3: packet.kind = UInt8.random(in: 2...255, using: &random)
        default: break
        }
        return packet
    }

    @Test func `every packet with a number gets exactly one reply that can be read`() throws {
        var random = SeededGenerator(seed: 0xF0F0)
        for _ in 0..<Self.rounds {
            let visitor = try Visitor()
            visitor.files.outgoing[try .of("o.cms")] = [UInt8](repeating: 5, count: 300_000)
            for _ in 0..<500 {
                let packet = Self.mutated(Self.plausible(&random), &random)
                let replies = try visitor.send([packet])
                if packet.body.count < 4 {
                    #expect(replies.isEmpty, "\(packet)")
                } else {
                    #expect(replies.count == 1, "\(packet)")
                    #expect(replies.first.map { be($0.id) } == Array(packet.body.prefix(4)))
                }
            }
            visitor.session.end()
        }
    }

    @Test func `how the bytes are cut makes no difference`() throws {
        var random = SeededGenerator(seed: 0xCC)
        for _ in 0..<Self.rounds {
            let packets = (0..<60).map { _ in Self.plausible(&random) }
            let bytes = packets.flatMap(\.bytes)
            let whole = try Visitor().exchange(bytes).sent
            let visitor = try Visitor()
            var waiting: [UInt8] = []
            var sent: [UInt8] = []
            for byte in bytes {
                waiting.append(byte)
                guard Int.random(in: 0..<9, using: &random) == 0 else { continue }
                let step = try visitor.exchange(waiting)
                waiting.removeFirst(step.taken)
                sent += step.sent
            }
            sent += try visitor.exchange(waiting).sent
            #expect(sent == whole)
        }
    }

    @Test func `noise ends the connection or is refused`() throws {
        var random = SeededGenerator(seed: 0xA11)
        for _ in 0..<Self.rounds * 50 {
            let visitor = try Visitor()
            let count = Int.random(in: 0..<200, using: &random)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            // Short lengths, so that some of it is taken for packets.
            if bytes.count > 4, Bool.random(using: &random) {
                bytes.replaceSubrange(0..<3, with: [0, 0, 0])
            }
            do {
                let (_, sent) = try visitor.exchange(bytes)
                #expect(Packet.all(in: sent) != nil)
            } catch is SFTPSession.End {
                continue
            }
        }
    }
}
