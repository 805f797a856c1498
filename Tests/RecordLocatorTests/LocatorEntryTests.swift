import Foundation
import RecordLocator
import Testing
import Vocabulary

@Suite("Locator entry") struct LocatorEntryTests {
    @Test func `survives being written and read`() throws {
        let name = try Build.name("Xóchitl", "Núñez", "de la O", middle: "María")
        let entries = [
            try Build.entry(1, name, "2010-05-05"),
            try Build.entry(
                2,
                name,
                "2010-05-05",
                from: "2024-08-19",
                to: "2025-05-23",
                stateStudentID: "TX-1",
                isProtected: true
            ),
        ]
        for entry in entries {
            let written = try JSONEncoder().encode(entry)
            #expect(try JSONDecoder().decode(LocatorEntry.self, from: written) == entry)
        }
    }

    @Test func `an entry is found under any of its dates being unknown`() throws {
        let name = try Build.name("Noé", "Equihua", "Galván")
        let entries = [
            try Build.entry(1, name, "2009-06-06", school: 1),
            try Build.entry(2, name, "2009-06-06", school: 2, from: "2024-08-19"),
            try Build.entry(3, name, "2009-06-06", school: 3, to: "2025-01-10"),
            try Build.entry(4, name, "2009-06-06", school: 4, from: "2020-08-19", to: "2025-05-23"),
        ]
        let person = try #require(
            LocatorIndex(entries).search(Build.query(name, "2009-06-06")).people.first
        )
        // Still there; left last; left before; nobody knows.
        #expect(person.matches.map(\.entry.id.rawValue) == [2, 4, 3, 1])
    }

    @Test func `the person's name is the latest school's`() throws {
        let entries = [
            try Build.entry(
                1,
                Build.name("NOE", "EQUIHUA"),
                "2009-06-06",
                school: 1,
                from: "2022-08-19",
                to: "2023-05-23"
            ),
            try Build.entry(
                2,
                Build.name("Noé", "Equihua", "Galván"),
                "2009-06-06",
                school: 2,
                from: "2024-08-19"
            ),
        ]
        let person = try #require(
            LocatorIndex(entries)
                .search(Build.query(Build.name("Noe", "Equihua"), "2009-06-06"))
                .people.first
        )
        #expect(person.name.full == "Noé Equihua Galván")
    }

    @Test func `reasons have stable words`() {
        // Pages and feeds use them as keys: a renamed one loses its sentence.
        #expect(
            MatchReason.allCases.map(\.rawValue) == [
                "sameRecordNumber",
                "sameStateStudentID", "sameBirthDate", "birthDateDayMonthExchanged",
                "birthDateOneDigitOff", "birthDateDiffers", "sameGivenName", "nickname",
                "similarGivenName", "givenNameInitial", "middleNameUsed", "givenNameDiffers",
                "secondGivenNameDiffers", "givenNameAndSurnameExchanged", "sameSurnames",
                "surnamesExchanged", "oneSurname", "oneSurnameDiffers", "similarSurname",
                "surnamesDiffer", "otherStateStudentID", "sameParents", "parentsDiffer",
                "sameBirthPlace", "birthPlaceDiffers", "genderDiffers",
            ]
        )
        #expect(MatchGrade.allCases.map(\.rawValue) == ["possible", "probable", "certain"])
    }
}
