import Operations
import RecordFormats
import StudentRecords
import Vocabulary

/// A plain transcript held against an operator's schema, so that `mochila doctor` finds a wrong one
/// before a school does.
enum TranscriptTrial {
    /// Where the transcript differs.
    static func run(schemaAt path: String) -> Result<[String], CheckTrouble> {
        do {
            let differences = try TranscriptSchema(path: path).differences(in: try transcript())
            return .success(differences.map(\.description))
        } catch let trouble as TranscriptSchema.Trouble {
            return .failure(CheckTrouble("\(path): \(trouble.words)"))
        } catch {
            return .failure(CheckTrouble("\(error)"))
        }
    }

    /// Nobody's: a name, a birth date, a finished course, one in progress and a dose.
    private static func transcript() throws -> String {
        let school = SchoolPlace(school: SchoolID("000000000000"), name: "A school")
        let day = CivilDate(dayNumber: 14_610)
        let source = RecordSource(school: school.school, name: school.name, date: day)
        let entries = [
            RecordEntry(
                .identity,
                from: source,
                [
                    .firstName: .value(.text("A")), .paternalSurname: .value(.text("Student")),
                    .birthDate: .value(.date(day)),
                ]
            ),
            RecordEntry(
                .course,
                from: source,
                standard: "02052",
                [
                    .courseTitle: .value(.text("Algebra I")), .finalGrade: .value(.text("A")),
                    .creditsGranted: .value(.amount(Hundredths(50))),
                ]
            ),
            RecordEntry(.course, from: source, [.courseTitle: .value(.text("Chemistry"))]),
            RecordEntry(
                .immunization,
                from: source,
                standard: "03",
                [
                    .immunizationDate: .value(.date(day)),
                    .immunizationType: .value(.text("MMR")),
                ]
            ),
        ]
        return try PESCWriter.write(
            StudentRecord(entries),
            from: school,
            to: school,
            documentID: "doctor",
            on: day
        )
    }
}

extension TranscriptSchema.Trouble {
    /// For whoever runs the gateway.
    var words: String {
        switch self {
        case .unreadable(let words) where words.isEmpty: "no schema"
        case .unreadable(let words): words.prefix(3).joined(separator: "; ")
        case .notXML: "the transcript is no XML"
        case .noMemory: "there was no memory for it"
        }
    }
}
