package import RecordExchange
package import StudentRecords
package import Vocabulary

/// What a registrar has typed so far; saved on the server at every step, so nothing is lost.
///
/// Holds text as typed: a refused date stays on the page. Stored encrypted.
package struct RequestDraft: Hashable, Sendable, Codable {
    package typealias ID = Identifier<RequestDraft>

    /// Where the registrar thinks the records are.
    package enum Place: Hashable, Sendable, Codable {
        case school(SchoolID)
        case unknown
        case outsideUnitedStates
    }

    /// A look-up that was counted.
    package struct PaidLookup: Hashable, Sendable, Codable {
        /// Of everything that was asked.
        package let question: String
        package let at: Instant
    }

    package let id: ID
    package let owner: StaffID
    package let requester: SchoolID
    package var given = ""
    package var middle = ""
    package var paternalSurname = ""
    package var maternalSurname = ""
    package var birthMonth = ""
    package var birthDay = ""
    package var birthYear = ""
    package var grade = ""
    package var stateStudentID = ""
    package var place: Place?
    package var uses: [RecordUse] = [.enrollment]
    package var urgentGrounds: [UrgentGround] = []
    package var startMonth = ""
    package var startDay = ""
    package var startYear = ""
    package var message = ""
    /// Why it is sent although a similar request is open.
    package var duplicateReason = ""
    /// Why the locator is asked; `nil` until it was said.
    package var purpose: LookupPurpose?
    /// What the family says of the last school, where the locator keeps schools back.
    package var statedPlace: String?
    /// What the family says of a last school that nobody can name or that is abroad.
    package var lastSchoolTold: String?
    /// The last question that the budget paid for, so that reading the same page again is free.
    package var paidLookup: PaidLookup?
    /// Of the family's card, as typed.
    package var recordNumber: String?
    /// Where the family wants to hear that the records came, as typed; `nil` where nothing was.
    package var family: TypedFamily?
    /// The request it asks again for.
    package var reopens: RecordRequest.ID?
    package var changedAt: Instant

    package init(id: ID, owner: StaffID, requester: SchoolID, at instant: Instant) {
        self.id = id
        self.owner = owner
        self.requester = requester
        self.changedAt = instant
    }

    /// What is wrong with what was typed, by field; all at once.
    package enum Problem: Error, Hashable, Sendable {
        case name(PersonName.Problem)
        case birthDateMissing
        case birthDateImpossible
        case birthDateInFuture
        case birthDateTooLongAgo
        case gradeUnknown
        case startDateImpossible
        case placeMissing
        case usesMissing
        case messageTooLong(limit: Int)
        case studentNumberTooLong
        case purposeMissing
        /// A student record number whose check character does not fit.
        case recordNumberMistyped
        case recordNumberMalformed
        case statedPlaceTooLong(limit: Int)
        /// Letters of two alphabets in one word: it looks like a name that it is not.
        case mixedAlphabets(PersonName.Field)
    }

    /// Every problem of a draft together.
    package struct Malformed: Error, Hashable, Sendable {
        package let problems: [Problem]
    }

    /// Longest message to the holder, in UTF-8 bytes.
    package static let longestMessage = 2_000

    /// Longest statement about the last school, in UTF-8 bytes.
    package static let longestStatement = 200

    /// What the locator is asked, with the problems of the name, the day and the purpose at once.
    package func lookup(
        today: CivilDate
    ) throws(Malformed) -> (student: StudentIdentity, purpose: LookupPurpose) {
        var problems: [Problem] = []
        var student: StudentIdentity?
        do { student = try self.student(today: today) } catch { problems += error.problems }
        if purpose == nil { problems.append(.purposeMissing) }
        do { _ = try card() } catch { problems.append(error) }
        guard problems.isEmpty, let student, let purpose else {
            throw Malformed(problems: problems)
        }
        return (student, purpose)
    }

    /// The student as typed, parsed; `today` at the requester's school.
    package func student(today: CivilDate) throws(Malformed) -> StudentIdentity {
        try TypedStudent(
            given: given,
            middle: middle,
            paternalSurname: paternalSurname,
            maternalSurname: maternalSurname,
            born: Self.date(month: birthMonth, day: birthDay, year: birthYear),
            grade: grade,
            stateStudentID: stateStudentID
        ).parsed(today: today)
    }

    /// The number of the family's card; `nil` where none was typed.
    package func card() throws(Problem) -> StudentRecordNumber? {
        let typed = recordNumber ?? ""
        if typed.utf8.allSatisfy({ $0 <= 0x20 }) { return nil }
        do {
            return try StudentRecordNumber(parsing: typed)
        } catch .checkCharacterDiffers {
            throw .recordNumberMistyped
        } catch {
            throw .recordNumberMalformed
        }
    }

    /// The purpose as typed; the start date is optional.
    package func startDate() throws(Malformed) -> CivilDate? {
        var problems: [Problem] = []
        let start = Self.date(month: startMonth, day: startDay, year: startYear)
        switch start {
        case .impossible: problems.append(.startDateImpossible)
        // A limit that is counted from it must end in a year of four digits as well.
        case .day(let day) where day.year > 2200: problems.append(.startDateImpossible)
        case .day, .missing: break
        }
        if uses.isEmpty { problems.append(.usesMissing) }
        if message.utf8.count > Self.longestMessage {
            problems.append(.messageTooLong(limit: Self.longestMessage))
        }
        guard problems.isEmpty else { throw Malformed(problems: problems) }
        if case .day(let day) = start { return day }
        return nil
    }

    /// What was typed about the family's mail; `nil` where nothing was.
    package var typedFamily: TypedFamily? { family.flatMap { $0.isEmpty ? nil : $0 } }

    package enum TypedDate: Hashable, Sendable {
        case missing, impossible, day(CivilDate)
    }

    /// Three boxes as one date.
    package static func date(month: String, day: String, year: String) -> TypedDate {
        let typed = [month, day, year].map { text in
            String(decoding: text.utf8.filter { $0 != 32 }, as: UTF8.self)
        }
        if typed.allSatisfy(\.isEmpty) { return .missing }
        guard typed.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let month = Int(typed[0]), let day = Int(typed[1]), let year = Int(typed[2]),
            typed[2].utf8.count == 4, let date = CivilDate(year: year, month: month, day: day)
        else { return .impossible }
        return .day(date)
    }
}
