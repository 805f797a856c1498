import RecordExchange
import Vocabulary

/// One transaction: the session, one `now`, and what nearly every use case writes beside its own
/// change.
struct CaseTransaction {
    let session: any CaseSession
    let desk: Desk
    let now: Instant

    var secrets: any SecretSource { desk.secrets }
    var time: any Timekeeper { desk.time }

    /// Who did it, as the audit log writes it.
    enum Hand {
        case staff(StaffID)
        case link(AnswerLink.ID)
        case partner(Partner.ID)
        case system
        /// Whoever typed the code of a family's slip.
        case family
        /// At the machine itself.
        case `operator`

        var text: String {
            switch self {
            case .staff(let id): "staff:\(id)"
            case .link(let id): "link:\(id)"
            case .partner(let id): "partner:\(id)"
            case .system: "system"
            case .family: "family"
            case .operator: "operator"
            }
        }
    }

    func audit(
        _ hand: Hand,
        _ action: String,
        subject: some CustomStringConvertible,
        detail: String = ""
    ) throws {
        let last = try session.lastAuditEntry()
        let sequence = (last?.sequence ?? 0) + 1
        let bytes = AuditEntry.canonicalBytes(
            after: last?.hash,
            sequence: sequence,
            at: now,
            actor: hand.text,
            action: action,
            subject: subject.description,
            detail: detail
        )
        try session.append(
            AuditEntry(
                sequence: sequence,
                at: now,
                actor: hand.text,
                action: action,
                subject: subject.description,
                detail: detail,
                hash: secrets.digest(of: bytes)
            )
        )
    }

    func tell(
        _ kind: TimelineEvent.Kind,
        of request: RecordRequest.ID,
        inquiry: Inquiry.ID? = nil,
        person: String = ""
    ) throws {
        let event = TimelineEvent(
            id: secrets.makeIdentifier(),
            request: request,
            inquiry: inquiry,
            at: now,
            kind: kind,
            person: person
        )
        try session.append(event)
        try tellSystems(event)
    }

    func today(in state: StateCode) -> CivilDate { time.local(now, in: state).date }

    /// The calendar a holder keeps: the school's own, else its district's, else its state's.
    func calendar(of school: School) throws -> SchoolCalendar {
        try session.calendar(of: .school(school.id))
            ?? session.calendar(of: .district(school.district))
            ?? session.calendar(of: .state(school.state))
            ?? SchoolCalendar(recesses: [])
    }

    func policy(of state: StateCode) throws -> Ladder.Policy {
        try session.policy(of: state) ?? .standard
    }

    /// The numbers by which a request to a school of `state` climbs.
    func policy(of state: StateCode, for request: RecordRequest) throws -> Ladder.Policy {
        try policy(of: state).paced(for: request.urgentGrounds)
    }

    func school(_ id: SchoolID) throws -> School {
        guard let school = try session.school(id) else { throw CaseworkFailure.schoolUnknown }
        return school
    }

    func request(_ id: RecordRequest.ID) throws -> RecordRequest {
        guard let request = try session.request(id) else { throw CaseworkFailure.notFound }
        return request
    }

    func inquiry(_ id: Inquiry.ID) throws -> Inquiry {
        guard let inquiry = try session.inquiry(id) else { throw CaseworkFailure.notFound }
        return inquiry
    }

    func state(of request: RecordRequest) throws -> RequestState {
        RequestState.derive(
            request,
            inquiries: try session.inquiries(of: request.id),
            bundles: try session.bundles(of: request.id)
        )
    }

    /// An organisation's name for people.
    func name(of organization: OrganizationID) throws -> String {
        switch organization {
        case .school(let id): try session.school(id)?.name ?? id.description
        case .district(let id): try session.district(id)?.name ?? id.description
        case .project(let code): try session.project(code)?.name ?? code
        case .custodian(let code):
            try session.contacts(of: organization).first?.name ?? code
        case .state(let code): try session.state(code)?.name ?? code.description
        case .gateway: desk.settings.mailFromName
        }
    }
}
