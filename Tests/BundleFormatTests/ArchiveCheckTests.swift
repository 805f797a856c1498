import BundleFormat
import HostileInput
import SeededNumbers
import Testing

@Suite("Archive check") struct ArchiveCheckTests {
    @Test(arguments: [true, false])
    func `reads a plain archive`(hasDescriptor: Bool) throws {
        var zip = ZIP("manifest.json", "files/a.pdf")
        for index in zip.entries.indices {
            zip.entries[index].hasDescriptor = hasDescriptor
            zip.entries[index].flags = hasDescriptor ? 0x8 : 0
        }

        let check = try ArchiveCheck(SeekableBytes(zip.bytes))

        #expect(check.entries.map(\.name.description) == ["manifest.json", "files/a.pdf"])
        #expect(check.entries.map(\.byteCount) == [4, 4])
        #expect(check.entries.allSatisfy { !$0.isDeflated })
    }

    @Test func `an empty archive is an archive`() throws {
        #expect(try ArchiveCheck(SeekableBytes(ZIP().bytes)).entries.isEmpty)
    }

    @Test func `a deflated file is allowed`() throws {
        var zip = ZIP("files/a.txt")
        zip.entries[0].method = 8
        zip.entries[0].claimedCount = 100
        zip.entries[0].hasDescriptor = false
        zip.entries[0].flags = 0
        // The file's own header would have to agree.
        #expect(verdict(on: zip) == "inconsistent")
    }

    @Test(arguments: [
        "../a", "/etc/passwd", "files/../../a", "files/a/b", "files\\a", "a.pdf", "files/a\nb",
        "files/CON", "files/x\u{202E}fdp.exe", "files/..", "",
    ])
    func `names that lead elsewhere are refused`(name: String) {
        #expect(["unsafeName", "inconsistent"].contains(verdict(on: ZIP(name))))
    }

    @Test func `names in an unknown code page are refused`() {
        var zip = ZIP("files/ñ")
        #expect(verdict(on: zip) == "unsafeName")
        zip.entries[0].flags |= 0x800
        #expect(verdict(on: zip) == "opens")
        zip.entries[0].name = Array("files/".utf8) + [0xFF]
        #expect(verdict(on: zip) == "unsafeName")
    }

    @Test(arguments: [0o120777, 0o040755, 0o020644, 0o060644, 0o010644, 0o140644] as [UInt32])
    func `links, folders and devices are refused`(mode: UInt32) {
        var zip = ZIP("files/a")
        zip.entries[0].mode = mode
        #expect(verdict(on: zip) == "notAFile")
    }

    @Test func `a folder is refused by its name and by its attribute`() {
        #expect(verdict(on: ZIP("files/")) == "notAFile")
        var zip = ZIP("files/a")
        zip.entries[0].mode = 0
        zip.entries[0].dosAttributes = 0x10
        #expect(verdict(on: zip) == "notAFile")
    }

    @Test(arguments: [
        ("files/a", "files/a"), ("files/a", "files/A"), ("files/\u{E9}", "files/e\u{301}"),
    ])
    func `names that would be one file are refused`(first: String, second: String) {
        var zip = ZIP(first, second)
        for index in zip.entries.indices { zip.entries[index].flags |= 0x800 }
        #expect(verdict(on: zip) == "repeatedName")
    }

    @Test(arguments: [1, 6, 9, 12, 14, 93, 95, 98, 99] as [UInt16])
    func `other compressions are refused`(method: UInt16) {
        var zip = ZIP("files/a")
        zip.entries[0].method = method
        #expect(verdict(on: zip) == "forbiddenFeature")
    }

    @Test(arguments: [0x1, 0x10, 0x20, 0x40, 0x2000] as [UInt16])
    func `encryption and other flags are refused`(flag: UInt16) {
        var zip = ZIP("files/a")
        zip.entries[0].flags |= flag
        #expect(verdict(on: zip) == "forbiddenFeature")
    }

