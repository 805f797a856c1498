import Casework
import Hummingbird
import RecordExchange
import RecordLocator
import Rendering
import StudentRecords
import Vocabulary

/// The four pages of asking: student, place, purpose, check.
extension StaffRoom {
    func startDraft(_ visit: StaffVisit) async throws -> Response {
        let school = visit.visit.form["school"].flatMap { SchoolID($0) }
        let draft = try await desk.startDraft(for: school, by: visit.actor)
        return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
    }

    private func draft(_ visit: StaffVisit) async throws -> RequestDraft {
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
        draft.duplicateReason = ""
        draft.shorten()
        try await desk.save(draft, by: visit.actor)
        do {
            _ = try draft.student(today: try await desk.today(at: draft.requester))
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
            )
        )
    }

    // MARK: Place

    func placePage(_ visit: StaffVisit, problems: [FieldProblem] = []) async throws -> Response {
        let draft = try await draft(visit)
        let located: LocatedStudents
        do {
            located = try await desk.locate(draft.id, by: visit.actor)
        } catch is RequestDraft.Malformed {
            return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
        }
        var chosen: School?
        if case .school(let id) = draft.place { chosen = try await desk.school(id) }
        let outlook: LocatorOutlook =
            located.people.isEmpty
            ? .nobody : located.people.count == 1 ? .onePerson : .severalPeople
        let page = PlacePage(
            draft: draft.id.description,
            studentName: draft.studentName,
            outlook: outlook,
            people: located.people.enumerated().map { person($1, position: $0, chosen: chosen) },
            search: schools.search(visit.visit, chosen: chosen?.id),
            chosen: draft.place.map(\.text) ?? "",
            chosenName: chosen.map { "\($0.name), \(schools.place($0))" } ?? "",
            form: Form([:], problems: problems)
        )
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
        return frame.page(page, visit, door: .requests, status: status)
    }

    private func person(
        _ located: LocatedStudent,
        position: Int,
        chosen: School?
    ) -> PersonMatch {
        PersonMatch(
            id: String(position + 1),
            name: located.person.name.full,
            birthDate: located.person.birthDate,
            certainty: Certainty(located.person.grade),
            reasons: located.person.reasons.compactMap(Rendering.MatchReason.init),
            schools: located.schools.map { place in
                EnrollmentMatch(
                    schoolID: place.school.id.description,
                    name: place.school.name,
                    place: schools.place(place.school),
                    from: place.match.entry.from,
                    until: place.match.entry.to,
                    grade: place.match.entry.grade,
                    isChosen: place.school.id == chosen?.id
                )
            }
        )
    }

    func savePlace(_ visit: StaffVisit) async throws -> Response {
        var draft = try await draft(visit)
        let typed = visit.visit.form[.place]
        switch typed {
        case "unknown": draft.place = .unknown
        case "outside": draft.place = .outsideUnitedStates
        case "":
            return try await placePage(visit, problems: [FieldProblem(.place, .placeMissing)])
        default:
            guard let id = SchoolID(typed), try await desk.school(id) != nil,
                id != draft.requester
            else {
                return try await placePage(visit, problems: [FieldProblem(.place, .schoolUnknown)])
            }
            draft.place = .school(id)
        }
        if let grade = Grade(rawValue: draft.grade), grade.isSecondary, draft.uses == [.enrollment] {
            // A secondary student is placed in courses and counts credits (the report's Principle 2).
            draft.uses = RecordUse.allCases
        }
        try await desk.save(draft, by: visit.actor)
        return .seeOther(StaffRoute.draftPurpose.path(draft.id.description))
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
        draft.shorten()
        try await desk.save(draft, by: visit.actor)
        do {
            _ = try draft.startDate()
        } catch {
            let malformed: RequestDraft.Malformed = error
            let page = purposePage(draft, problems: malformed.problems.map(\.fieldProblem))
            return frame.page(page, visit, door: .requests, status: .unprocessableContent)
        }
        return .seeOther(StaffRoute.draftCheck.path(draft.id.description))
    }

    private func purposePage(_ draft: RequestDraft, problems: [FieldProblem]) -> PurposePage {
        let values: [FieldName: String] = [
            .startMonth: draft.startMonth, .startDay: draft.startDay,
            .startYear: draft.startYear, .message: draft.message,
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
            form: Form(values, problems: problems)
        )
    }

    // MARK: Check

    func checkPage(_ visit: StaffVisit) async throws -> Response {
        let draft = try await draft(visit)
        let student: StudentIdentity
        let start: CivilDate?
        do {
            student = try draft.student(today: try await desk.today(at: draft.requester))
            start = try draft.startDate()
        } catch is RequestDraft.Malformed {
            return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
        }
        let uses = RecordUse.allCases.filter { use in draft.uses.contains { use <= $0 } }
        var expectation: Expectation
        var prospect: Prospect?
        switch draft.place {
        case .school(let id):
            let found = try await desk.prospect(of: id)
            prospect = found
            expectation =
                if found.school.custodian != nil {
                    .closedForGood
                } else if let day = found.reopens {
                    .closed(until: day)
                } else if found.parties.allSatisfy({ !$0.hasContact }) {
                    .noContact
                } else {
                    .workingDays(
                        remindAfter: found.policy.remindAfter,
                        stateAfter: found.policy.stateAfter
                    )
                }
        case .unknown:
            let state = try await desk.school(draft.requester)?.state
            expectation = .stateLooks(state: state.map(schools.stateName) ?? "")
        case .outsideUnitedStates: expectation = .outside
        case nil: return .seeOther(StaffRoute.draftPlace.path(draft.id.description))
        }
        let page = CheckPage(
            draft: draft.id.description,
            student: StudentSummary(
                name: student.name.full,
                birthDate: student.birthDate,
                grade: student.grade,
                number: student.stateStudentID ?? ""
            ),
            place: draft.place?.kind ?? .unknown,
            school: prospect.map { "\($0.school.name), \(schools.place($0.school))" } ?? "",
            asked: prospect?.parties.map { party in
                AskedParty(
                    role: party.role,
                    organization: party.organization,
                    hasContact: party.hasContact
                )
            } ?? [],
            expectation: expectation,
            uses: uses,
            parts: uses.last?.parts ?? [],
            grounds: draft.urgentGrounds,
            startDate: start,
            message: draft.message,
            statute: prospect?.policy.citation ?? "",
            isStatuteVerified: prospect?.policy.isVerified ?? false
        )
        return frame.page(page, visit, door: .requests)
    }

    func send(_ visit: StaffVisit) async throws -> Response {
        var draft = try await draft(visit)
        if visit.visit.form.has(FieldName.duplicateReason.rawValue) {
            draft.duplicateReason = visit.visit.form[.duplicateReason]
            draft.shorten()
            try await desk.save(draft, by: visit.actor)
        }
        do {
            switch try await desk.fileRequest(draft.id, by: visit.actor) {
            case .filed(let request):
                return .seeOther(StaffRoute.requestSent.path(request.number.description))
            case .duplicate(let twin, let filedBy):
                return try await duplicate(of: twin, filedBy: filedBy, draft, visit)
            }
        } catch is RequestDraft.Malformed {
            return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
        }
    }

    private func duplicate(
        of twin: RecordRequest,
        filedBy: String,
        _ draft: RequestDraft,
        _ visit: StaffVisit
    ) async throws -> Response {
        let story = try await desk.story(of: twin.number, by: visit.actor)
        let wasTold = visit.visit.form.has(FieldName.duplicateReason.rawValue)
        let page = DuplicatePage(
            draft: draft.id.description,
            studentName: draft.studentName,
            number: twin.number,
            filedBy: filedBy,
            filedOn: twin.filedOn,
            holder: story.currentSchool?.name ?? "",
            status: story.state.word,
            form: Form(
                [:],
                problems: wasTold
                    ? [FieldProblem(.duplicateReason, .duplicateReasonMissing)] : []
            )
        )
        return frame.page(page, visit, door: .requests, status: .conflict)
    }

    func join(_ visit: StaffVisit) async throws -> Response {
        let draft = try await draft(visit)
        guard let number = try? RequestNumber(parsing: visit.visit.form[.number]) else {
            throw GatewayFailure.malformed
        }
        try await desk.joinRequest(number, by: visit.actor)
        try await desk.discardDraft(draft.id, by: visit.actor)
        return seeOther(.tracker, number.description, done: .joined)
    }

    func discard(_ visit: StaffVisit) async throws -> Response {
        try await desk.discardDraft(try visit.visit.identifier("draft"), by: visit.actor)
        return seeOther(.requests, done: .draftDiscarded)
    }

    func sent(_ visit: StaffVisit) async throws -> Response {
        let story = try await desk.story(of: try number(visit), by: visit.actor)
        let page = SentPage(
            number: story.request.number,
            studentName: story.request.student.name.full,
            holder: story.currentSchool?.name ?? "",
            next: next(story)
        )
        return frame.page(page, visit, door: .requests)
    }
}

