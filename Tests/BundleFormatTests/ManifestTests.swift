import BundleFormat
import HostileInput
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

@Suite("Manifest") struct ManifestTests {
    @Test func `is written in one form, to the byte`() throws {
        let text = String(decoding: try Sample.manifest().bytes, as: UTF8.self)
        #expect(text == Sample.text)
    }

    @Test func `is read back as it was written`() throws {
        let manifest = try Sample.manifest()
        #expect(try BundleManifest(parsing: manifest.bytes) == manifest)
        #expect(manifest.attachments.count == 1)
        #expect(manifest.files.count == 3)
    }

    @Test func `a legend is read back, and stands there only where there is one`() throws {
        let manifest = try Sample.manifest(legend: "A 90-100 · \"official\" with the seal Ñ")
        #expect(try BundleManifest(parsing: manifest.bytes) == manifest)
        #expect(!String(decoding: try Sample.manifest().bytes, as: UTF8.self).contains("legend"))
    }

    @Test(arguments: ["", "A\nB", "A\u{202E}B", String(repeating: "x", count: 2_001)])
    func `a legend that nobody could print is refused`(legend: String) throws {
        let text = String(decoding: try Sample.manifest(legend: "LEGEND").bytes, as: UTF8.self)
        let other = text.replacing("LEGEND", with: legend.replacing("\n", with: "\\n"))
        #expect(other != text)
        #expect(throws: (any Error).self) { try BundleManifest(parsing: Array(other.utf8)) }
    }

    @Test func `what it corrects is read back, and stands there only where there is something`()
        throws
    {
        let manifest = try Sample.manifest(replaces: [2, 3])
        #expect(try BundleManifest(parsing: manifest.bytes) == manifest)
        #expect(!String(decoding: try Sample.manifest().bytes, as: UTF8.self).contains("replaces"))
    }

    @Test(arguments: [[1], [2, 2], (2...102).map(\.self)])
    func `what cannot be corrected is refused`(bundles: [Int]) throws {
        let manifest = try Sample.manifest(replaces: bundles.map { UInt128($0) })
        #expect(throws: (any Error).self) { try BundleManifest(parsing: manifest.bytes) }
    }

    @Test(arguments: ["[]", "[1]", "[\"x\"]", "\"\"", "{}"])
    func `a list of corrections that is none is refused`(list: String) throws {
        let text = String(decoding: try Sample.manifest(replaces: [2]).bytes, as: UTF8.self)
        let start = try #require(text.firstRange(of: "\"replaces\": ")?.upperBound as String.Index?)
        let end = try #require(text[start...].firstIndex(of: "]") as String.Index?)
        let other = text[..<start] + list + text[text.index(after: end)...]
        #expect(other != text)
        #expect(throws: (any Error).self) { try BundleManifest(parsing: Array(other.utf8)) }
    }

    @Test(arguments: [0, -1, 1, 999, 1_779_112_800_123, -62_135_596_800_000, 253_402_300_799_999])
    func `moments survive being written and read`(milliseconds: Int64) {
        let instant = Instant(millisecondsSince1970: milliseconds)
        #expect(Instant(iso8601: instant.iso8601) == instant)
    }

    @Test func `a moment is written in UTC with milliseconds`() {
        #expect(Instant(millisecondsSince1970: 0).iso8601 == "1970-01-01T00:00:00.000Z")
        #expect(Instant(millisecondsSince1970: -1).iso8601 == "1969-12-31T23:59:59.999Z")
    }

