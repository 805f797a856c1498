import StudentRecords
import Testing
import Vocabulary

/// Makes entries without ceremony.
enum Samples {
    static func source(_ name: String, _ date: String = "2026-05-29") throws -> RecordSource {
        RecordSource(name: name, date: try #require(CivilDate(iso8601: date)))
    }

    static func entry(
        _ group: ElementGroup,
        from source: RecordSource,
        standard: String? = nil,
        _ values: [Element: String]
    ) throws -> RecordEntry {
        RecordEntry(
            group,
            from: source,
            standard: standard,
            try values.reduce(into: [:]) { answers, pair in
                answers[pair.key] = .value(try ElementValue.read(pair.value, for: pair.key))
            }
        )
    }

    static func course(
        _ title: String,
        from source: RecordSource,
        standard: String? = nil,
        year: String = "2025",
        credits: String? = nil,
        hours: String? = nil
    ) throws -> RecordEntry {
        var values: [Element: String] = [.courseTitle: title, .courseYear: year]
        values[.creditsGranted] = credits
        values[.clockHours] = hours
        return try entry(.course, from: source, standard: standard, values)
    }

    static let today = CivilDate(year: 2026, month: 6, day: 1)
}