extension RequestDraft {
    fileprivate var typedStudent: [FieldName: String] {
        [
            .given: given, .middle: middle, .paternalSurname: paternalSurname,
            .maternalSurname: maternalSurname, .birthMonth: birthMonth, .birthDay: birthDay,
            .birthYear: birthYear, .grade: grade, .stateStudentID: stateStudentID,
        ]
    }

    fileprivate var studentName: String {
        [given, middle, paternalSurname, maternalSurname].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// Keeps what was typed, but no more than a form can show: whatever is longer is refused with
    /// its problem and cut here, so that a draft cannot fill the store.
    fileprivate mutating func shorten() {
        let longest = 4_000
        for field in [
            \Self.given, \.middle, \.paternalSurname, \.maternalSurname, \.birthMonth, \.birthDay,
            \.birthYear, \.grade, \.stateStudentID, \.startMonth, \.startDay, \.startYear,
            \.message, \.duplicateReason,
        ] where self[keyPath: field].utf8.count > longest {
            self[keyPath: field] = String(self[keyPath: field].prefix(longest / 4))
        }
    }
}

extension RequestDraft.Place {
    fileprivate var text: String {
        switch self {
        case .school(let id): id.description
        case .unknown: "unknown"
        case .outsideUnitedStates: "outside"
        }
    }