    @Test(arguments: [
        "2026-05-18T14:03:22Z", "2026-05-18 14:03:22.123Z", "2026-05-18T24:00:00.000Z",
        "2026-05-18T14:60:22.123Z", "2026-05-18T14:03:60.123Z", "2026-02-30T14:03:22.123Z",
        "2026-05-18T14:03:22.123+", "2026-05-18T1a:03:22.123Z", "",
    ])
    func `other ways to write a moment are refused`(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(arguments: [
        (#""version": 1"#, #""version": 2"#, "version has a version this program does not know"),
        (#""version": 1"#, #""version": "1""#, "version has the wrong type"),
        (
            #""bytes": 4"#, #""bytes": -4"#,
            "parts[0].files[0].bytes has a value that is not allowed"
        ),
        (#""bytes": 4"#, #""bytes": 4.5"#, "parts[0].files[0].bytes has the wrong type"),
        (
            #""part": "transcript""#, #""part": "x""#,
            "parts[0].part has a value that is not allowed"
        ),
        ("files/a.pdf", "files/../a.pdf", "parts[0].files[0].name has a value that is not allowed"),
        ("files/a.pdf", "/a.pdf", "parts[0].files[0].name has a value that is not allowed"),
        ("files/a.pdf", "record.html", "parts[0].files[0].name has a value that is not allowed"),
        (
            "application/pdf", "Application/PDF",
            "parts[0].files[0].mediaType has a value that is not allowed"
        ),
        ("signedInStaff", "nobody", "certifiedBy.kind has a value that is not allowed"),
        ("\"Elm High School\"", "\"\"", "sender.name has a value that is not allowed"),
        ("Elm High", #"Elm\nHigh"#, "sender.name has a value that is not allowed"),
        ("Elm High", "Elm \u{202E}High", "sender.name has a value that is not allowed"),
        (#""name": "Elm High School","#, "", "sender.name is missing"),
        (#""format""#, #""extra": 1, "format""#, "manifest is not part of the format"),
        ("mochila-bundle", "other-bundle", "format has a value that is not allowed"),
        ("2026-06-01", "2026-06-31", "parts[2].by has a value that is not allowed"),
        ("toFollow", "someday", "parts[2].status has a value that is not allowed"),
        (
            #""part": "immunization""#, #""part": "transcript""#,
            "parts[1].part occurs more than once"
        ),
        ("RQ-", "RX-", "request has a value that is not allowed"),
        ("2026-05-18T14:00:00.123Z", "2026-05-18", "madeAt has a value that is not allowed"),
        (#""SHA256SUMS""#, #""OPEN-ME.txt""#, "pages is missing"),
    ])
    func `names what is wrong and where`(old: String, new: String, problem: String) {
        let text = Sample.text.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Sample.text)
        #expect(problems(of: text).contains(problem), "\(problems(of: text))")
    }

    @Test func `all problems are named at once`() {
        let text = Sample.text
            .replacing("signedInStaff", with: "nobody")
            .replacing("toFollow", with: "someday", maxReplacements: 1)
            .replacing("\"bytes\": 4", with: "\"bytes\": -1")
        #expect(problems(of: text).count == 3)
    }

    @Test func `sizes that cannot be added are refused one by one`() throws {
        // Two of the largest number there is: their sum ended the program that asked for it.
        let parts = try [RecordPart.transcript, .immunization].enumerated().map { place, part in
            let file = try Sample.file("files/\(place).pdf", bytes: .max)
            return BundleManifest.PartStatement(part: part, status: .sent, files: [file])
        }
        let text = String(decoding: try Sample.manifest(parts: parts).bytes, as: UTF8.self)
        #expect(
            problems(of: text) == [
                "parts[0].files[0].bytes has a value that is not allowed",
                "parts[1].files[0].bytes has a value that is not allowed",
            ]
        )
    }

    @Test func `problems hold none of the text`() {
        let text = Sample.text.replacing("files/a.pdf", with: "files/Maria\u{202E}.pdf")
            .replacing("\"format\"", with: "\"Maria\": 1, \"format\"")
        let found = problems(of: text)
        #expect(found.count == 2)
        #expect(!found.joined().contains("Maria"))
    }

    @Test(arguments: [
        (" ", ""), ("\n", "\r\n"), ("\"version\": 1\n", "\"version\": 1,\n\"version\": 1\n"),
        ("\"bytes\": 4", "\"bytes\": 4.0"), ("\"bytes\": 4", "\"bytes\": 4e0"),
        ("Elm High", "\\u0045lm High"), ("Elm High", "Elm \\/ High"),
        ("\"title\": \"Registrar\"", "\"title\": \"Registrar\", \"title\": \"Registrar\""),
    ])
    func `the same values written differently are refused`(old: String, new: String) {
        let text = Sample.text.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Sample.text)
        #expect(!problems(of: text).isEmpty)
    }

    @Test func `what is not JSON, too deep or too large is refused as that`() {
        #expect(problems(of: "") == ["manifest is not JSON"])
        #expect(problems(of: "{") == ["manifest is not JSON"])
        #expect(problems(of: "[]") == ["manifest has the wrong type"])
        #expect(problems(of: Sample.text + "{}") == ["manifest is not JSON"])
        let deep = String(repeating: "[", count: 100_000)
        #expect(problems(of: deep) == ["manifest is nested too deeply"])
        let large = String(repeating: " ", count: BundleLimits.manifestBytes + 1)
        #expect(problems(of: large) == ["manifest is too large"])
    }

    @Test func `bytes that are not UTF-8 are refused`() throws {
        var bytes = Array(Sample.text.utf8)
        let place = try #require(bytes.firstRange(of: Array("Elm".utf8))?.lowerBound)
        bytes[place] = 0xFF
        #expect(throws: BundleManifest.Malformed.self) { try BundleManifest(parsing: bytes) }
    }

    @Test func `one file may answer for two parts, but only as the same file`() throws {
        let file = try Sample.file("files/a.pdf", bytes: 4)
        let other = try Sample.file("files/A.PDF", bytes: 5)
        let same = try Sample.manifest(parts: [
            .init(part: .transcript, status: .sent, files: [file]),
            .init(part: .immunization, status: .sent, files: [file]),
        ])
        #expect(try BundleManifest(parsing: same.bytes).attachments == [file])
        let clashing = try Sample.manifest(parts: [
            .init(part: .transcript, status: .sent, files: [file]),
            .init(part: .immunization, status: .sent, files: [other]),
        ])
        #expect(throws: BundleManifest.Malformed.self) {
            try BundleManifest(parsing: clashing.bytes)
        }
    }

    @Test func `only a part that was sent has files`() throws {
        let file = try Sample.file("files/a.pdf", bytes: 4)
        let manifest = try Sample.manifest(parts: [
            .init(part: .transcript, status: .noneOnFile, files: [file])
        ])
        #expect(throws: BundleManifest.Malformed.self) {
            try BundleManifest(parsing: manifest.bytes)
        }
    }

    @Test func `a certifying official has a title`() throws {
        var text = Sample.text.replacing("signedInStaff", with: "certifyingOfficial")
        #expect(problems(of: text).isEmpty)
        text = text.replacing("\"title\": \"Registrar\"", with: "\"title\": \"\"")
        #expect(problems(of: text) == ["certifiedBy.title is missing"])
    }

    @Test func `a thousand files and a hundred certificates are read, more are not`() throws {
        func manifest(files: Int, certificates: Int) throws -> BundleManifest {
            try Sample.manifest(
                certificates: (0..<certificates).map { position in
                    let digest = try Sample.digest(position)
                    return .init(fingerprint: digest, identifier: digest)
                },
                parts: [
                    .init(
                        part: .attachment,
                        status: .sent,
                        files: (0..<files).map { try Sample.file("files/\($0).pdf", bytes: 1) }
                    )
                ]
            )
        }
        #expect(throws: Never.self) {
            try BundleManifest(parsing: manifest(files: 1_000, certificates: 100).bytes)
        }
        #expect(throws: BundleManifest.Malformed.self) {
            try BundleManifest(parsing: manifest(files: 1_001, certificates: 100).bytes)
        }
        #expect(throws: BundleManifest.Malformed.self) {
            try BundleManifest(parsing: manifest(files: 1_000, certificates: 101).bytes)
        }
    }

    @Test func `no mutant breaks the reader, and what it accepts is canonical`() throws {
        let original = Array(Sample.text.utf8)
        var generator = SeededGenerator(seed: 99)
        var accepted = 0
        for _ in 0..<5_000 {
            let mutant = generator.mutant(of: original)
            guard let manifest = try? BundleManifest(parsing: mutant) else { continue }
            accepted += 1
            #expect(manifest.bytes == mutant)
        }
        // A letter of a name changed for another is still a manifest.
        #expect(accepted > 0)
    }

    @Test func `the list of checksums is what sha256sum reads, in the order of the names`() throws {
        let files = [
            try Sample.file("files/b.pdf", bytes: 1), try Sample.file("files/a.pdf", bytes: 1),
        ]
        let digest = try Sample.digest(1).description
        #expect(ChecksumList.text(for: files) == "\(digest)  files/a.pdf\n\(digest)  files/b.pdf\n")
    }

    private func problems(of text: String) -> [String] {
        do {
            _ = try BundleManifest(parsing: Array(text.utf8))
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