    @Test func `comments, disks and ZIP64 are refused`() {
        var zip = ZIP("files/a")
        zip.entries[0].comment = [65]
        #expect(verdict(on: zip) == "forbiddenFeature")
        zip = ZIP("files/a")
        zip.disk = 1
        #expect(verdict(on: zip) == "forbiddenFeature")
        zip = ZIP("files/a")
        zip.entries[0].claimedCount = .max
        #expect(verdict(on: zip) == "forbiddenFeature")
        zip = ZIP("files/a")
        zip.entries[0].extra = [UInt8](repeating: 0, count: 300)
        #expect(verdict(on: zip) == "forbiddenFeature")
        zip = ZIP("files/a")
        zip.comment = [65]
        #expect(verdict(on: zip) == "notAnArchive")
    }

    @Test func `nothing may stand before, between or behind the files`() {
        var zip = ZIP("files/a", "files/b")
        zip.prefix = [0]
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a", "files/b")
        zip.entries[1].gap = [0]
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a", "files/b")
        zip.beforeDirectory = [0]
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a", "files/b")
        zip.afterDirectory = [0]
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a", "files/b")
        zip.trailing = [0]
        #expect(verdict(on: zip) == "notAnArchive")
    }

    @Test func `files may not overlap`() {
        var zip = ZIP("files/a", "files/b")
        zip.entries[1].offset = 0
        zip.entries[1].localName = Array("files/a".utf8)
        #expect(verdict(on: zip) == "inconsistent")
    }

    @Test func `a file's own header must say the same as the directory`() {
        var zip = ZIP("files/a")
        zip.entries[0].localName = Array("files/b".utf8)
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a")
        zip.entries[0].localMethod = 8
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a")
        zip.entries[0].localFlags = 0
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a")
        zip.entries[0].descriptorCount = 5
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a")
        zip.entries[0].claimedCount = 5
        zip.entries[0].claimedCompressed = 5
        #expect(verdict(on: zip) == "inconsistent")
        zip = ZIP("files/a")
        zip.claimedEntries = 2
        #expect(verdict(on: zip) == "inconsistent")
        zip.claimedEntries = 0
        #expect(verdict(on: zip) == "inconsistent")
    }

    @Test(arguments: [(10_000, "bomb"), (1_000_000_000, "bomb"), (2_000, "inconsistent")])
    func `what would unpack to far more than it holds is refused`(count: UInt32, expected: String) {
        var zip = ZIP("files/a")
        zip.entries[0].method = 8
        zip.entries[0].data = [1, 2, 3, 4]
        zip.entries[0].claimedCount = count * 2
        #expect(verdict(on: zip) == expected)
    }

    @Test func `a million files are refused before they are read`() {
        var zip = ZIP("files/a")
        zip.claimedEntries = 65_000
        #expect(verdict(on: zip) == "tooManyFiles")
    }

    @Test func `every shorter file is refused`() {
        let whole = ZIP("manifest.json", "files/a").bytes
        for count in 0..<whole.count {
            #expect(verdict(on: Array(whole.prefix(count))) != "opens")
        }
    }

    @Test func `what is no archive is called that`() {
        #expect(verdict(on: []) == "notAnArchive")
        #expect(verdict(on: Array(repeating: 0, count: 1_000)) == "notAnArchive")
        let source = SeekableBytes(byteCount: 100) { _, _ in nil }
        #expect(throws: ArchiveRefusal.unreadable) { try ArchiveCheck(source) }
        let large = SeekableBytes(byteCount: BundleLimits.sealedBytes + 1) { _, _ in nil }
        #expect(throws: ArchiveRefusal.tooLarge) { try ArchiveCheck(large) }
    }

    @Test func `no mutant breaks the parser or brings in a name that is not one`() {
        let original = ZIP("manifest.json", "manifest.p7s", "files/a.pdf").bytes
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<50_000 {
            let mutant = generator.mutant(of: original)
            guard let check = try? ArchiveCheck(SeekableBytes(mutant)) else { continue }
            for entry in check.entries {
                #expect(throws: Never.self) {
                    try ArchiveName(parsing: entry.name.description)
                }
                #expect(entry.compressedByteCount <= Int64(mutant.count))
            }
        }
    }

    private func verdict(on zip: ZIP) -> String { verdict(on: zip.bytes) }

    private func verdict(on bytes: [UInt8]) -> String {
        do {
            _ = try ArchiveCheck(SeekableBytes(bytes))
            return "opens"
        } catch {
            return "\(error)"
        }
    }
}
