import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// The one mail to a family, given on the form of a request or later.
extension StaffRoom {
    func familyMailPage(_ visit: StaffVisit) async throws -> Response {
        try await familyMailPage(visit, typed: nil, status: .ok)
    }

    func saveFamilyMail(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let typed = TypedFamily(visit.visit.form)
        do {
            try await desk.keepFamilyContact(typed, of: number, by: visit.actor)
        } catch let malformed as TypedFamily.Malformed {
            return try await familyMailPage(
                visit,
                typed: typed,
                problems: malformed.problems.map(\.fieldProblem),
                status: .unprocessableContent
            )
        }
        return seeOther(.familyMail, number.description, done: .familyMailKept)
    }

    func forgetFamilyMail(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        try await desk.forgetFamilyContact(of: number, by: visit.actor)
        return seeOther(.familyMail, number.description, done: .familyMailForgotten)
    }

    private func familyMailPage(
        _ visit: StaffVisit,
        typed: TypedFamily?,
        problems: [FieldProblem] = [],
        status: HTTPResponse.Status
    ) async throws -> Response {
        let number = try number(visit)
        let mail = try await desk.familyMail(of: number, by: visit.actor)
        let story = try await desk.story(of: number, by: visit.actor)
        var isWaiting = false
        if case .waits = mail.standing { isWaiting = true }
        let page = FamilyMailPage(
            number: number,
            studentName: story.request.student.name.full,
            standing: FamilyMailWord(mail.standing, isOver: !story.request.isOpen) { instant in
                local(instant, story.request.requesterState)
            },
            isWaiting: isWaiting,
            isPossible: mail.isPossible,
            isReady: story.hasReadyRecords,
            family: FamilyFields(typed),
            form: Form([.familyEmail: typed?.email ?? ""], problems: problems)
        )
        return frame.page(page, visit, door: .requests, status: status)
    }
}

extension TypedFamily {
    /// As a form sends it; whatever is longer than an address can be is cut, so that a draft cannot
    /// fill the store.
    init(_ form: FormFields) {
        self.init(
            email: String(form[.familyEmail].prefix(300)),
            language: Language(rawValue: form[.familyLanguage]) ?? .spanish,
            isAgreed: form[.familyConsent] == "yes"
        )
    }
}

extension TypedFamily.Problem {
    var fieldProblem: FieldProblem {
        switch self {
        case .emailMissing: FieldProblem(.familyEmail, .familyEmailMissing)
        case .emailMalformed: FieldProblem(.familyEmail, .familyEmailMalformed)
        case .consentMissing: FieldProblem(.familyConsent, .familyConsentMissing)
        }
    }
}

extension FamilyFields {
    init(_ typed: TypedFamily?) {
        self.init(language: typed?.language ?? .spanish, isAgreed: typed?.isAgreed ?? false)
    }
}

extension FamilyMailWord {
    fileprivate init(
        _ standing: FamilyMailStanding,
        isOver: Bool,
        at time: (Instant) -> LocalTime
    ) {
        switch standing {
        case .nobody: self = isOver ? .over : .nobody
        case .waits(let contact): self = .waits(email: contact.email.description)
        case .leaving: self = .leaving
        case .told(let instant): self = .told(at: time(instant))
        case .refused(let instant): self = .refused(at: time(instant))
        }
    }
}

extension RequestStory {
    /// Some stand ready that were not withdrawn.
    fileprivate var hasReadyRecords: Bool {
        bundles.contains { $0.seal != nil && $0.withdrawnAt == nil }
    }
}
