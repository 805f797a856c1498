import Casework
import Hummingbird
import RecordExchange
import RecordLocator
import Rendering
import StudentRecords
import Vocabulary

/// Asking, its second page: where the records are, and why we think so.
extension StaffRoom {
    func placePage(_ visit: StaffVisit, problems: [FieldProblem] = []) async throws -> Response {
        let draft = try await draft(visit)
        try await spendLocatorBudget(visit)
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

    /// The locator tells where children are: nobody may ask it without end.
    private func spendLocatorBudget(_ visit: StaffVisit) async throws {
        guard case .wait(let seconds) = locatorBudget.tryOnce("\(visit.actor.id)") else { return }
        try await desk.noteLocatorBudgetSpent(by: visit.actor)
        throw GatewayFailure.tooManyTries(seconds: seconds)
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
        if let grade = Grade(rawValue: draft.grade), grade.isSecondary, draft.uses == [.enrollment]
        {
            // A secondary student is placed in courses and counts credits (the report's Principle 2).
            draft.uses = RecordUse.allCases
        }
        try await desk.save(draft, by: visit.actor)
        return .seeOther(StaffRoute.draftPurpose.path(draft.id.description))
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
