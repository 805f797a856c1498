import Foundation
import HostileInput
import SeededNumbers
import Testing
import Vocabulary

@Suite("State code") struct StateCodeTests {
    @Test func `there are 59, in alphabetical order`() {
        #expect(StateCode.all.count == 59)
        #expect(StateCode.all == StateCode.all.sorted())
        for text in ["TX", "CA", "DC", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW"] {
            #expect(StateCode(text)?.description == text)
        }
    }

    @Test(arguments: StateCode.all)
    func `is read in any case and written in capitals`(code: StateCode) throws {
        let text = code.description
        for typed in [text, text.lowercased(), text.prefix(1) + text.suffix(1).lowercased()] {
            #expect(StateCode(typed) == code)
            #expect(StateCode(typed)?.description.utf8.elementsEqual(text.utf8) == true)
        }
        let coded = try JSONEncoder().encode([code])
        #expect(try JSONDecoder().decode([StateCode].self, from: coded) == [code])
    }

    @Test func `of all pairs of letters only the known ones are states`() {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let found = letters.flatMap { first in letters.map { String([first, $0]) } }
            .compactMap { StateCode($0) }
        #expect(found == StateCode.all)
    }

    @Test(arguments: [
        "", "T", "TXX", "XX", "T X", " TX", "TX\n", "ﬂ", "\u{212A}Y", "ıa", "mſ", "ＴＸ", "T\u{301}X",
        "4X",
    ])
    func `letters that only look alike are no state`(text: String) {
        #expect(StateCode(text) == nil)
    }
}

@Suite("School and district numbers") struct SchoolIDTests {
    @Test func `a school's number has twelve digits, a district's seven`() {
        #expect(SchoolID("480000101145")?.description == "480000101145")
        #expect(DistrictID("4800001")?.description == "4800001")
        #expect(SchoolID("4800001") == nil)
        #expect(DistrictID("480000101145") == nil)
    }

    @Test(arguments: [
        "", "48000010114", "4800001011455", "48000010114a", "48000010114 ", "４80000101145",
        "+80000101145", "-80000101145", "48000010114٠", "../../../../x",
    ])
    func `any other text is refused`(text: String) {
        #expect(SchoolID(text) == nil)
        #expect(DistrictID(text) == nil)
    }

    @Test func `leading zeros are kept`() {
        #expect(SchoolID("010000500870")?.description == "010000500870")
        #expect(DistrictID("0100005")?.description == "0100005")
    }

    @Test func `numbers sort as their digits`() throws {
        let one = try #require(SchoolID("010000500870"))
        let two = try #require(SchoolID("010000500871"))
        #expect(one < two && !(two < one))
    }

    @Test func `are parsed again when they are decoded`() throws {
        let school = try #require(SchoolID("480000101145"))
        let coded = try JSONEncoder().encode([school])
        #expect(try JSONDecoder().decode([SchoolID].self, from: coded) == [school])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([SchoolID].self, from: Data(#"["480000101145x"]"#.utf8))
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([DistrictID].self, from: Data(#"["48000"]"#.utf8))
        }
    }
}

@Suite("Grade") struct GradeTests {
    @Test func `grades come in the order children pass through them`() {
        let inOrder: [Grade] = [
            .prekindergarten, .kindergarten, .first, .second, .third, .fourth, .fifth, .sixth,
            .seventh, .eighth, .ninth, .tenth, .eleventh, .twelfth, .thirteenth,
        ]
        #expect(inOrder.sorted() == inOrder)
        #expect(inOrder.map(\.rawValue).prefix(4) == ["PK", "KG", "01", "02"])
        #expect(Grade.allCases.sorted() == Grade.allCases)
    }

    @Test(arguments: Grade.allCases)
    func `is known by the directory's code alone`(grade: Grade) {
        #expect(Grade(rawValue: grade.rawValue) == grade)
        #expect(grade.rawValue.utf8.count == 2)
    }

    @Test func `courses count from the seventh grade`() {
        #expect(Grade.allCases.filter(\.isSecondary).first == .seventh)
        #expect(
            !Grade.sixth.isSecondary && Grade.twelfth.isSecondary && !Grade.ungraded.isSecondary
        )
    }

    @Test(arguments: ["", "1", "13th", "kg", "pk", "00", "14", " 01"])
    func `other text is no grade`(text: String) {
        #expect(Grade(rawValue: text) == nil)
    }
}

@Suite("SHA-256 digest") struct SHA256DigestTests {
    @Test(arguments: 0..<50 as Range<UInt64>)
    func `survives being written and read`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let digest = try #require(SHA256Digest(bytes: generator.bytes(32)))
        #expect(SHA256Digest(hexadecimal: digest.description) == digest)
        #expect(SHA256Digest(hexadecimal: digest.description.uppercased()) == digest)
        let coded = try JSONEncoder().encode([digest])
        #expect(try JSONDecoder().decode([SHA256Digest].self, from: coded) == [digest])
    }

    @Test(arguments: [0, 31, 33, 64])
    func `has 32 bytes`(count: Int) {
        #expect(SHA256Digest(bytes: [UInt8](repeating: 7, count: count)) == nil)
    }

    @Test func `every byte is written as two digits`() throws {
        for byte in 0...UInt8.max {
            let digest = try #require(SHA256Digest(bytes: [UInt8](repeating: byte, count: 32)))
            let digits = String(byte, radix: 16)
            #expect(digest.description.hasPrefix(digits.count == 1 ? "0" + digits : digits))
            #expect(digest.description.utf8.count == 64)
        }
    }

    @Test(arguments: ["", "0", "g", "é", " "])
    func `64 hexadecimal digits and nothing else`(ending: String) {
        let digest = SHA256Digest(hexadecimal: String(repeating: "a", count: 63) + ending)
        #expect((digest != nil) == (ending == "0"))
    }
}
