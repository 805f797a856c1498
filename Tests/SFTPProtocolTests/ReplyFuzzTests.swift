import Foundation
import SFTPProtocol
import SeededNumbers
import Testing

/// Replies that no well-meaning server sends.
@Suite("Hostile replies") struct ReplyFuzzTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["MOCHILA_DEEP"] == nil ? 2_000 : 40_000

    private static func mutated(_ packet: Packet, _ random: inout SeededGenerator) -> [UInt8] {
        var packet = packet
        switch Int.random(in: 0..<12, using: &random) {
        case 0: packet.body = Array(packet.body.dropLast(Int.random(in: 0...8, using: &random)))
        case 1:
            packet.body += [UInt8](repeating: 0xFF, count: Int.random(in: 1...9, using: &random))
        case 2 where !packet.body.isEmpty:
            let place = packet.body.indices.randomElement(using: &random) ?? 0
            packet.body[place] = UInt8.random(in: 0...255, using: &random)
        case 3: packet.kind = UInt8.random(in: 0...255, using: &random)
        case 4:
            var bytes = packet.bytes
            let place = Int.random(in: 0..<4, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
            return bytes
        case 5: return packet.bytes + packet.bytes
        default: break
        }
        return packet.bytes
    }

    @Test func `whatever a server answers, we come to an end and touch only what is ours`() {
        var random = SeededGenerator(seed: 0x5F7)
        let sample = SampleDelivery(count: 70_000)
        var endings: Set<FileDelivery.Ending> = []
        for _ in 0..<Self.rounds {
            let server = FakeServer()
            server.files = ["/in/b.cms": [1, 2, 3], "/in/a.cms.part": [9]]
            server.pieces = Int.random(in: 1...64, using: &random)
            // Some say the truth for a while.
            var honest = Int.random(in: 0..<12, using: &random)
            server.change = { reply in
                honest -= 1
                return honest >= 0 ? reply.bytes : Self.mutated(reply, &random)
            }
            endings.insert(sample.run(to: server, folder: "/in/x"))
            #expect(server.files["/in/b.cms"] == [1, 2, 3])
            #expect(server.requests.count < 60)
            for request in server.requests where request.kind == 13 || request.kind == 18 {
                let names = String(decoding: request.body, as: UTF8.self)
                #expect(names.contains("/in/x/a.cms.part"))
            }
        }
        // The rounds reach far, and do not all end at the same place.
        #expect(endings.isSuperset(of: [.delivered, .broken, .line(.silent)]))
        #expect(endings.count > 5, "\(endings)")
    }

    @Test func `noise is no server`() {
        var random = SeededGenerator(seed: 0xBAD)
        for _ in 0..<Self.rounds {
            var bytes = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            // Short lengths, so that some of it is taken for packets.
            if bytes.count > 4, Bool.random(using: &random) {
                bytes.replaceSubrange(0..<3, with: [0, 0, 0])
            }
            let greeting = Bool.random(using: &random) ? Packet(2, be(3)).bytes : []
            let client = SFTPClient(line: Monologue(greeting + bytes))
            #expect(throws: ClientProblem.self) {
                try client.greet()
                while true { _ = try client.attributes(of: [47]) }
            }
        }
    }
}
