import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Vocabulary

/// Everything that is on file at one moment, comparable: two equal copies mean that nothing
/// happened in between.
struct OnFile: Equatable {
    var requests: [RecordRequest] = []
    var inquiries: [Inquiry] = []
    var timers: [Inquiry.ID: Instant] = [:]
    var links: [AnswerLink] = []
    var bundles: [RecordBundle] = []
    var deliveries: [Delivery] = []
    var events: [TimelineEvent] = []
    var disclosures: [DisclosureRecord] = []
    var receipts: [Receipt] = []
    var outcomes: [CreditOutcome] = []
    var accounts: [StaffAccount] = []
    var contacts: [Contact] = []
    var plans: [EnteredPlan] = []
    var audit: [AuditEntry] = []
    var waiting: [Effect] = []
    var troubled: [Effect] = []
    var drafts: [RequestDraft] = []
    var mailed: [MailedFiles] = []
    var locked: [QuarantinedFile] = []
    var queues: [StateCode: [Inquiry.ID]] = [:]
    var homeless: [StateCode: [RecordRequest.ID]] = [:]

    static let states: [StateCode] = [.texas, .california, .washington, .michigan]
    static let farFuture = Instant(millisecondsSince1970: 32_503_680_000_000)

    init(_ store: MemoryCaseStore) async throws {
        self = try await store.read { session in try Self(session) }
    }

    private init(_ session: any CaseSession) throws {
        for school in School.trees {
            plans += try session.plansInForce(of: school.organization)
            plans += try session.formerPlans(of: school.organization, limit: 100)
            for isOpen in [true, false] {
                requests += try session.requests(from: school.id, open: isOpen, limit: 10_000)
            }
        }
        requests.sort { $0.id < $1.id }
        for request in requests {
            inquiries += try session.inquiries(of: request.id)
            bundles += try session.bundles(of: request.id)
            events += try session.events(of: request.id)
            disclosures += try session.disclosures(of: request.id)
            receipts += try session.receipts(of: request.id)
        }
        for inquiry in inquiries {
            timers[inquiry.id] = try session.timer(of: inquiry.id)
            links += try session.links(of: inquiry.id)
            mailed += try session.mailedFiles(of: inquiry.id)
            locked += try session.quarantinedFiles(of: inquiry.id)
        }
        for bundle in bundles {
            deliveries += try session.deliveries(of: bundle.id)
            outcomes += try session.outcomes(of: bundle.id)
        }
        accounts = try session.allAccounts().sorted { $0.id < $1.id }
        contacts = try Cast.contacts.compactMap { try session.contact($0.id) }
        audit = try session.auditEntries(after: 0, limit: 1_000_000)
        waiting = try session.dueEffects(by: Self.farFuture, limit: 1_000_000)
        troubled = try session.troubledEffects(limit: 1_000_000)
        drafts = try accounts.flatMap { try session.drafts(of: $0.id) }
        for state in Self.states {
            queues[state] = try session.stateQueue(of: state, all: false, limit: 1_000_000)
                .map(\.id)
            homeless[state] = try session.requestsWithoutLocation(ownedBy: state, limit: 1_000_000)
                .map(\.id)
        }
    }

    /// Without the log of who tried what: a refused or repeated call may be noted there.
    var withoutAudit: Self {
        var copy = self
        copy.audit = []
        return copy
    }
}
