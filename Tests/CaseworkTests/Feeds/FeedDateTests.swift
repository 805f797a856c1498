import Casework
import RecordExchange
import RecordLocator
import SeededNumbers
import TestSupport
import Testing
import Vocabulary

@Suite("Values of a feed")
struct FeedValueTests {
    @Test(arguments: [
        ("yyyy-MM-dd", "2011-03-09", "2011-03-09"), ("MM/dd/yyyy", "03/09/2011", "2011-03-09"),
        ("M/d/yyyy", "3/9/2011", "2011-03-09"), ("M/d/yy", "3/9/11", "2011-03-09"),
        ("M/d/yy", "3/9/95", "1995-03-09"), ("yyyyMMdd", "20110309", "2011-03-09"),
        ("dd/MM/yy", "09/03/11", "2011-03-09"), ("dd-MMM-yyyy", "09-MAR-2011", "2011-03-09"),
        ("dd-MMM-yyyy", "01-ENE-2011", "2011-01-01"), ("dd-MMM-yy", "09-dic-10", "2010-12-09"),
        ("yyyy-MM-dd", "2011-03-09 00:00:00", "2011-03-09"),
        ("yyyy-MM-dd", "2011-03-09T00:00:00.000Z", "2011-03-09"),
        ("M/d/yyyy", "3/9/2011 12:00:00 AM", "2011-03-09"),
        // A child born tomorrow was born a hundred years ago.
        ("M/d/yy", "5/19/26", "1926-05-19"), ("M/d/yy", "5/18/26", "2026-05-18"),
    ])
    func `a date is read as its pattern says`(
        pattern: String,
        text: String,
        day: String
    ) async throws {
        #expect(try await born(text, by: [pattern]) == .on(day))
    }

    @Test(arguments: [
        ("yyyy-MM-dd", "2011-3-9"), ("yyyy-MM-dd", "2011-02-29"), ("MM/dd/yyyy", "13/01/2011"),
        ("yyyy-MM-dd", "2011-03-09x"), ("yyyy-MM-dd", "11-03-09"), ("yyyyMMdd", "2011-0309"),
        ("dd-MMM-yyyy", "09-XXX-2011"), ("yyyy-MM-dd", "0011-03-09"), ("M/d/yy", "3/9/2011"),
    ])
    func `another text is no date`(pattern: String, text: String) async throws {
        #expect(try await born(text, by: [pattern]) == nil)
    }

