import Testing
import Vocabulary

@Suite("Student record number")
struct StudentRecordNumberTests {
    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `it reads back in every way people write it`(seed: UInt64) throws {
        let number = StudentRecordNumber(bits: seed &* 0x9E37_79B9_7F4A_7C15)
        let text = number.description
        #expect(text.utf8.count == 14)
        #expect(text.hasPrefix("SR-"))
        let bare = text.dropFirst(3).filter { $0 != "-" }
        for typed in [text, text.lowercased(), bare, "sr \(bare)", " \(text) "] {
            #expect(try StudentRecordNumber(parsing: typed) == number)
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `every single mistyped character is caught`(seed: UInt64) throws {
        let text = StudentRecordNumber(bits: seed &* 0x9E37_79B9_7F4A_7C15).description
        let bare = Array(text.dropFirst(3).filter { $0 != "-" }.utf8)
        for place in bare.indices {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8 where other != bare[place] {
                var typed = bare
                typed[place] = other
                #expect(throws: StudentRecordNumber.Malformed.checkCharacterDiffers) {
                    try StudentRecordNumber(parsing: String(decoding: typed, as: UTF8.self))
                }
            }
        }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `a request number never passes for one`(seed: UInt64) {
        let request = RequestNumber(bits: seed &* 0x9E37_79B9_7F4A_7C15).description.dropFirst(3)
        #expect(throws: StudentRecordNumber.Malformed.checkCharacterDiffers) {
            try StudentRecordNumber(parsing: String(request))
        }
    }

    @Test(arguments: ["", "SR-", "SR-00000-000", "SR-00000-000000", "SR-U0000-00000"])
    func `other text is refused`(text: String) {
        #expect(throws: StudentRecordNumber.Malformed.self) {
            try StudentRecordNumber(parsing: text)
        }
    }
}
