import BundleFormat
import Casework
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

/// The same seal, framed in all the ways that BER allows.
@Suite("Framing of a seal") struct SealFramingTests {
    private let scene: Scene
    private let bytes: [UInt8]
    private let ciphertext: [UInt8]
    private let check: SealCheck

    init() throws {
        scene = try Scene()
        try scene.seal()
        bytes = try scene.folder.read("bundle.cms")
        check = try SealCheck(SeekableBytes(bytes))
        ciphertext = Self.segments(
            of: Array(bytes[Int(check.ciphertext.start)..<Int(check.ciphertext.end)])
        )
        #expect(Int64(ciphertext.count) == check.ciphertext.byteCount)
    }

    @Test(arguments: [300, 1_000, 4_096, 65_535, 65_536, 65_537, 262_144, 1_000_000])
    func `segments of any size open to the same record`(size: Int) throws {
        let pieces = stride(from: 0, to: ciphertext.count, by: size).map { start in
            Self.definite(0x04, ciphertext[start..<min(ciphertext.count, start + size)])
        }
        try expectOpens(framed: [0xA0, 0x80] + pieces.joined() + [0, 0])
        try expectOpens(framed: Self.definite(0xA0, Array(pieces.joined())[...]))
    }

    @Test func `one piece opens, and so do empty segments among others`() throws {
        try expectOpens(framed: Self.definite(0x80, ciphertext[...]))
        let halves = [ciphertext[..<70_000], [], ciphertext[70_000...], []]
        try expectOpens(
            framed: [0xA0, 0x80] + halves.flatMap { Self.definite(0x04, $0) } + [0, 0]
        )
    }

    @Test func `segments in another order are refused`() throws {
        let halves = [ciphertext[70_000...], ciphertext[..<70_000]]
        let message = Self.reframed(
            bytes,
            check,
            [0xA0, 0x80] + halves.flatMap { Self.definite(0x04, $0) } + [0, 0]
        )
        _ = try scene.folder.write(message, to: "framed.cms")
        #expect(throws: BundleFailure.tampered) { try scene.open("framed.cms") }
    }

    @Test func `a seal may lie encrypted at rest, too`() throws {
        let vault = FileVault(keys: .ephemeral())
        let writer = try vault.makeWriter(creating: scene.folder.file("kept"))
        try bytes.withUnsafeBytes { try writer.write($0) }
        _ = try writer.finish()
        let opened = try BundleOpener(trust: [scene.keys.authority]).open(
            try vault.makeReader(of: scene.folder.file("kept")),
            with: [scene.school],
            at: Scene.now,
            scratch: scene.folder.file("scratch"),
            into: try OpenedFolder(scene.folder.file("opened"))
        )
        #expect(opened.manifest.request == (try Scene.number()))
    }

    @Test func `one reader serves many tasks, and many seals are made at once`() async throws {
        let content = FileVaultTests.content(500_000)
        let vault = FileVault(keys: .ephemeral())
        let writer = try vault.makeWriter(creating: scene.folder.file("shared"))
        try content.withUnsafeBytes { try writer.write($0) }
        _ = try writer.finish()
        let reader = try vault.makeReader(of: scene.folder.file("shared"))
        let attachment = BundleAttachment(
            parts: [.transcript],
            name: "a.pdf",
            mediaType: "application/pdf",
            digest: try reader.digest(),
            content: reader
        )
        let draft = try scene.draft([attachment])
        let sealer = BundleSealer(signer: scene.keys.signing)
        let recipient = scene.school.certificate
        let sizes = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    try sealer.seal(draft, to: [recipient]) { _ in }.byteCount
                }
                group.addTask {
                    let part = try reader.read(from: 100_000, upTo: 200_000)
                    return part == Array(content[100_000..<300_000]) ? 0 : -1
                }
            }
            return try await group.reduce(into: [Int64]()) { $0.append($1) }
        }
        #expect(!sizes.contains(-1))
        #expect(sizes.filter { $0 > 500_000 }.count == 16)
    }

    // MARK: Helpers

    private func expectOpens(framed content: [UInt8]) throws {
        let name = "framed.cms"
        _ = try scene.folder.write(Self.reframed(bytes, check, content), to: name)
        let target = "opened\(content.count)-\(content[1])"
        let opened = try scene.open(name, into: target)
        for (file, kept) in zip(opened.manifest.attachments, Scene.files) {
            #expect(try scene.folder.read("\(target)/\(file.name)") == kept.bytes)
        }
    }

    /// Our own form is indefinite on all levels, so a piece can be exchanged in place.
    private static func reframed(
        _ bytes: [UInt8],
        _ check: SealCheck,
        _ content: [UInt8]
    ) -> [UInt8] {
        Array(bytes[..<(Int(check.ciphertext.start) - 2)]) + content
            + bytes[(Int(check.ciphertext.end) + 2)...]
    }

    private static func definite(_ tag: UInt8, _ content: ArraySlice<UInt8>) -> [UInt8] {
        let count = content.count
        guard count >= 0x80 else { return [tag, UInt8(count)] + content }
        return [tag, 0x83] + [16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + content
    }

    private static func segments(of bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        var content: [UInt8] = []
        while let tag = rest.popFirst() {
            #expect(tag == 0x04)
            var count = Int(rest.popFirst() ?? 0)
            if count >= 0x80 {
                let digits = rest.prefix(count & 0x7F)
                rest = rest.dropFirst(count & 0x7F)
                count = digits.reduce(0) { $0 << 8 | Int($1) }
            }
            content += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        return content
    }
}
