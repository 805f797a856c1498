import StudentRecords
import Vocabulary

/// What stands beside names and courses: birth, guardian, the school's address, tests.
extension PESCWriter.Writer {
    /// The one school that the record describes as its sender; its name in the transcript.
    ///
    /// Many schools share a name: one with another number is another school.
    private var described: MergedEntry? {
        let schools = record.entries(of: .school)
        let number = sender.school?.description
        return schools.first { number != nil && $0.text(.schoolCode) == number }
            ?? schools.first { school in
                let other = school.text(.schoolCode).flatMap { SchoolID($0) }
                return school.text(.schoolName)?.folded == sender.name.folded
                    && (other == nil || sender.school == nil)
            }
    }

    mutating func birth(_ identity: MergedEntry) {
        let birth = record.first(.birth)
        let city = birth?.text(.birthCity).flatMap { Self.fitting($0, 2...30) }
        let date = identity.text(.birthDate)
        guard date != nil || city != nil else { return }
        xml.open("Birth")
        xml.leaf("BirthDate", date)
        xml.leaf("BirthCity", city)
        // The same two letters are a state here and another one elsewhere.
        if let country = birth?.text(.birthCountry), Self.ours.contains(country.folded) {
            xml.leaf("BirthState", birth?.text(.birthState).flatMap { StateCode($0) }?.description)
        }
        xml.close("Birth")
    }

    private static let ours: Set<String> = [
        "us", "usa", "united states", "united states of america",
    ]

    /// The format has room for one of them: whom the child lives with, or else a parent.
    mutating func guardian() {
        let parents = record.first(.parents)
        let people: [(MergedEntry?, first: Element, last: Element)] = [
            (record.first(.guardian), .guardianFirstName, .guardianLastName),
            (parents, .parent1FirstName, .parent1LastName),
            (parents, .parent2FirstName, .parent2LastName),
        ]
        for (entry, first, last) in people {
            guard let name = entry?.text(last).flatMap({ Self.fitting($0, 1...35) }) else {
                continue
            }
            xml.open("ParentGuardianName")
            xml.leaf("FirstName", entry?.text(first), atMost: 35)
            xml.leaf("LastName", name)
            xml.close("ParentGuardianName")
            return
        }
    }

    mutating func school() {
        guard let school = described,
            let name = school.text(.schoolName).flatMap({ Self.fitting($0, 1...60) })
        else { return }
        xml.open("School")
        xml.leaf("OrganizationName", name)
        if let code = school.text(.schoolCode).flatMap({ Self.fitting($0, 1...35) }) {
            xml.open("LocalOrganizationID")
            xml.leaf("LocalOrganizationIDCode", code)
            xml.leaf("LocalOrganizationIDQualifier", "ZZ")
            xml.close("LocalOrganizationID")
        }
        contacts(of: school)
        xml.close("School")
    }

    private mutating func contacts(of school: MergedEntry) {
        let lines = [Element.address1, .address2, .address3].compactMap {
            school.text($0).flatMap { Self.fitting($0, 1...40) }
        }
        let phone = school.text(.phone).flatMap(Self.phone)
        // The format takes an address whole or not at all.
        let place = [
            ("City", school.text(.city).flatMap { Self.fitting($0, 2...30) }),
            ("StateProvinceCode", school.text(.state)), ("PostalCode", school.text(.zip)),
        ]
        let hasAddress = !lines.isEmpty && place.allSatisfy { $0.1 != nil }
        guard hasAddress || phone != nil else { return }
        xml.open("Contacts")
        if hasAddress {
            xml.open("Address")
            for line in lines { xml.leaf("AddressLine", line) }
            for (tag, text) in place { xml.leaf(tag, text) }
            xml.close("Address")
        }
        if let phone {
            xml.open("Phone")
            xml.leaf("AreaCityCode", phone.area)
            xml.leaf("PhoneNumber", phone.number)
            xml.close("Phone")
        }
        xml.close("Contacts")
    }

    /// The format asks for codes that a record does not have: `OTHER` says that it is none known.
    mutating func test(_ test: MergedEntry) {
        guard let name = test.text(.assessmentName).flatMap({ Self.fitting($0, 1...60) }),
            let month = test.text(.assessmentDate),
            let result = test.text(.assessmentResult).flatMap({ Self.fitting($0, 1...80) })
        else { return }
        xml.open("Tests")
        xml.leaf("TestCode", "OTHER")
        xml.leaf("TestName", name)
        xml.leaf("TestYearMonth", month)
        xml.open("Subtest")
        xml.leaf("SubtestCode", "OTHER")
        xml.open("TestScores")
        xml.leaf("ScoreValue", result)
        xml.leaf("TestScoreMethod", test.text(.resultType).flatMap { Self.methods[$0] })
        xml.close("TestScores")
        xml.close("Subtest")
        xml.close("Tests")
    }

    private static let methods = ["01": "Adjective", "02": "Percentile", "04": "NormalCurve"]

    /// A number of ten digits as area and rest; any other has no form of its own there.
    private static func phone(_ text: String) -> (area: String, number: String)? {
        var digits = text.utf8.filter { (48...57).contains($0) }
        if digits.count == 11, digits.first == UInt8(ascii: "1") { digits.removeFirst() }
        guard digits.count == 10 else { return nil }
        let all = String(decoding: digits, as: UTF8.self)
        return (String(all.prefix(3)), String(all.dropFirst(3)))
    }

    /// What is left of a text in the format, cut to the longest; nothing where too little is left.
    static func fitting(_ text: String, _ lengths: ClosedRange<Int>) -> String? {
        let kept = XMLText.characters(of: text).prefix(lengths.upperBound)
        guard kept.count >= lengths.lowerBound else { return nil }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: kept)
        return String(view)
    }
}
