import RecordExchange
import ReferenceData
import Testing
import Vocabulary

@Suite("Directory lines") struct DirectoryLinesTests {
    private static let header = "mochila-directory\t1\t1\t2"
    private static let district = "D\t4844960\tWeslaco ISD\tTX\tWeslaco\t"
    private static let school = "S\t05125\tWeslaco High School\t\t\t09\t12\t78596\t9569696700"
    private static let other = "S\t08851\tWeslaco East High School\tNM\tMercedes\t-\t-\t\t"

    private static let stateLines = StateCode.all
        .map { "\($0)\tState \($0)\tAmerica/Chicago\n" }
        .joined()

    private static func read(_ lines: [String]) throws -> NationalDirectory {
        try NationalDirectory(
            directoryLines: Array(lines.map { $0 + "\n" }.joined().utf8),
            stateLines: Array(stateLines.utf8)
        )
    }

    @Test func `reads a school with and without its own town and state`() throws {
        let lines = [Self.header, Self.district, Self.school, Self.other]
        let directory = try Self.read(lines)
        #expect(directory.schools.map(\.city) == ["Weslaco", "Mercedes"])
        #expect(directory.schools.map(\.state.description) == ["TX", "NM"])
        #expect(directory.schools.map(\.phone) == ["(956)969-6700", nil])
        #expect(directory.schools.map(\.lowGrade) == [.ninth, nil])
        #expect(directory.schools.map(\.id.description) == ["484496005125", "484496008851"])
        #expect(directory.districts.map(\.phone) == [nil])
    }

    @Test(arguments: [
        (1, ["mochila-directory\t2\t1\t2", district, school, other]),
        (1, ["mochila-directory\t1\tx\t2", district, school, other]),
        (1, ["directory", district, school, other]),
        (2, [header, "D\t484496\tWeslaco ISD\tTX\tWeslaco\t", school, other]),
        (2, [header, "D\t4844960\tWeslaco ISD\tTX\tWeslaco", school, other]),
        (2, [header, "D\t4844960\t\tTX\tWeslaco\t", school, other]),
        (2, [header, "D\t4844960\tWeslaco ISD\tXX\tWeslaco\t", school, other]),
        (2, [header, "D\t4844960\tWeslaco ISD\ttx\tWeslaco\t", school, other]),
        (2, [header, "D\t4844960\tWeslaco ISD\tTX\tWeslaco\t956", school, other]),
        (2, [header, school, district, other]),
        (3, [header, district, "S\t0512\tWeslaco High School\t\t\t09\t12\t\t", other]),
        (3, [header, district, "S\t0512a\tWeslaco High School\t\t\t09\t12\t\t", other]),
        (3, [header, district, "S\t05125\tWeslaco High School\t\t\t9\t12\t\t", other]),
        (3, [header, district, "S\t05125\tWeslaco High School\t\t\t09\t12\t7859\t", other]),
        (3, [header, district, "S\t05125\tWeslaco\u{7} High School\t\t\t09\t12\t\t", other]),
        (3, [header, district, "X\t05125\tWeslaco High School\t\t\t09\t12\t\t", other]),
        (3, [header, district, "", other]),
        (4, [header, district, other, school]),
        (4, [header, district, school, school]),
        (4, [header, district, school]),
        (5, [header, district, school, other, ""]),
    ])
    func `a bad line is refused by its number`(line: Int, lines: [String]) {
        #expect {
            try Self.read(lines)
        } throws: { error in
            guard case .badLine(let number, _, _)? = error as? NationalDirectory.Damaged else {
                return false
            }
            return number == line
        }
    }

    @Test func `a text that is not UTF-8 is refused`() {
        let lines = [Self.header, Self.district, Self.school, "S\t08851\t"]
        var bytes = Array(lines.joined(separator: "\n").utf8)
        bytes += [0xFF, 0xFE]
        bytes += Array("\t\t\t-\t-\t\t\n".utf8)
        #expect(throws: NationalDirectory.Damaged.self) {
            try NationalDirectory(directoryLines: bytes, stateLines: Array(Self.stateLines.utf8))
        }
    }

    @Test func `a file that lost its end is refused`() {
        let whole = Array(
            [Self.header, Self.district, Self.school, Self.other].map { $0 + "\n" }.joined().utf8
        )
        for length in 0..<whole.count {
            #expect(throws: NationalDirectory.Damaged.self) {
                try NationalDirectory(
                    directoryLines: Array(whole.prefix(length)),
                    stateLines: Array(Self.stateLines.utf8)
                )
            }
        }
    }

    @Test func `no single changed byte brings the reader down`() {
        let whole = Array(
            [Self.header, Self.district, Self.school, Self.other].map { $0 + "\n" }.joined().utf8
        )
        var refused = 0
        for index in whole.indices {
            for byte in [UInt8(0), 9, 10, 48, 65, 0x80, 0xC3, 0xFF] where whole[index] != byte {
                var changed = whole
                changed[index] = byte
                let directory = try? NationalDirectory(
                    directoryLines: changed,
                    stateLines: Array(Self.stateLines.utf8)
                )
                if directory == nil { refused += 1 }
                #expect(directory == nil || directory?.schools.count == 2)
            }
        }
        #expect(refused > whole.count * 3)
    }

    @Test func `a missing state is refused`() {
        let lines = Self.stateLines.split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
        #expect(throws: NationalDirectory.Damaged.self) {
            try NationalDirectory(
                directoryLines: Array(
                    [Self.header, Self.district, Self.school, Self.other, ""]
                        .joined(separator: "\n").utf8
                ),
                stateLines: Array(lines.utf8)
            )
        }
    }
}
