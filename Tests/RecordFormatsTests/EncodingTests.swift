import Foundation
import HostileInput
import RecordFormats
import SeededNumbers
import StudentRecords
import Testing
import Vocabulary

/// Tables as spreadsheets of all ages save them.
@Suite("Encodings of files") struct EncodingTests {
    private static func title(_ bytes: [UInt8]) throws -> String? {
        let reading = RecordFile.read(
            bytes,
            from: try FormatSamples.source(),
            codes: FormatSamples.codes
        )
        return reading?.record.entries(of: .course).first?.text(.courseTitle)
    }

    private static func table(_ title: String) -> String {
        "Course Title,Course Year\n\(title),2025\n"
    }

    private static func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit in
            let both = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isLittle ? both : both.reversed()
        }
    }

    /// Letters of several scripts, none that a table or a value could not hold.
    private static func word(_ generator: inout SeededGenerator) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0x61...0x7A, 0xE0...0xF6, 0x100...0x17F, 0x391...0x3A1, 0x410...0x44F, 0x4E00...0x4FFF,
            0x1F600...0x1F64F,
        ]
        var text = "x"
        for _ in 0..<Int.random(in: 1...30, using: &generator) {
            let value = UInt32.random(in: generator.choice(of: ranges), using: &generator)
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    @Test(arguments: 0..<30)
    func `a title is the same title in each encoding of Unicode`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let word = Self.word(&generator)
            let text = Self.table(word)
            #expect(try Self.title(Array(text.utf8)) == word)
            #expect(try Self.title([0xEF, 0xBB, 0xBF] + text.utf8) == word)
            #expect(try Self.title(Self.utf16(text, isLittle: true)) == word)
            #expect(try Self.title(Self.utf16(text, isLittle: false)) == word)
        }
    }

    @Test(arguments: UInt8(0x80)...0xFF)
    func `a byte of the Western code page is the character that it is everywhere`(
        byte: UInt8
    ) throws {
        let bytes = Array("Course Title,Course Year\nCaf".utf8) + [byte] + Array("x,2025\n".utf8)
        let read = try Self.title(bytes)
        let known = String(bytes: [byte], encoding: .windowsCP1252)
        // Five bytes are no character there; 0xA0 is a space that may stand within a title.
        if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) {
            #expect(read == "Caf\u{FFFD}x")
        } else {
            #expect(read == "Caf\(try #require(known))x")
        }
    }

    @Test(arguments: [true, false])
    func `half a character, or half a pair of them, is no text`(isLittle: Bool) throws {
        let whole = Self.utf16(Self.table("Álgebra"), isLittle: isLittle)
        #expect(try Self.title(whole) == "Álgebra")
        #expect(try Self.title(Array(whole.dropLast())) == nil)
        let lonely: [UInt8] = isLittle ? [0x00, 0xD8] : [0xD8, 0x00]
        #expect(try Self.title(whole + lonely) == nil)
    }

    @Test func `a file with a zero in it is no table`() throws {
        let bytes = Array(Self.table("Algebra").utf8)
        for place in [0, 10, bytes.count] {
            var changed = bytes
            changed.insert(0, at: place)
            #expect(try Self.title(changed) == nil)
        }
    }

    @Test(arguments: 0..<30)
    func `whatever bytes come, a title that is read can be written and read again`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        for isLittle in [true, false, nil] {
            let table = Self.table(Self.word(&generator))
            let good = isLittle.map { Self.utf16(table, isLittle: $0) } ?? Array(table.utf8)
            for _ in 0..<60 {
                guard let title = try Self.title(generator.mutant(of: good)) else { continue }
                let value = try ElementValue.read(title, for: .courseTitle)
                #expect(value == .text(title))
            }
        }
    }
}
