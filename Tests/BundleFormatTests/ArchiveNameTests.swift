import BundleFormat
import SeededNumbers
import Testing

@Suite("Names in an archive") struct ArchiveNameTests {
    @Test(arguments: [
        "manifest.json", "SHA256SUMS", "files/a.pdf", "files/Calificación (año 1).pdf",
        "files/成绩单.pdf", "files/a b.c.d", "files/console.txt", "files/日本 🎒.png",
        "files/e\u{301}.pdf",
    ])
    func `ordinary names are taken as they are`(text: String) throws {
        #expect(try ArchiveName(parsing: text).description == text)
    }

    @Test(arguments: [
        ("", ArchiveName.Refusal.outsideTheFolders), ("/etc/passwd", .outsideTheFolders),
        ("../a", .outsideTheFolders), ("a.pdf", .outsideTheFolders), ("files", .outsideTheFolders),
        ("files/", .outsideTheFolders), ("files//a", .outsideTheFolders),
        ("files/a/b", .outsideTheFolders), ("files/../a", .outsideTheFolders),
        ("files/..\\a", .outsideTheFolders), ("FILES/a", .outsideTheFolders),
        ("manifest.json/a", .outsideTheFolders), ("Manifest.json", .outsideTheFolders),
        ("C:\\a", .outsideTheFolders), ("files/..", .reserved), ("files/.", .reserved),
        ("files/.htaccess", .reserved), ("files/a.", .reserved), ("files/a ", .reserved),
        ("files/ a", .reserved), ("files/CON", .reserved), ("files/nul.txt", .reserved),
        ("files/Com1.pdf", .reserved), ("files/lpt9", .reserved),
        ("files/a\u{0}b", .forbiddenCharacter),
        ("files/a\nb", .forbiddenCharacter), ("files/a\r\nb", .forbiddenCharacter),
        ("files/a\u{7F}", .forbiddenCharacter), ("files/a:b", .forbiddenCharacter),
        ("files/<script>", .forbiddenCharacter), ("files/a\u{202E}fdp.exe", .forbiddenCharacter),
        ("files/a\u{200B}b", .forbiddenCharacter), ("files/a\u{FEFF}", .forbiddenCharacter),
        ("files/a\u{2028}b", .forbiddenCharacter), ("files/a\u{E000}", .forbiddenCharacter),
    ])
    func `names that could do harm are refused`(text: String, refusal: ArchiveName.Refusal) {
        #expect(throws: refusal) { try ArchiveName(parsing: text) }
    }

    @Test func `a component has at most 150 bytes`() {
        let longest = String(repeating: "ñ", count: 75)
        #expect(throws: Never.self) { try ArchiveName(parsing: "files/\(longest)") }
        #expect(throws: ArchiveName.Refusal.tooLong) {
            try ArchiveName(parsing: "files/\(longest)a")
        }
    }

    @Test func `bytes that are not UTF-8 are no name`() {
        #expect(throws: ArchiveName.Refusal.notUTF8) {
            try ArchiveName(bytes: Array("files/".utf8) + [0xC3, 0x28])
        }
    }

    @Test(arguments: [
        ("Transcript.pdf", "files/Transcript.pdf"), ("../../etc/passwd", "files/passwd"),
        ("C:\\Users\\clerk\\Records 2026.pdf", "files/Records 2026.pdf"), ("", "files/file"),
        ("...", "files/file"), (".htaccess", "files/htaccess"), ("-rf", "files/_rf"),
        ("CON.pdf", "files/_CON.pdf"), ("a\r\nb.pdf", "files/ab.pdf"), ("a.pdf ", "files/a.pdf"),
        ("x\u{202E}fdp.exe", "files/xfdp.exe"), ("a<b>.pdf", "files/a_b_.pdf"),
        ("/", "files/file"), ("Año 1?.pdf", "files/Año 1_.pdf"),
    ])
    func `an attachment's name is made safe and stays recognizable`(given: String, made: String) {
        #expect(ArchiveName.attachments(named: [given]).map(\.description) == [made])
    }

    @Test func `names that would be one file are told apart`() {
        let names = ArchiveName.attachments(named: [
            "a.pdf", "A.PDF", "a.pdf", "\u{E9}.pdf", "e\u{301}.pdf", "straße", "STRASSE",
            "a (2).pdf",
        ])
        #expect(Set(names.map(\.collisionKey)).count == 8)
        #expect(
            names.prefix(3).map(\.description) == [
                "files/a.pdf", "files/A (2).PDF", "files/a (3).pdf",
            ]
        )
    }

    @Test func `a long name keeps its ending`() {
        let name = ArchiveName.attachments(named: [String(repeating: "ñ", count: 300) + ".pdf"])[0]
        #expect(name.lastComponent.utf8.count <= 150)
        #expect(name.description.hasSuffix("ñ.pdf"))
    }

    @Test func `whatever comes in, what comes out is a name and unique`() throws {
        var generator = SeededGenerator(seed: 3)
        let alphabet = Array("aA. /\\\u{0}\n-:é\u{301}\u{202E}CONnul1()\u{1F392}".unicodeScalars)
        for _ in 0..<2_000 {
            let originals = (0..<4).map { _ in
                var text = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 0...12, using: &generator) {
                    text.append(alphabet.randomElement(using: &generator) ?? "a")
                }
                return String(text)
            }
            let names = ArchiveName.attachments(named: originals)
            for name in names {
                #expect(try ArchiveName(parsing: name.description) == name, "\(originals)")
            }
            #expect(Set(names.map(\.collisionKey)).count == names.count, "\(originals)")
        }
    }
}
