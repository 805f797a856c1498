import Intake
import SeededNumbers
import Testing

@Suite("File name")
struct FileNameTests {
    @Test(arguments: [
        ("transcript.pdf", "transcript.pdf"),
        ("Boleta de calificaciones 2º.pdf", "Boleta de calificaciones 2º.pdf"),
        ("成績表.pdf", "成績表.pdf"),
        ("María José Ñúñez 👩‍🎓.jpeg", "María José Ñúñez 👩‍🎓.jpeg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\Desktop\\grades.doc", "grades.doc"),
        ("/", "file"), ("", "file"), (".", "file"), ("..", "file"), ("...", "file"),
        ("   ", "file"), (".htaccess", "htaccess"), ("-rf.txt", "rf.txt"),
        ("a\u{0}b.pdf", "ab.pdf"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("photo\u{202E}gpj.exe", "photogpj.exe"), ("a\u{2066}b\u{2069}\u{200F}.pdf", "ab.pdf"),
        ("a\u{FEFF}\u{200B}b.pdf", "ab.pdf"), ("a\u{2028}b.pdf", "ab.pdf"),
        ("a\u{E0041}\u{E000}b.pdf", "ab.pdf"),
        ("a<b>c:d\"e|f?g*h.pdf", "a_b_c_d_e_f_g_h.pdf"),
        ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("COM7.tar.gz", "_COM7.tar.gz"),
        ("comic.txt", "comic.txt"), ("grades. . .", "grades"), ("a    b\t c.pdf", "a b c.pdf"),
        ("x.pdf.", "x.pdf"), ("noending", "noending"),
    ])
    func `a sender's name becomes safe to show and to save`(name: (String, String)) {
        #expect(FileName(cleaning: name.0).description == name.1)
    }

    @Test(arguments: [
        ("x.exe", FileType.pdf, "x.exe.pdf"), ("x.PDF", .pdf, "x.PDF"), ("x", .jpeg, "x.jpg"),
        ("x.html", .plainText, "x.html.txt"), ("scan.JPEG", .jpeg, "scan.JPEG"),
        ("CON.pdf", .pdf, "_CON.pdf"), ("", .png, "file.png"), ("a.csv", .plainText, "a.csv"),
        ("a.bat", .csv, "a.bat.csv"), ("archive.tar.gz", .pdf, "archive.tar.gz.pdf"),
    ])
    func `a name ends as its content's type does`(name: (String, FileType, String)) {
        #expect(FileName(cleaning: name.0, type: name.1).description == name.2)
    }

    @Test
    func `a long name keeps its ending and its letters whole`() {
        let long = String(repeating: "ñ😀", count: 200) + ".pdf"

        let name = FileName(cleaning: long).description

        #expect(name.utf8.count <= FileName.longest)
        #expect(name.hasSuffix(".pdf"))
        #expect(name.unicodeScalars.allSatisfy { $0 != "\u{FFFD}" })
    }

    @Test
    func `a letter with a thousand accents is not a name`() {
        let name = "a" + String(repeating: "\u{301}", count: 1_000)

        #expect(FileName(cleaning: name + ".pdf").description.utf8.count <= FileName.longest)
    }

    @Test
    func `whatever is typed, a name is short, visible, unlike a path, and clean already`() {
        var generator = SeededGenerator(seed: 3)
        let pool = Array(
            "aZ9.-_ /\\:<>\"|?*ñ成\u{0}\u{7}\r\n\u{202E}\u{200D}\u{FEFF}\u{E0020}\u{301}😀%"
                .unicodeScalars
        )

        for _ in 0..<5_000 {
            var typed = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...60, using: &generator) {
                typed.append(pool.randomElement(using: &generator) ?? "a")
            }
            let name = FileName(cleaning: String(typed)).description

            #expect((1...FileName.longest).contains(name.utf8.count))
            #expect(!name.utf8.contains { $0 < 0x20 || $0 == 0x7F })
            #expect(!name.utf8.contains(where: Set("/\\:<>\"|?*".utf8).contains))
            #expect(!name.utf8.starts(with: ".".utf8))
            #expect(name.unicodeScalars.last != "." && name.unicodeScalars.last != " ")
            #expect(FileName(cleaning: name).description == name)
        }
    }
}
