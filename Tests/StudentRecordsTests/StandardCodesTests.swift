import StudentRecords
import Testing

@Suite("Federal code lists") struct StandardCodesTests {
    private static let codes = StandardCodes(
        vaccines: [
            Vaccine(code: "03", name: "MMR", groups: ["MMR"]),
            Vaccine(code: "94", name: "MMRV", groups: ["MMR", "Varicella"]),
            Vaccine(code: "115", name: "Tdap", groups: ["Tdap"]),
            Vaccine(code: "20", name: "DTaP", groups: ["DTaP"]),
        ],
        courses: ["02052": "Algebra I", "03051": "Biology"]
    )

    @Test(arguments: [
        ("03", "03"), ("3", "03"), (" 03 ", "03"), ("mmr", "03"), ("M.M.R", nil), ("MMRV", "94"),
        ("115", "115"), ("tdap", "115"), ("0115", nil), ("DTaP", "20"), ("DTaP booster", nil),
        ("", nil), ("0", nil), ("measles", nil),
    ])
    func `a vaccine is known by its code or by exactly its name`(text: String, code: String?) {
        #expect(Self.codes.vaccine(text)?.code == code)
    }

    @Test func `the first of two vaccines of one name is meant`() {
        let codes = StandardCodes(
            vaccines: [
                Vaccine(code: "01", name: "Same", groups: []),
                Vaccine(code: "02", name: "same", groups: []),
            ],
            courses: [:]
        )
        #expect(codes.vaccine("SAME")?.code == "01")
        #expect(codes.vaccine("2")?.code == "02")
    }

    @Test(arguments: [
        ("02052", "Algebra I"), ("02052G1.0012", "Algebra I"), ("03051", "Biology"), ("0205", nil),
        ("02", nil), ("", nil), ("99999", nil),
    ])
    func `a course is known by its first five digits`(code: String, title: String?) {
        #expect(Self.codes.course(code) == title)
    }

    @Test(arguments: [
        ("02052", true), ("02052G1.0012", true), ("02", true), ("02999", false), ("99999", false),
    ])
    func `a course is on the list, or is no more than a subject area`(code: String, isOn: Bool) {
        #expect(Self.codes.lists(course: code) == isOn)
        #expect(StandardCodes.none.lists(course: code))
    }

    @Test func `where no list is there, every word stays the school's own`() {
        #expect(StandardCodes.none.vaccine("03") == nil)
        #expect(StandardCodes.none.course("02052") == nil)
    }

    @Test func `the form offers each vaccine once`() {
        let offered = StandardCodes.schoolVaccines
        #expect(Set(offered).count == offered.count)
        #expect(offered.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } })
    }
}
