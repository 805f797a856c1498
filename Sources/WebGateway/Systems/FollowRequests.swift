import Casework
import HTTPTypes
import Hummingbird
import RecordExchange
import StudentRecords
import Vocabulary

/// Filing and following requests.
extension SystemRoom {
    func requests(_ visit: SystemVisit) async throws -> Response {
        let status = visit.query["status"] ?? "open"
        guard status == "open" || status == "closed" else {
            throw SystemProblem(
                .invalid,
                issues: [.init(pointer: "status", detail: "must be one of open, closed")]
            )
        }
        let asked = try pageAsked(visit)
        let page = try await desk.requests(
            by: visit.actor,
            status == "open" ? .open : .closed,
            start: asked.start,
            limit: asked.limit
        )
        return .json(
            SystemView.List(
                items: page.items.map(SystemView.Request.init),
                next: page.after?.description
            )
        )
    }

    func requestView(
        _ number: RequestNumber,
        _ visit: SystemVisit
    ) async throws -> SystemView.Request {
        SystemView.Request(try await desk.request(number, by: visit.actor))
    }

    func fileRequest(_ visit: SystemVisit) async throws -> Response {
        guard let name = HTTPField.Name("Idempotency-Key"),
            let key = visit.request.headers[name], (8...200).contains(key.utf8.count)
        else {
            throw SystemProblem(
                .malformed,
                "Send a header Idempotency-Key of 8 to 200 bytes, new for each request: "
                    + "the same call twice then files one request."
            )
        }
        var draft = try visit.read { reader in try self.draft(&reader, visit) }
        draft.changedAt = desk.time.now()
        do {
            let (outcome, isRepeated) = try await desk.fileRequest(
                draft,
                once: key,
                content: visit.body,
                by: visit.actor
            )
            switch outcome {
            case .filed(let request):
                let view = try await requestView(request.number, visit)
                var response = Response.json(view, status: isRepeated ? .ok : .created)
                response.headers[.location] =
                    SystemRoute.request.path(request.number.description).description
                return response
            case .duplicate(let other, _):
                var problem = SystemProblem(
                    .duplicate,
                    "Follow that request, or file again with a reason in \"evenIfOpen\"."
                )
                problem.request = other.number.description
                throw problem
            }
        } catch let refusal as RequestDraft.Malformed {
            throw SystemProblem(
                .invalid,
                "Nothing was filed.",
                issues: refusal.problems.map(\.issue)
            )
        }
    }

    private func draft(
        _ reader: inout JSONReader,
        _ visit: SystemVisit
    ) throws -> RequestDraft {
        let asking = visit.actor.requestingSchools
        let typed = reader.text("requester")
        let requester = typed.isEmpty ? asking.first : Self.school(typed)
        guard let requester, asking.contains(requester) else {
            throw SystemProblem(
                .invalid,
                "Nothing was filed.",
                issues: [.init(pointer: "/requester", detail: "is no school of this key")]
            )
        }
        var draft = RequestDraft(
            id: desk.secrets.makeIdentifier(),
            owner: visit.actor.id,
            requester: requester,
            at: desk.time.now()
        )
        reader.object("student") { student in
            draft.given = student.text("givenName")
            draft.middle = student.text("middleName")
            draft.paternalSurname = student.text("surname")
            draft.maternalSurname = student.text("secondSurname")
            let born = student.text("birthDate")
            (draft.birthYear, draft.birthMonth, draft.birthDay) = Self.boxes(born)
            draft.grade = student.text("grade")
            draft.stateStudentID = student.text("stateStudentId")
        }
        let holder = reader.text("holder", isRequired: true)
        switch holder {
        case "": break
        case "unknown": draft.place = .unknown
        case "outsideUnitedStates": draft.place = .outsideUnitedStates
        default:
            if let school = Self.school(holder) {
                draft.place = .school(school)
            } else {
                reader.note(
                    "holder",
                    "must be a school's number, unknown or outsideUnitedStates"
                )
            }
        }
        let uses: [RecordUse] = reader.choices("uses")
        if !uses.isEmpty { draft.uses = uses }
        draft.urgentGrounds = reader.choices("urgentGrounds")
        let start = reader.text("startDate")
        (draft.startYear, draft.startMonth, draft.startDay) = Self.boxes(start)
        draft.message = reader.text("message", limit: RequestDraft.longestMessage)
        if reader.has("family") { draft.family = reader.object("family", Self.family) }
        draft.duplicateReason = reader.text("evenIfOpen", limit: RequestDraft.longestMessage)
        return draft
    }

    /// `school:530000000001`, or the number alone.
    static func school(_ text: String) -> SchoolID? {
        if case .school(let school) = OrganizationID(text) { return school }
        return SchoolID(text)
    }

