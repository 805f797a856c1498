import RecordLocator
import SeededNumbers
package import Vocabulary

/// A made-up student whom a visitor of the demonstration can type in, and what will happen.
package struct DemoShowcase: Hashable, Sendable {
    package let title: String
    package let student: PersonName
    package let birthDate: CivilDate
    /// What to do with this student, and what it shows.
    package let tryThis: String

    private let enrollments: [Enrollment]

    private struct Enrollment: Hashable, Sendable {
        let school: SchoolID
        let from: String
        let to: String?
        let grade: Grade
        /// As this school wrote the name, where it differs.
        let writtenAs: PersonName?
        let isProtected: Bool
    }

    static let all: [Self] = [
        plain, moved, exchanged, lookalike, otherLookalike, twin, summer, closed, island, unknown,
        hidden,
    ].compactMap { $0 }

    static func entries(generator: inout SeededGenerator) -> [LocatorEntry] {
        var entries: [LocatorEntry] = []
        for showcase in all {
            for enrollment in showcase.enrollments {
                guard let from = CivilDate(iso8601: enrollment.from) else { continue }
                entries.append(
                    LocatorEntry(
                        id: LocatorEntry.ID(rawValue: generator.identifierBits()),
                        name: enrollment.writtenAs ?? showcase.student,
                        birthDate: showcase.birthDate,
                        school: enrollment.school,
                        from: from,
                        to: enrollment.to.flatMap { CivilDate(iso8601: $0) },
                        grade: enrollment.grade,
                        provenance: LocatorEntry.Provenance(
                            source: "demonstration",
                            receivedOn: from.advanced(by: 7)
                        ),
                        isProtected: enrollment.isProtected
                    )
                )
            }
        }
        return entries
    }

    private init?(
        _ title: String,
        _ names: (given: String, middle: String, paternal: String, maternal: String),
        born: String,
        tryThis: String,
        enrollments: [Enrollment?]
    ) {
        guard let student = Self.name(names), let birthDate = CivilDate(iso8601: born) else {
            return nil
        }
        self.title = title
        self.student = student
        self.birthDate = birthDate
        self.tryThis = tryThis
        self.enrollments = enrollments.compactMap { $0 }
    }

    private static func name(
        _ names: (given: String, middle: String, paternal: String, maternal: String)
    ) -> PersonName? {
        try? PersonName(
            given: names.given,
            middle: names.middle,
            paternalSurname: names.paternal,
            maternalSurname: names.maternal
        )
    }

    private static func at(
        _ school: String,
        _ from: String,
        _ to: String?,
        _ grade: Grade,
        writtenAs name: PersonName? = nil,
        isProtected: Bool = false
    ) -> Enrollment? {
        SchoolID(school).map { school in
            Enrollment(
                school: school,
                from: from,
                to: to,
                grade: grade,
                writtenAs: name,
                isProtected: isProtected
            )
        }
    }
}

extension DemoShowcase {
    private static let plain = Self(
        "The main path",
        ("Marisol", "", "Reyes", "Ortega"),
        born: "2010-03-27",
        tryThis: """
            Ask for her as Rosa Delgado. Weslaco East High School is found for certain; Ana Treviño \
            gets the mail.
            """,
        enrollments: [
            at("484496008851", "2024-08-19", "2026-05-08", .tenth),
            at("484496001568", "2023-10-02", "2024-05-24", .eighth),
        ]
    )

    private static let moved = Self(
        "Moved on",
        ("José", "Luis", "Escamilla", "Muñoz"),
        born: "2009-09-14",
        tryThis: """
            The latest school is Immokalee High School. Its clerk can answer that the student moved \
            on, and name Crescent City High School.
            """,
        enrollments: [
            at("120033000355", "2025-10-06", "2026-04-17", .tenth),
            at(
                "484496008851",
                "2024-08-19",
                "2025-03-28",
                .ninth,
                writtenAs: name(("JOSE", "L", "ESCAMILLA", ""))
            ),
        ]
    )

    private static let exchanged = Self(
        "Day and month exchanged",
        ("Xóchitl", "", "Bautista", "Tecuapa"),
        born: "2011-04-07",
        tryThis: """
            Type July 4, 2011: she is found, but only as probable, and the page says why. With \
            April 7 she is certain.
            """,
        enrollments: [at("484496008851", "2025-08-18", "2026-05-01", .ninth)]
    )

    private static let lookalike = Self(
        "Two students look alike",
        ("Juan", "Carlos", "García", "López"),
        born: "2010-11-02",
        tryThis: """
            Type Juan García López, November 2, 2010, without a middle name: two students fit, and \
            nobody is asked before you choose.
            """,
        enrollments: [at("484496008851", "2025-08-18", "2026-04-24", .ninth)]
    )

    private static let otherLookalike = Self(
        "Two students look alike: the other",
        ("Juan", "Manuel", "García", "López"),
        born: "2010-11-02",
        tryThis: "See the one before.",
        enrollments: [at("120033000355", "2025-09-08", "2026-05-01", .ninth)]
    )

    private static let twin = Self(
        "A twin who is not there",
        ("Alondra", "", "Cisneros", "Villarreal"),
        born: "2012-06-30",
        tryThis: """
            Type her twin sister, Abigail Cisneros Villarreal, June 30, 2012: no record is known, \
            and Alondra is not named.
            """,
        enrollments: [at("484496008852", "2024-08-19", "2026-05-08", .eighth)]
    )

    private static let summer = Self(
        "Summer",
        ("Emiliano", "", "Cantú", "Salinas"),
        born: "2009-01-19",
        tryThis: """
            Ask for him after moving the clock to July: Weslaco is closed, so its summer contact, \
            the migrant education project and the district are asked at once.
            """,
        enrollments: [at("484496008851", "2023-08-21", "2026-05-22", .eleventh)]
    )

    private static let closed = Self(
        "A school closed for good",
        ("Citlali", "", "Ramírez", "de la Cruz"),
        born: "2009-12-12",
        tryThis: """
            Her school in Crescent City, Florida, is closed for good; the office that keeps its \
            records is asked.
            """,
        enrollments: [at("120162001808", "2021-08-16", "2022-05-20", .sixth)]
    )

    private static let island = Self(
        "A holder who reads Spanish",
        ("Yadiel", "", "Colón", "Figueroa"),
        born: "2012-02-08",
        tryThis: "His school in Puerto Rico gets its mail in Spanish.",
        enrollments: [at("720003001155", "2024-08-12", "2025-05-23", .seventh)]
    )

    private static let hidden = Self(
        "A protected student",
        ("Renata", "", "Olivares", "Tapia"),
        born: "2010-05-05",
        tryThis: "A school has records of her under a court order; nobody who asks can tell.",
        enrollments: [
            at("484496008851", "2025-08-18", nil, .tenth, isProtected: true)
        ]
    )

    private static let unknown = Self(
        "Nobody knows where",
        ("Itzel", "Guadalupe", "Equihua", "Zaragoza"),
        born: "2013-08-21",
        tryThis: """
            No school has reported her. Search the directory, or answer "I don't know": the state \
            contact gets the task.
            """,
        enrollments: []
    )
}
