import StudentRecords
import Vocabulary

/// The courses of a transcript by the year in which they were taken.
extension PESCWriter.Writer {
    private struct Session: Hashable {
        let year: String
        /// The code of element 66, where it was sent.
        let term: String?
    }

    /// Each under the session of its year and term; those without a year stand after them, since
    /// the format has no session without one.
    mutating func courses() {
        // That there is none on file, or that all of it is withheld, is no course.
        let known = record.entries(of: .course).filter { course in
            course.entries.flatMap(\.answers.values).contains { $0.value != nil }
        }
        var sessions: [Session: [MergedEntry]] = [:]
        var loose: [MergedEntry] = []
        for course in known {
            if let year = course.text(.courseYear) {
                let session = Session(year: year, term: course.text(.termType))
                sessions[session, default: []].append(course)
            } else {
                loose.append(course)
            }
        }
        let inOrder = sessions.sorted {
            ($0.key.year, $0.key.term ?? "") < ($1.key.year, $1.key.term ?? "")
        }
        for (session, courses) in inOrder {
            xml.open("AcademicSession")
            detail(session)
            for course in courses { self.course(course) }
            xml.close("AcademicSession")
        }
        for course in loose { self.course(course) }
    }

    /// The format names a session by its month, and a record knows the year alone.
    private mutating func detail(_ session: Session) {
        xml.open("AcademicSessionDetail")
        xml.leaf("SessionDesignator", "\(session.year)-01")
        xml.leaf("SessionName", session.year)
        xml.leaf(
            "SessionType",
            session.term.flatMap { code in PESCCourse.terms.first { $0.value == code }?.key }
        )
        xml.leaf("NoteMessage", "Only the year of this session was sent; the month says nothing.")
        xml.close("AcademicSessionDetail")
    }
}