    /// An ISO 8601 date as the three boxes of the form; what is none becomes an impossible date,
    /// which the draft refuses in its own words.
    private static func boxes(_ text: String) -> (year: String, month: String, day: String) {
        guard !text.isEmpty else { return ("", "", "") }
        guard let date = CivilDate(iso8601: text) else { return ("0", "0", "0") }
        return (String(date.year), String(date.month), String(date.day))
    }

    func cancelRequest(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        let (reason, note) = try visit.read { reader in
            let reason = reader.choice("reason", of: ReasonCode.self, isRequired: true)
            if let reason, reason.family != .cancellation {
                reader.note("reason", "must be one of C1, C2, C3, C4, C5")
            }
            return (reason, reader.text("note", limit: RequestDraft.longestMessage))
        }
        guard let reason else { throw SystemProblem(.invalid) }
        try await desk.cancelRequest(number, reason: reason, note: note, by: visit.actor)
        return .json(try await requestView(number, visit))
    }

    func acceptRecords(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        try visit.read { _ in }
        try await desk.acceptRecords(number, by: visit.actor)
        return .json(try await requestView(number, visit))
    }

    func remindHolder(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        try visit.read { _ in }
        // A state contact may remind too, and reads no request here.
        _ = try await requestView(number, visit)
        try await desk.remindHolder(number, by: visit.actor)
        return .json(try await requestView(number, visit))
    }

    func askAnotherSchool(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        let school = try visit.read { reader in
            let typed = reader.text("school", isRequired: true)
            let school = Self.school(typed)
            if school == nil, !typed.isEmpty { reader.note("school", "must be a school's number") }
            return school
        }
        guard let school else { throw SystemProblem(.invalid) }
        _ = try await requestView(number, visit)
        do {
            try await desk.askAnotherSchool(number, school, by: visit.actor)
        } catch CaseworkFailure.schoolUnknown {
            throw SystemProblem(
                .invalid,
                issues: [.init(pointer: "/school", detail: "is no school that is known here")]
            )
        }
        return .json(try await requestView(number, visit))
    }

    func rejectRecords(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        let (bundle, reason, note) = try visit.read { reader in
            let typed = reader.text("bundle", isRequired: true)
            let bundle = RecordBundle.ID(typed)
            if bundle == nil, !typed.isEmpty { reader.note("bundle", "is no bundle's identifier") }
            let reason = reader.choice("reason", of: ReasonCode.self, isRequired: true)
            if let reason, reason.family != .notAcceptable {
                reader.note("reason", "must be one of W1, W2, W3, W4, W5")
            }
            return (bundle, reason, reader.text("note", limit: RequestDraft.longestMessage))
        }
        guard let bundle, let reason else { throw SystemProblem(.invalid) }
        try await desk.rejectRecords(
            number,
            bundle: bundle,
            reason: reason,
            note: note,
            by: visit.actor
        )
        return .json(try await requestView(number, visit))
    }
}

extension RequestDraft.Problem {
    fileprivate var issue: SystemProblem.Issue {
        let (place, detail): (String, String) =
            switch self {
            case .name(.givenMissing): ("/student/givenName", "is missing")
            case .recordNumberMistyped, .recordNumberMalformed:
                ("/student/recordNumber", "is not a student record number")
            case .name(.surnameMissing): ("/student/surname", "is missing")
            case .name(.tooLong(let field)):
                ("/student/\(field.member)", "must have at most \(PersonName.longestField) bytes")
            case .name(.hasControlCharacter(let field)):
                ("/student/\(field.member)", "must have no control characters")
            case .birthDateMissing: ("/student/birthDate", "is missing")
            case .birthDateImpossible:
                ("/student/birthDate", "must be a date such as 2011-03-09")
            case .birthDateInFuture: ("/student/birthDate", "must not lie in the future")
            case .birthDateTooLongAgo: ("/student/birthDate", "lies more than 30 years back")
            case .gradeUnknown:
                (
                    "/student/grade",
                    "must be one of " + Grade.allCases.map(\.rawValue).joined(separator: ", ")
                )
            case .startDateImpossible: ("/startDate", "must be a date such as 2026-08-20")
            case .placeMissing: ("/holder", "must be another school than the requester")
            case .usesMissing: ("/uses", "must name one use or more")
            case .messageTooLong(let limit): ("/message", "must have at most \(limit) bytes")
            // Nothing is looked up here, and no place is stated: the holder is named.
            case .purposeMissing, .statedPlaceTooLong: ("", "is not known here")
            case .mixedAlphabets(let field):
                ("/student/\(field.member)", "must have letters of one alphabet in a word")
            case .studentNumberTooLong:
                ("/student/stateStudentId", "must have at most 40 bytes")
            }
        return SystemProblem.Issue(pointer: place, detail: detail)
    }
}

extension PersonName.Field {
    fileprivate var member: String {
        switch self {
        case .given: "givenName"
        case .middle: "middleName"
        case .paternalSurname: "surname"
        case .maternalSurname: "secondSurname"
        }
    }
}