    @Test
    func `patterns are tried in their order`() async throws {
        #expect(
            try await born("03/09/2011", by: ["dd/MM/yyyy", "MM/dd/yyyy"]) == .on("2011-09-03")
        )
        #expect(
            try await born("03/19/2011", by: ["dd/MM/yyyy", "MM/dd/yyyy"]) == .on("2011-03-19")
        )
    }

    @Test(arguments: [
        ("GARCIA LOPEZ", "GARCIA", "LOPEZ"), ("GARCIA", "GARCIA", ""),
        ("DE LA CRUZ GARCIA", "DE LA CRUZ", "GARCIA"),
        ("GARCIA DE LA CRUZ", "GARCIA", "DE LA CRUZ"),
        ("San Juan", "San Juan", ""), ("de la", "de la", ""),
    ])
    func `two surnames in one column are told apart`(
        text: String,
        paternal: String,
        maternal: String
    ) async throws {
        var mapping = FeedMapping.plain
        mapping.columns[.paternalSurname] = nil
        mapping.columns[.surnames] = .init(column: "surname")
        let world = try await FeedWorld(mapping: mapping)
        try await world.apply(
            "id,given,surname,born,school\n1,Luz,\(text),2011-03-09,480000100001\n"
        )
        let name = try #require(try await world.entries.first?.name)
        #expect(name.paternalSurname == paternal)
        #expect(name.maternalSurname == maternal)
    }

    @Test(arguments: [
        ("Oak School", "Pecan", School.oak.id), ("OAK  SCHOOL.", "", School.oak.id),
        ("Oak School", "Almond", nil), ("Maple School", "Almond", nil), ("Oak", "", nil),
    ])
    func `a school may be found by name and city among the owner's`(
        name: String,
        city: String,
        school: SchoolID?
    ) async throws {
        var mapping = FeedMapping.plain
        mapping.school = .init(
            by: .name,
            column: .init(column: "school"),
            city: .init(column: "city")
        )
        let world = try await FeedWorld(mapping: mapping)
        let report = try? await world.apply(
            "id,given,surname,born,school,city\n1,Luz,Prueba,2011-03-09,\(name),\(city)\n"
        )
        #expect(try await world.entries.first?.school == school)
        #expect((report == nil) == (school == nil))
    }

    @Test
    func `two schools of one name need a city`() async throws {
        var mapping = FeedMapping.plain
        mapping.school = .init(by: .name, column: .init(column: "school"))
        let world = try await FeedWorld(mapping: mapping)
        let twin = School(
            id: try #require(SchoolID("480000100009")),
            name: "Oak School",
            district: School.oak.district,
            districtName: School.oak.districtName,
            city: "Elsewhere",
            state: .texas
        )
        try await world.store.write { try $0.save([twin]) }
        let report = try await world.check(
            "id,given,surname,born,school\n1,Luz,Prueba,2011-03-09,Oak School\n"
        )
        #expect(report.refusals.map(\.reason) == [.schoolAmbiguous])
    }

    @Test(arguments: ["101912001", "1912001", "001912001"])
    func `a state's number finds the school, with or without its leading zeros`(
        text: String
    ) async throws {
        var mapping = FeedMapping.plain
        mapping.school = .init(by: .stateNumber, column: .init(column: "school"), digits: 9)
        let world = try await FeedWorld()
        try await world.register(
            mapping,
            numbers: ["101912001": School.oak.id, "001912001": School.oak.id]
        )
        let report = try await world.check(
            "id,given,surname,born,school\n1,Luz,Prueba,2011-03-09,\(text)\n"
        )
        #expect(report.refusals.isEmpty)
    }

    @Test
    func `codes, constants and empty values are read as the mapping says`() async throws {
        var mapping = FeedMapping.plain
        mapping.columns[.grade] = .init(column: "grade", codes: "grades")
        mapping.columns[.protected] = .init(column: "hidden", codes: "flags")
        mapping.columns[.paternalSurname] = .init(constant: "Prueba")
        mapping.codes = ["grades": ["9": "09", "KN": "KG"], "flags": ["Y": "yes", "N": "no"]]
        mapping.empty = ["NULL"]
        let world = try await FeedWorld(mapping: mapping)
        let report = try await world.apply(
            """
            id,given,born,school,grade,hidden
            1,Ana,2011-03-09,480000100001,9,N
            2,Eva,2011-03-09,480000100001,NULL,Y
            3,Luz,2011-03-09,480000100001,14,
            4,Sol,2011-03-09,480000100001,KN,?

            """
        )
        let entries = try await world.entries
        #expect(entries.map(\.name.full) == ["Ana Prueba", "Eva Prueba"])
        #expect(entries.map(\.grade) == [.ninth, nil])
        #expect(entries.map(\.isProtected) == [false, true])
        #expect(
            report.refusals == [
                RefusedRow(row: 4, column: "grade", reason: .notInCodeList),
                RefusedRow(row: 5, column: "hidden", reason: .notInCodeList),
            ]
        )
    }

    @Test
    func `a file without a header names its columns by number`() async throws {
        let mapping = FeedMapping(
            title: "Numbered",
            separator: .pipe,
            header: false,
            key: ["1"],
            columns: [
                .given: .init(column: "2"), .paternalSurname: .init(column: "3"),
                .birthDate: .init(column: "4"),
            ],
            school: .init(by: .ncesID, column: .init(column: "5"))
        )
        let world = try await FeedWorld(mapping: mapping)
        try await world.apply("1|Ana|Prueba|2011-03-09|480000100001")
        #expect(try await world.names == ["Ana Prueba"])
    }

    @Test
    func `everything that is wrong with a mapping is said at once`() async throws {
        var mapping = FeedMapping.plain
        mapping.key = []
        mapping.columns = [.grade: .init(column: "g", constant: "9", codes: "none")]
        mapping.dates = ["yyyy", "MM/dd/yyyy"]
        mapping.withdrawAtMostPercent = 101
        mapping.refuseAtMostPercent = .max
        mapping.trailer = .init(marker: "END", countColumn: .min)
        mapping.school.digits = .max
        mapping.title = String(repeating: "T", count: 201)
        mapping.school.by = .stateNumber
        let world = try await FeedWorld()
        await #expect(
            throws: FeedFailure.mappingUnusable([
                .keyMissing, .fieldMissing(.given), .fieldMissing(.paternalSurname),
                .fieldMissing(.birthDate), .columnAmbiguous(.grade), .codeListUnknown("none"),
                .datePatternUnknown("yyyy"), .percentOutOfRange, .refusePercentOutOfRange,
                .countColumnOutOfRange, .digitsOutOfRange, .titleTooLong, .schoolNumbersMissing,
            ])
        ) { try await world.register(mapping) }
        await #expect(throws: FeedFailure.nameUnusable) {
            try await world.desk.registerSourceSystem(
                named: "Texas!",
                owner: .gateway,
                mapping: .plain,
                by: .operator
            )
        }
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `no bytes break it, and what is refused changes nothing`(seed: UInt64) async throws {
        let world = try await FeedWorld()
        try await world.apply(plainFile([(1, "Ana"), (2, "Eva")]))
        var random = SeededGenerator(seed: seed)
        var bytes = Array(plainFile([(1, "Ana"), (2, "Eva"), (3, "Sol")]).utf8)
        for _ in 0..<3 {
            let place = Int(random.next() % UInt64(bytes.count))
            bytes[place] = UInt8(truncatingIfNeeded: random.next())
        }
        let before = try await world.entries
        do {
            try await world.apply(bytes)
        } catch {
            #expect(error is FeedFailure)
            #expect(try await world.entries == before)
        }
    }

    @Test func `a number longer than any student's is refused with its row`() async throws {
        var mapping = FeedMapping.plain
        mapping.columns[.stateStudentID] = .init(column: "number")
        let world = try await FeedWorld(mapping: mapping)
        // Two bytes say in the index how long a text is.
        let report = try await world.apply(
            """
            id,given,surname,born,school,number
            1,Luz,Prueba,2011-03-09,480000100001,\(String(repeating: "7", count: 70_000))
            2,Sol,Prueba,2011-03-09,480000100001,7

            """
        )
        #expect(report.refusals.map(\.reason) == [.tooLong])
        #expect(try await world.names == ["Sol Prueba"])
    }

    private func born(_ text: String, by patterns: [String]) async throws -> CivilDate? {
        var mapping = FeedMapping.plain
        mapping.dates = patterns
        let world = try await FeedWorld(mapping: mapping)
        _ = try? await world.apply(
            "id,given,surname,born,school\n1,Luz,Prueba,\(text),480000100001\n"
        )
        return try await world.entries.first?.birthDate
    }
}
