import Casework
import Hummingbird
import RecordExchange
import RecordLocator
import Rendering
import StudentRecords
import Vocabulary

/// Asking, its second page: where the records are, and why we think so.
extension StaffRoom {
    func placePage(_ visit: StaffVisit, form: Form = .empty) async throws -> Response {
        let draft = try await draft(visit)
        var located: LocatedStudents?
        var spent: LookupsSpent?
        do {
            located = try await desk.locate(draft.id, by: visit.actor)
        } catch is RequestDraft.Malformed {
            return .seeOther(StaffRoute.draftStudent.path(draft.id.description))
        } catch let refusal as LookupsSpent {
            // The page goes on without the locator: the directory and a state contact help too.
            spent = refusal
        }
        let page = try await page(visit, draft, located, spent, form)
        var status: HTTPResponse.Status = form.problems.isEmpty ? .ok : .unprocessableContent
        if spent != nil { status = .tooManyRequests }
        var response = frame.page(page, visit, door: .requests, status: status)
        if let spent {
            let seconds = max(1, desk.time.now().seconds(to: spent.again))
            response.headers[.retryAfter] = String(seconds)
        }
        return response
    }

    private func page(
        _ visit: StaffVisit,
        _ draft: RequestDraft,
        _ located: LocatedStudents?,
        _ spent: LookupsSpent?,
        _ form: Form
    ) async throws -> PlacePage {
        var chosen: School?
        if case .school(let id) = draft.place { chosen = try await desk.school(id) }
        let state = try await desk.school(draft.requester)?.state
        let people = (located?.people ?? []).enumerated().map { index, person in
            match(person, position: index, chosen: chosen)
        }
        let search = try await schools.search(visit.visit, chosen: chosen?.id)
        let isShown =
            people.contains { $0.schools.contains(where: \.isChosen) }
            || search.schools.contains(where: \.isChosen)
        var form = form
        let stated = draft.statedPlace ?? ""
        if form.values[.statedPlace] == nil { form.values[.statedPlace] = stated }
        if form.values[.lastSchool] == nil { form.values[.lastSchool] = draft.lastSchoolTold ?? "" }
        return PlacePage(
            draft: draft.id.description,
            studentName: draft.studentName,
            outlook: outlook(located, spent, in: state),
            people: people,
            keepsBack: located?.keepsBack ?? false,
            statementMisses: !stated.isEmpty && located?.statementFits == false,
            numberMisses: located?.numberFits == false,
            search: search,
            chosen: chosen?.id.description ?? "",
            chosenName: isShown ? "" : chosen.map { "\($0.name), \(schools.place($0))" } ?? "",
            chosenKind: draft.place?.kind,
            form: form
        )
    }

    private func outlook(
        _ located: LocatedStudents?,
        _ spent: LookupsSpent?,
        in state: StateCode?
    ) -> LocatorOutlook {
        if let spent {
            let until = local(spent.again, state ?? Self.capital)
            if case .organization = spent.holder { return .spentTogether(until: until) }
            return .spent(until: until)
        }
        guard let located, let grade = located.grade else { return .nobody }
        if grade == .certain { return .certain }
        if located.people.count > 1 { return .several }
        return grade == .probable ? .probable : .keptBack
    }

    private func match(
        _ person: LocatedStudent,
        position: Int,
        chosen: School?
    ) -> PersonMatch {
        PersonMatch(
            id: String(position + 1),
            name: person.name,
            birthDate: person.birthDate,
            birthYear: person.birthYear,
            certainty: Certainty(person.grade),
            reasons: Self.words(person.reasons.filter { !$0.isDoubt }),
            doubts: Self.words(person.reasons.filter(\.isDoubt)),
            schools: person.places.compactMap { place in
                place.school.map { located in
                    EnrollmentMatch(
                        schoolID: located.school.id.description,
                        name: located.school.name,
                        place: schools.place(located.school),
                        from: place.from,
                        until: place.until,
                        grade: place.grade,
                        custodian: located.custodian ?? "",
                        isChosen: located.school.id == chosen?.id
                    )
                }
            },
            kept: person.places.filter { $0.school == nil }.map { place in
                KeptMatch(
                    state: schools.stateName(place.state),
                    grade: place.grade,
                    untilYear: place.until?.year
                )
            }
        )
    }

