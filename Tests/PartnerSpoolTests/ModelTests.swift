import DropLayout
import Foundation
import PartnerSpool
import SFTPProtocol
import SeededNumbers
import Testing

/// What a partner's `/in` should be, in a few words: names with bytes, some of them sent.
private struct Model {
    var parts: [String: [UInt8]] = [:]
    var sent: [String: Int] = [:]
    /// What the gateway must find, in order of submission.
    var submitted: [(name: String, bytes: [UInt8])] = []

    var sizes: [String: Int] {
        sent.merging(parts.mapValues(\.count)) { _, part in part }
    }

    mutating func submit(_ old: String, as new: String) {
        let bytes = parts.removeValue(forKey: old) ?? []
        sent[new] = bytes.count
        submitted.append((new, bytes))
    }

    /// The last one of a name that waits.
    mutating func takeBack(_ name: String) -> [UInt8]? {
        guard let place = submitted.lastIndex(where: { $0.name == name }) else { return nil }
        return submitted.remove(at: place).bytes
    }
}

/// Random sequences of what clients do, against the model.
@Suite("A partner's files against a model") struct ModelTests {
    private static let seeds =
        ProcessInfo.processInfo.environment["MOCHILA_DEEP"] == nil ? 12 : 200
    private static let names = ["a.cms", "b.cms", "c.cms.part", "d.part"]

    /// One open upload and what the model thinks of it.
    private struct Open {
        let name: String
        let upload: any IncomingUpload
        var bytes: [UInt8]
    }

    @Test(arguments: 0..<seeds)
    func `whatever a client does, the model's files are there`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 0x5F7B)
        let bench = try Bench()
        var files = bench.files()
        var model = Model()
        var open: Open?
        for step in 0..<120 {
            bench.seconds += 1
            let name = Self.names.randomElement(using: &random) ?? "a.cms"
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1:
                guard open == nil else { continue }
                open = Open(
                    name: name,
                    upload: try files.receive(try .of(name), .fresh),
                    bytes: []
                )
                model.parts[name] = []
            case 2:
                guard open == nil else { continue }
                if model.parts[name] == nil {
                    model.parts[name] = model.takeBack(name) ?? []
                }
                open = Open(
                    name: name,
                    upload: try files.receive(try .of(name), .resumed),
                    bytes: model.parts[name] ?? []
                )
            case 3, 4:
                guard var writing = open else { continue }
                let more =
                    writing.bytes.isEmpty
                    ? seal(Int.random(in: 0..<50, using: &random), UInt8(step)) : [UInt8(step)]
                try writing.upload.write(more, at: writing.bytes.count)
                writing.bytes += more
                model.parts[writing.name] = writing.bytes
                open = writing
            case 5, 6:
                guard let closing = open else { continue }
                open = nil
                if closing.bytes.isEmpty {
                    #expect(throws: Refusal.self) { try closing.upload.finish() }
                    model.parts[closing.name] = nil
                } else {
                    try closing.upload.finish()
                    if closing.name.hasSuffix(".cms") {
                        model.submit(closing.name, as: closing.name)
                    }
                }
            case 7:
                // The connection breaks, and another one comes.
                if let cut = open {
                    cut.upload.abandon()
                    if cut.bytes.isEmpty { model.parts[cut.name] = nil }
                }
                open = nil
                files = bench.files()
            case 8:
                let target = Self.names.randomElement(using: &random) ?? "b.cms"
                guard open == nil, target != name, model.parts[name] != nil else { continue }
                if target.hasSuffix(".cms") {
                    guard model.parts[target] == nil else { continue }
                    try files.rename(try .of(name), to: try .of(target), replacing: false)
                    model.submit(name, as: target)
                } else {
                    let isTaken = model.parts[target] != nil
                    if isTaken {
                        #expect(throws: Refusal.self) {
                            try files.rename(try .of(name), to: try .of(target), replacing: false)
                        }
                    }
                    try files.rename(try .of(name), to: try .of(target), replacing: true)
                    model.parts[target] = model.parts.removeValue(forKey: name)
                }
            default:
                guard open?.name != name else { continue }
                if model.parts.removeValue(forKey: name) != nil {
                    try files.remove(try .of(name), from: .incoming)
                } else if model.sent.removeValue(forKey: name) != nil {
                    try files.remove(try .of(name), from: .incoming)
                    _ = model.takeBack(name)
                } else {
                    #expect(throws: Refusal.noSuchFile) {
                        try files.remove(try .of(name), from: .incoming)
                    }
                }
            }
            let seen = try files.list(.incoming).map { ($0.name.text, Int($0.size)) }
            #expect(
                Dictionary(uniqueKeysWithValues: seen) == model.sizes,
                "seed \(seed), step \(step)"
            )
            let queue = try bench.queue()
            #expect(queue.map(\.name) == model.submitted.map(\.name), "seed \(seed), step \(step)")
            #expect(queue.map(\.bytes) == model.submitted.map(\.bytes))
        }
    }
}
