import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Asking, its first and third page: the student, and what the records are for.
extension StaffRoom {
    func startDraft(_ visit: StaffVisit) async throws -> Response {
        let school = visit.visit.form["school"].flatMap { SchoolID($0) }
        let draft = try await desk.startDraft(for: school, by: visit.actor)
        return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
    }

    func draft(_ visit: StaffVisit) async throws -> RequestDraft {
        try await desk.draft(try visit.visit.identifier("draft"), by: visit.actor)
    }

    // MARK: Student

    func studentPage(_ visit: StaffVisit) async throws -> Response {
        let draft = try await draft(visit)
        return frame.page(studentPage(draft, Form(draft.typedStudent)), visit, door: .requests)
    }

    func saveStudent(_ visit: StaffVisit) async throws -> Response {
        var draft = try await draft(visit)
        let form = visit.visit.form
        draft.given = form[.given]
        draft.middle = form[.middle]
        draft.paternalSurname = form[.paternalSurname]
        draft.maternalSurname = form[.maternalSurname]
        draft.birthMonth = form[.birthMonth]
        draft.birthDay = form[.birthDay]
        draft.birthYear = form[.birthYear]
        draft.grade = form[.grade]
        draft.stateStudentID = form[.stateStudentID]
        draft.recordNumber = form[.recordNumber]
        draft.purpose = LookupPurpose(rawValue: form[.purpose])
        draft.duplicateReason = ""
        draft.shorten()
        try await desk.save(draft, by: visit.actor)
        do {
            _ = try draft.lookup(today: try await desk.today(at: draft.requester))
        } catch let malformed as RequestDraft.Malformed {
            let problems = malformed.problems.map(\.fieldProblem)
            let page = studentPage(draft, Form(draft.typedStudent, problems: problems))
            return frame.page(page, visit, door: .requests, status: .unprocessableContent)
        }
        return .seeOther(StaffRoute.draftPlace.path(draft.id.description))
    }

    private func studentPage(_ draft: RequestDraft, _ form: Form) -> StudentPage {
        StudentPage(
            draft: draft.id.description,
            form: form,
            grades: Choice.list(
                Grade.allCases,
                chosen: Grade(rawValue: draft.grade).map { [$0] } ?? []
            ),
            purposes: Choice.list(
                LookupPurpose.allCases,
                chosen: draft.purpose.map { [$0] } ?? []
            )
        )
    }

    // MARK: Purpose

    func purposePage(_ visit: StaffVisit) async throws -> Response {
        let draft = try await draft(visit)
        return frame.page(purposePage(draft, problems: []), visit, door: .requests)
    }

    func savePurpose(_ visit: StaffVisit) async throws -> Response {
        var draft = try await draft(visit)
        let form = visit.visit.form
        draft.uses = form.all(FieldName.uses.rawValue).compactMap(RecordUse.init(rawValue:))
        draft.urgentGrounds = form.all(FieldName.urgentGrounds.rawValue)
            .compactMap(UrgentGround.init(rawValue:))
        draft.startMonth = form[.startMonth]
        draft.startDay = form[.startDay]
        draft.startYear = form[.startYear]
        draft.message = form[.message]
        draft.family = TypedFamily(form)
        draft.shorten()
        try await desk.save(draft, by: visit.actor)
        let problems = draft.purposeProblems
        guard problems.isEmpty else {
            let page = purposePage(draft, problems: problems)
            return frame.page(page, visit, door: .requests, status: .unprocessableContent)
        }
        return .seeOther(StaffRoute.draftCheck.path(draft.id.description))
    }

    private func purposePage(_ draft: RequestDraft, problems: [FieldProblem]) -> PurposePage {
        let values: [FieldName: String] = [
            .startMonth: draft.startMonth, .startDay: draft.startDay,
            .startYear: draft.startYear, .message: draft.message,
            .familyEmail: draft.family?.email ?? "",
        ]
        return PurposePage(
            draft: draft.id.description,
            studentName: draft.studentName,
            uses: RecordUse.allCases.map { use in
                UseChoice(
                    use: use,
                    letter: use.rawValue,
                    parts: use.parts,
                    isChosen: draft.uses.contains(use)
                )
            },
            grounds: Choice.list(UrgentGround.allCases, chosen: draft.urgentGrounds),
            messageLimit: RequestDraft.longestMessage,
            family: FamilyFields(draft.family),
            form: Form(values, problems: problems)
        )
    }
}

extension RequestDraft {
    /// What is wrong on the page of the purpose, all at once.
    fileprivate var purposeProblems: [FieldProblem] {
        var problems: [FieldProblem] = []
        do {
            _ = try startDate()
        } catch {
            problems += error.problems.map(\.fieldProblem)
        }
        do {
            _ = try typedFamily?.parsed()
        } catch {
            problems += error.problems.map(\.fieldProblem)
        }
        return problems
    }

    fileprivate var typedStudent: [FieldName: String] {
        [
            .given: given, .middle: middle, .paternalSurname: paternalSurname,
            .maternalSurname: maternalSurname, .birthMonth: birthMonth, .birthDay: birthDay,
            .birthYear: birthYear, .grade: grade, .stateStudentID: stateStudentID,
            .recordNumber: recordNumber ?? "",
        ]
    }

    var studentName: String {
        [given, middle, paternalSurname, maternalSurname].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// Keeps what was typed, but no more than a form can show: whatever is longer is refused with
    /// its problem and cut here, so that a draft cannot fill the store.
    mutating func shorten() {
        let longest = 4_000
        for field in [
            \Self.given, \.middle, \.paternalSurname, \.maternalSurname, \.birthMonth, \.birthDay,
            \.birthYear, \.grade, \.stateStudentID, \.startMonth, \.startDay, \.startYear,
            \.message, \.duplicateReason,
        ] where self[keyPath: field].utf8.count > longest {
            self[keyPath: field] = String(self[keyPath: field].prefix(longest / 4))
        }
        statedPlace = statedPlace.map { String($0.prefix(Self.longestStatement)) }
        recordNumber = recordNumber.map { String($0.prefix(40)) }
    }
}