    /// Each once: two surnames may be similar for two reasons.
    static func words(_ reasons: [RecordLocator.MatchReason]) -> [Rendering.MatchReason] {
        var words: [Rendering.MatchReason] = []
        for reason in reasons.map(Rendering.MatchReason.init) where !words.contains(reason) {
            words.append(reason)
        }
        return words
    }

    /// What the family says of the last school, where schools are kept back.
    func saveStatedPlace(_ visit: StaffVisit) async throws -> Response {
        var draft = try await draft(visit)
        let typed = visit.visit.form[.statedPlace]
        guard typed.utf8.contains(where: { $0 > 32 }) else {
            let problem = FieldProblem(.statedPlace, .statedPlaceMissing)
            return try await placePage(visit, form: Form([:], problems: [problem]))
        }
        guard typed.utf8.count <= RequestDraft.longestStatement else {
            let limit = RequestDraft.longestStatement
            let problem = FieldProblem(.statedPlace, .tooLong(limit: limit))
            return try await placePage(
                visit,
                form: Form([.statedPlace: typed], problems: [problem])
            )
        }
        draft.statedPlace = typed
        try await desk.save(draft, by: visit.actor)
        return .seeOther(StaffRoute.draftPlace.path(draft.id.description))
    }

    func savePlace(_ visit: StaffVisit) async throws -> Response {
        var draft = try await draft(visit)
        let typed = visit.visit.form[.place]
        let told = visit.visit.form[.lastSchool]
        let limit = RequestDraft.longestStatement
        guard told.utf8.count <= limit else {
            let problem = FieldProblem(.lastSchool, .tooLong(limit: limit))
            return try await placePage(visit, form: Form([.lastSchool: told], problems: [problem]))
        }
        draft.lastSchoolTold = told
        switch typed {
        case "unknown": draft.place = .unknown
        case "outside": draft.place = .outsideUnitedStates
        case "":
            return try await placePage(visit, form: refused(.placeMissing, told))
        default:
            guard let id = SchoolID(typed), try await desk.school(id) != nil,
                id != draft.requester
            else {
                return try await placePage(visit, form: refused(.schoolUnknown, told))
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

    private func refused(_ trouble: FieldTrouble, _ told: String) -> Form {
        Form([.lastSchool: told], problems: [FieldProblem(.place, trouble)])
    }
}

extension Certainty {
    fileprivate init(_ grade: MatchGrade) {
        switch grade {
        case .certain: self = .certain
        case .probable: self = .probable
        case .possible: self = .possible
        }
    }
}

extension RecordLocator.MatchReason {
    /// It speaks against the match.
    ///
    /// Only that a part differs is shown, never what stands on file.
    var isDoubt: Bool {
        switch self {
        case .birthDateDiffers, .givenNameDiffers, .secondGivenNameDiffers, .oneSurnameDiffers,
            .surnamesDiffer,
            .parentsDiffer, .birthPlaceDiffers, .genderDiffers, .otherStateStudentID:
            true
        default: false
        }
    }
}

extension Rendering.MatchReason {
    fileprivate init(_ reason: RecordLocator.MatchReason) {
        switch reason {
        case .sameRecordNumber: self = .sameRecordNumber
        case .sameStateStudentID: self = .sameStateNumber
        case .sameBirthDate: self = .sameBirthDate
        case .birthDateDayMonthExchanged: self = .dayAndMonthSwapped
        case .birthDateOneDigitOff: self = .similarBirthDate
        case .birthDateDiffers: self = .otherBirthDate
        case .sameGivenName: self = .sameName
        case .nickname: self = .nickname
        case .similarGivenName, .givenNameInitial, .middleNameUsed: self = .similarName
        case .givenNameDiffers: self = .otherName
        case .secondGivenNameDiffers: self = .otherSecondName
        case .givenNameAndSurnameExchanged: self = .namesSwapped
        case .sameSurnames: self = .sameSurnames
        case .surnamesExchanged: self = .surnamesSwapped
        case .oneSurname: self = .oneSurnameOnly
        case .similarSurname: self = .similarSurname
        case .oneSurnameDiffers, .surnamesDiffer: self = .otherSurname
        case .sameParents: self = .sameParents
        case .parentsDiffer: self = .otherParents
        case .sameBirthPlace: self = .sameBirthPlace
        case .birthPlaceDiffers: self = .otherBirthPlace
        case .genderDiffers: self = .otherGender
        case .otherStateStudentID: self = .otherStateNumber
        }
    }
}
