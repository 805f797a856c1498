import SFTPProtocol
import SeededNumbers
import Testing

@Suite("Virtual paths") struct VirtualPathTests {
    @Test(arguments: [
        ("", "/"), (".", "/"), ("/", "/"), ("//", "/"), ("..", "/"), ("/../../..", "/"),
        ("in", "/in"), ("/in/.", "/in"), ("/in/../out/", "/out"), ("./in//a b.cms", "/in/a b.cms"),
        ("/home/user", "/home/user"), ("/in/ñ'\"`$(x).cms", "/in/ñ'\"`$(x).cms"),
        ("/etc/../in/x", "/in/x"),
    ])
    func `a path is resolved as text`(path: String, resolved: String) throws {
        let bytes = try VirtualPath.resolved(Array(path.utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == resolved)
        #expect(try VirtualPath(Array(path.utf8)) == VirtualPath(bytes))
    }

    @Test(arguments: [
        "/in/a\u{0}b", "/in/a\\b", "/in/a\nb", "/in/a\u{7F}", "/in/a\u{85}", "/in/\u{202E}gpj.cms",
        "/in/\u{2066}x", "/in/\u{FEFF}x", "/in/\u{2028}", "\u{0}", "/\u{1}/..",
        "/in/" + String(repeating: "x", count: 161), String(repeating: "/a", count: 3_000),
    ])
    func `a name that nothing may have is refused wherever it stands`(path: String) {
        #expect(throws: Refusal.self) { try VirtualPath(Array(path.utf8)) }
        #expect(throws: Refusal.self) { try VirtualPath.resolved(Array(path.utf8)) }
    }

    @Test(arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]])
    func `bytes that are no UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: Refusal.self) { try VirtualPath(Array("/in/".utf8) + bytes) }
    }

    @Test(arguments: [
        ("a.cms", false), ("a.cms.part", true), ("A.PART", true), ("a.filepart", true),
        (".in.a.cms.", true), ("a.tmp", true), ("part", false), ("a.part.cms", false),
    ])
    func `an unfinished name is told from a finished one`(name: String, isUnfinished: Bool) throws {
        #expect(try DropName(name.utf8).isUnfinished == isUnfinished)
    }

    @Test func `two spellings of one letter are two names`() throws {
        #expect(try DropName("\u{E9}".utf8) != DropName("e\u{301}".utf8))
    }

    @Test func `whatever is asked, there are only four names and what is below them`() throws {
        var random = SeededGenerator(seed: 7)
        let pieces = ["in", "out", "receipts", "README.txt", "..", ".", "", "a", "etc", "ü"]
        for _ in 0..<5_000 {
            let parts = (0..<Int.random(in: 0..<8, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            let path = Array(parts.joined(separator: "/").utf8)
            let resolved = try VirtualPath.resolved(path)
            #expect(resolved.first == UInt8(ascii: "/"))
            #expect(try VirtualPath.resolved(resolved) == resolved)
            let names = resolved.split(separator: UInt8(ascii: "/"))
            #expect(!names.contains { $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) })
            switch try VirtualPath(path) {
            case .root: #expect(names.isEmpty)
            case .readme: #expect(names.count == 1)
            case .folder: #expect(names.count == 1)
            case .file: #expect(names.count == 2)
            case .nowhere: #expect(!names.isEmpty)
            }
        }
    }
}