    fileprivate var kind: PlaceKind {
        switch self {
        case .school: .school
        case .unknown: .unknown
        case .outsideUnitedStates: .outside
        }
    }
}

extension Certainty {
    fileprivate init(_ grade: MatchGrade) {
        switch grade {
        case .certain: self = .certain
        case .probable: self = .likely
        case .possible: self = .possible
        }
    }
}

extension Rendering.MatchReason {
    /// What speaks for a match; what speaks against it is not shown, since it would tell another
    /// child's data.
    fileprivate init?(_ reason: RecordLocator.MatchReason) {
        switch reason {
        case .sameStateStudentID: self = .sameStateNumber
        case .sameBirthDate: self = .sameBirthDate
        case .birthDateDayMonthExchanged: self = .dayAndMonthSwapped
        case .birthDateOneDigitOff: self = .similarBirthDate
        case .sameGivenName: self = .sameName
        case .nickname: self = .nickname
        case .similarGivenName, .givenNameInitial, .middleNameUsed: self = .similarName
        case .sameSurnames: self = .sameSurnames
        case .surnamesExchanged: self = .surnamesSwapped
        case .oneSurname: self = .oneSurnameOnly
        case .similarSurname: self = .similarName
        case .birthDateDiffers, .givenNameDiffers, .secondGivenNameDiffers,
            .givenNameAndSurnameExchanged, .oneSurnameDiffers, .surnamesDiffer:
            return nil
        }
    }
}
