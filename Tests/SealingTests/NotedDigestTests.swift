import BundleFormat
import Casework
import Foundation
import Sealing
import StudentRecords
import Testing
import Vocabulary

@Suite("What a file at rest notes of itself") struct NotedDigestTests {
    private let scene: Scene
    private let vault = FileVault(keys: .ephemeral())

    init() throws { scene = try Scene() }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func `a file notes what it hashes to`(size: Int) throws {
        let bytes = FileVaultTests.content(size)
        try keep(bytes, as: "a")
        let reader = try vault.makeReader(of: scene.folder.file("a"))
        #expect(reader.notedDigest == (try BytesReader(bytes).digest()))
        #expect(try reader.digest() == reader.notedDigest)
    }

    @Test func `files of before notes, and files that are not ours, are hashed`() throws {
        #expect(BytesReader([1]).notedDigest == nil)
        let path = try scene.folder.write([1, 2, 3], to: "plain")
        #expect(try PlainFileReader(path: path).notedDigest == nil)
    }

    @Test func `the note of another file is refused, and so is none`() throws {
        try keep(FileVaultTests.content(100), as: "a")
        try keep(FileVaultTests.content(101), as: "b")
        let (first, second) = (try scene.folder.read("a"), try scene.folder.read("b"))
        for bytes in [first.dropLast(48) + second.suffix(48), first.dropLast(48)] {
            _ = try scene.folder.write(Array(bytes), to: "changed")
            #expect(throws: FileFailure.damaged) {
                try vault.makeReader(of: scene.folder.file("changed"))
            }
        }
    }

    @Test func `a file cannot be called one of before notes`() throws {
        try keep(FileVaultTests.content(100), as: "a")
        var bytes = try scene.folder.read("a")
        #expect(bytes[7] == 2)
        bytes[7] = 1
        _ = try scene.folder.write(Array(bytes.dropLast(48)), to: "old")
        #expect(throws: FileFailure.damaged) { try vault.makeReader(of: scene.folder.file("old")) }
    }

    @Test func `a file out of the vault is sealed with what it noted, and opens`() throws {
        let bytes = FileVaultTests.content(300_000)
        let noted = try keep(bytes, as: "a")
        let draft = try scene.draft([try attachment("a", noted)])
        let sealed = try scene.seal(draft)
        #expect(sealed.manifest.attachments.map(\.digest) == [try BytesReader(bytes).digest()])
        let opened = try scene.open()
        let name = try #require(opened.manifest.attachments.first).name
        #expect(try scene.folder.read("opened/\(name)") == bytes)
    }

    @Test func `another student's file in its place stops the seal before a byte of it is out`()
        throws
    {
        let secret = Array("another student's record".utf8)
        let noted = try keep(Array("the record".utf8), as: "a")
        try keep(secret, as: "b")
        let draft = try scene.draft([try attachment("b", noted)])

        var out: [UInt8] = []
        #expect(throws: SealingFailure.attachmentChanged(position: 0)) {
            try BundleSealer(signer: scene.keys.signing).archive(draft) { out += $0 }
        }
        #expect(!out.isEmpty)
        #expect(out.firstRange(of: secret) == nil)
        #expect(throws: SealingFailure.attachmentChanged(position: 0)) { try scene.seal(draft) }
        #expect(!scene.folder.exists("bundle.cms"))
    }

    @Test(arguments: [80, 70_000, 140_000, -60, -1])
    func `a file that was damaged on the disk is not sealed`(place: Int) throws {
        let noted = try keep(FileVaultTests.content(200_000), as: "a")
        var bytes = try scene.folder.read("a")
        bytes[place < 0 ? bytes.count + place : place] ^= 1
        _ = try scene.folder.write(bytes, to: "a")
        #expect(throws: FileFailure.damaged) {
            try scene.seal(try scene.draft([try attachment("a", noted)]))
        }
        #expect(!scene.folder.exists("bundle.cms"))
    }

    // MARK: Without copies

    @Test func `bytes handed on where they lie are those that a copy has`() throws {
        let bytes = FileVaultTests.content(200_003)
        try keep(bytes, as: "a")
        let readers: [any ProtectedFileReader] = [
            try vault.makeReader(of: scene.folder.file("a")), BytesReader(bytes),
            try PlainFileReader(path: try scene.folder.write(bytes, to: "plain")),
        ]
        for reader in readers {
            for (offset, most) in [(0, 10), (65_530, 20), (200_000, 10), (200_003, 5), (7, 0)] {
                var seen: [UInt8] = []
                let count = try reader.withBytes(from: Int64(offset), upTo: most) { seen += $0 }
                #expect(count == seen.count)
                #expect(count > 0 || most == 0 || offset == bytes.count)
                #expect(seen == Array(bytes[offset...].prefix(count)))
                #expect(count <= most)

                var whole = [UInt8](repeating: 0, count: most)
                let read = try whole.withUnsafeMutableBytes {
                    try reader.read(from: Int64(offset), into: $0)
                }
                #expect(Array(whole.prefix(read)) == Array(bytes[offset...].prefix(most)))
            }
            #expect(throws: FileFailure.misused) {
                try reader.withBytes(from: 200_004, upTo: 1) { _ in }
            }
        }
    }

    /// Lengths around what the checksum takes at once, and some beyond.
    @Test func `other programs find every checksum right`() throws {
        let sizes = [0, 1, 15, 16, 63, 64, 65, 127, 128, 129, 1_000, 65_536, 65_537, 300_001]
        let files = sizes.map { (name: "\($0).pdf", bytes: FileVaultTests.content($0)) }
        var archive: [UInt8] = []
        let manifest = try BundleSealer(signer: scene.keys.signing)
            .archive(try scene.draft(files)) { archive += $0 }
        _ = try scene.folder.write(archive, to: "a.zip")

        #expect(try scene.folder.run("unzip -tq a.zip").status == 0)
        let program = """
            import zipfile
            z = zipfile.ZipFile('a.zip')
            print(z.testzip(), len(z.infolist()), {i.date_time[:3] for i in z.infolist()}.__len__())
            """
        _ = try scene.folder.write(Array(program.utf8), to: "look.py")
        let count = manifest.files.count + 2
        #expect(try scene.folder.run("python3 look.py").output == "None \(count) 1\n")
        let check = try ArchiveCheck(SeekableBytes(archive))
        #expect(check.entries.map(\.byteCount).suffix(sizes.count) == sizes.map(Int64.init)[...])
    }

    @Test func `an archive says when its files were made, to other programs too`() throws {
        var archive: [UInt8] = []
        _ = try BundleSealer(signer: scene.keys.signing)
            .archive(try scene.draft()) { archive += $0 }
        _ = try scene.folder.write(archive, to: "a.zip")
        let made = Scene.now.millisecondsSince1970 / 1_000
        let shown = try scene.folder.run(
            "TZ=America/Chicago unzip -q a.zip -d out && stat -c %Y out/manifest.json"
        )
        #expect(shown.output == "\(made)\n")
    }

    // MARK: Helpers

    @discardableResult
    private func keep(_ bytes: [UInt8], as name: String) throws -> SHA256Digest {
        let writer = try vault.makeWriter(creating: scene.folder.file(name))
        try bytes.withUnsafeBytes { try writer.write($0) }
        return try writer.finish().digest
    }

    private func attachment(_ name: String, _ digest: SHA256Digest) throws -> BundleAttachment {
        BundleAttachment(
            parts: [.transcript],
            name: "a.pdf",
            mediaType: "application/pdf",
            digest: digest,
            content: try vault.makeReader(of: scene.folder.file(name))
        )
    }
}
