package import RecordExchange
import StudentRecords
package import Vocabulary

/// Where everything on file is kept.
///
/// A use case is one `write`: its body is synchronous, so nothing can interleave, and either all
/// it did is durable when `write` returns or none of it happened.
package protocol CaseStore: Sendable {
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseSession) throws -> Result
    ) async throws -> Result
}

/// One read or one write.
///
/// Never leaves its closure. A change inside a `read` throws.
package protocol CaseSession: RequestShelf, InquiryShelf, BundleShelf, LinkShelf, DraftShelf,
    DirectoryShelf, AccountShelf, TimerShelf, Outbox, Timeline, DisclosureLog, AuditLog,
    LocatorShelf, FeedShelf, PeopleShelf, QueueShelf, LookupShelf, PartnerShelf, KeyShelf,
    SystemShelf, WebhookShelf, WorklistShelf, FamilyShelf, UploadShelf, ReportShelf,
    MailedShelf, AssignmentShelf, QuarantineShelf, GraduationPlanShelf
{}

/// Requests; the student's identity is encrypted by whoever implements this.
package protocol RequestShelf {
    func request(_ id: RecordRequest.ID) throws -> RecordRequest?
    func request(numbered number: RequestNumber) throws -> RecordRequest?
    /// Newest first.
    func requests(from school: SchoolID, open: Bool, limit: Int) throws -> [RecordRequest]
    /// Inserts or replaces. Throws `StoreConflict` where another request has the number.
    func save(_ request: RecordRequest) throws
    /// People besides the filer who follow it (they joined instead of asking twice).
    func followers(of request: RecordRequest.ID) throws -> [StaffID]
    func addFollower(_ staff: StaffID, to request: RecordRequest.ID) throws
}

/// Inquiries, each with its next timer.
package protocol InquiryShelf {
    func inquiry(_ id: Inquiry.ID) throws -> Inquiry?
    /// In the order they were asked.
    func inquiries(of request: RecordRequest.ID) throws -> [Inquiry]
    /// Live ones that wait for this holder, oldest first.
    func inquiries(waitingFor holder: OrganizationID, limit: Int) throws -> [Inquiry]
    func save(_ inquiry: Inquiry) throws
}

/// Bundles and their deliveries.
package protocol BundleShelf {
    func bundle(_ id: RecordBundle.ID) throws -> RecordBundle?
    /// The one whose sealed file has this SHA-256.
    func bundle(sealedAs sha256: String) throws -> RecordBundle?
    /// In the order they were answered.
    func bundles(of request: RecordRequest.ID) throws -> [RecordBundle]
    func save(_ bundle: RecordBundle) throws
    func delivery(_ id: Delivery.ID) throws -> Delivery?
    func deliveries(of bundle: RecordBundle.ID) throws -> [Delivery]
    /// By identifier.
    func deliveries(
        by way: Delivery.Way,
        in status: Delivery.Status,
        limit: Int
    ) throws -> [Delivery]
    func save(_ delivery: Delivery) throws
    func receipt(of delivery: Delivery.ID) throws -> Receipt?
    /// Oldest first.
    func receipts(of request: RecordRequest.ID) throws -> [Receipt]
    /// Those to be signed, oldest first.
    func dueReceipts(limit: Int) throws -> [Receipt]
    /// Inserts or replaces.
    func save(_ receipt: Receipt) throws
    func forgetReceipt(of delivery: Delivery.ID) throws
    /// What the receiving school said of its credits, oldest first.
    func outcomes(of bundle: RecordBundle.ID) throws -> [CreditOutcome]
    /// About what a holder sent, newest first.
    func outcomes(about holder: OrganizationID, limit: Int) throws -> [CreditOutcome]
    /// Throws `StoreConflict` where the bundle has a statement of that number.
    func append(_ outcome: CreditOutcome) throws
    /// Every stored file that a bundle, an extract, an upload under way or a mail refers to.
    func filesInUse() throws -> Set<String>
}

/// Answer links, found only by the digest of their token.
package protocol LinkShelf {
    func link(tokenDigest: String) throws -> AnswerLink?
    func links(of inquiry: Inquiry.ID) throws -> [AnswerLink]
    func save(_ link: AnswerLink) throws
}

/// Drafts; encrypted by whoever implements this.
package protocol DraftShelf {
    func draft(_ id: RequestDraft.ID) throws -> RequestDraft?
    /// Newest first.
    func drafts(of owner: StaffID) throws -> [RequestDraft]
    func save(_ draft: RequestDraft) throws
    func deleteDraft(_ id: RequestDraft.ID) throws
}

/// Schools, districts, states, projects, their contacts, calendars and channels.
package protocol DirectoryShelf {
    func school(_ id: SchoolID) throws -> School?
    func district(_ id: DistrictID) throws -> District?
    func state(_ code: StateCode) throws -> StateEntry?
    func project(_ code: String) throws -> MigrantEducationProject?
    func projects(serving district: DistrictID) throws -> [MigrantEducationProject]
    /// Without those that ended.
    func contacts(of organization: OrganizationID) throws -> [Contact]
    func contact(_ id: Contact.ID) throws -> Contact?
    /// Mailboxes that claim to be an office's, by identifier; without those that were decided on.
    func claims(on organization: OrganizationID) throws -> [Contact]
    /// Those of a state's schools whose owner typed the code, by identifier; `after`: the last that
    /// was read before.
    func confirmedClaims(
        in state: StateCode,
        after last: Contact.ID?,
        limit: Int
    ) throws -> [Contact]
    /// Takes away mailboxes that claimed an office before an instant and whose owner never typed
    /// the code; how many.
    func forgetUnconfirmedClaims(askedBefore instant: Instant) throws -> Int
    /// The organisation's own calendar; `nil` where it has none of its own.
    func calendar(of organization: OrganizationID) throws -> SchoolCalendar?
    func channel(of organization: OrganizationID) throws -> Channel?
    func policy(of state: StateCode) throws -> Ladder.Policy?
    func stateRule(of state: StateCode) throws -> StateRule?
    /// What the organisation itself entered.
    func legend(of organization: OrganizationID) throws -> TranscriptLegend?
    func schoolCount() throws -> Int
    /// In no particular order; for the in-memory search.
    func allSchools() throws -> [School]

    func save(_ schools: [School]) throws
    func save(_ districts: [District]) throws
    func save(_ states: [StateEntry]) throws
    func save(_ project: MigrantEducationProject) throws
    func save(_ contact: Contact) throws
    func save(_ calendar: SchoolCalendar, of organization: OrganizationID) throws
    func save(_ channel: Channel) throws
    func save(_ policy: Ladder.Policy, of state: StateCode) throws
    func save(_ rule: StateRule, of state: StateCode) throws
    /// `nil` takes it away.
    func save(_ legend: TranscriptLegend?, of organization: OrganizationID) throws
}

/// Staff accounts; secrets are encrypted by whoever implements this.
package protocol AccountShelf {
    func account(_ id: StaffID) throws -> StaffAccount?
    /// `email` in any case.
    func account(email: EmailAddress) throws -> StaffAccount?
    func account(invitationDigest: String) throws -> StaffAccount?
    func accounts(at organization: OrganizationID) throws -> [StaffAccount]
    func allAccounts() throws -> [StaffAccount]
    /// Throws `StoreConflict` where another account has the address.
    func save(_ account: StaffAccount) throws
}

/// Keys of systems, and what they filed under keys of their own.
package protocol SystemShelf {
    func accessKey(_ id: AccessKey.ID) throws -> AccessKey?
    func accessKey(digest: String) throws -> AccessKey?
    /// Oldest first.
    func accessKeys(of account: StaffID) throws -> [AccessKey]
    /// Throws `StoreConflict` where another key has the digest.
    func save(_ key: AccessKey) throws
    func filedOnce(digest: String) throws -> FiledOnce?
    /// Throws `StoreConflict` where something was filed under the same key.
    func save(_ filing: FiledOnce) throws
    /// - Returns: how many there were.
    func forgetFilings(before instant: Instant) throws -> Int
    /// Forgets keys that ended, or were revoked, before `instant`.
    ///
    /// - Returns: how many there were.
    func forgetAccessKeys(endedBefore instant: Instant) throws -> Int
}

/// One timer an inquiry: rows with a due instant and an index, so a tick costs what is due.
package protocol TimerShelf {
    func setTimer(_ inquiry: Inquiry.ID, due: Instant) throws
    func clearTimer(_ inquiry: Inquiry.ID) throws
    func timer(of inquiry: Inquiry.ID) throws -> Instant?
    /// Due at or before `instant`, earliest first.
    func dueTimers(by instant: Instant, limit: Int) throws -> [Inquiry.ID]
    /// The earliest of all.
    func nextTimer() throws -> Instant?
}

/// Effects waiting to be carried out.
package protocol Outbox {
    func enqueue(_ effect: Effect) throws
    func effect(_ id: Effect.ID) throws -> Effect?
    /// Waiting ones due at or before `instant`, earliest first.
    func dueEffects(by instant: Instant, limit: Int) throws -> [Effect]
    /// Replaces the row; the content of a mail that is done is erased.
    func save(_ effect: Effect) throws
    /// Waiting or failed ones that went wrong at least once.
    func troubledEffects(limit: Int) throws -> [Effect]
    /// Earliest waiting one.
    func nextEffect() throws -> Instant?
    /// Remembers to whom a mail goes and of which day it is, so that one person's can be counted;
    /// a mail that is held waits for the day's digest.
    func noteMail(
        _ effect: Effect.ID,
        to address: EmailAddress,
        on day: CivilDate,
        isHeld: Bool
    ) throws
    /// How many mails of a day go to an address one by one.
    func singleMails(to address: EmailAddress, on day: CivilDate) throws -> Int
    /// Mails that wait for the next digest to an address, in the order they were written.
    func heldMails(to address: EmailAddress) throws -> [Effect]
}

/// The story of a request, for people.
package protocol Timeline {
    func append(_ event: TimelineEvent) throws
    /// Oldest first.
    func events(of request: RecordRequest.ID) throws -> [TimelineEvent]
}

/// The disclosure records of 34 CFR 99.32.
///
/// Append-only.
package protocol DisclosureLog {
    func append(_ disclosure: DisclosureRecord) throws
    /// Oldest first.
    func disclosures(of request: RecordRequest.ID) throws -> [DisclosureRecord]
    /// Oldest first.
    func disclosures(by holder: OrganizationID, limit: Int) throws -> [DisclosureRecord]
}

/// The hash-chained log of every action.
///
/// Append-only.
package protocol AuditLog {
    func lastAuditEntry() throws -> AuditEntry?
    func append(_ entry: AuditEntry) throws
    /// In order, after `sequence`.
    func auditEntries(after sequence: Int64, limit: Int) throws -> [AuditEntry]
}

/// How often the locator was asked, by holder and clock hour.
package protocol LookupShelf {
    /// A holder's hours from `hour` on, earliest first.
    func lookups(of holder: LookupHolder, since hour: Int64) throws -> [LookupHour]
    /// Everybody's hours from `hour` on.
    func lookups(since hour: Int64) throws -> [LookupHour]
    /// Inserts or replaces, and forgets hours that are older than a year.
    func save(_ hour: LookupHour) throws
}

/// What a state contact watches.
package protocol QueueShelf {
    /// Inquiries at level 3 or 4 held in `state`, and live ones below it where `all`; oldest first.
    func stateQueue(of state: StateCode, all: Bool, limit: Int) throws -> [Inquiry]
    /// Open requests of `state`'s schools for which nobody is live or has sent: no school left.
    func requestsWithoutLocation(ownedBy state: StateCode, limit: Int) throws -> [RecordRequest]
    /// Open requests of `state`'s schools that have a receipt which is somebody's work.
    func requestsWithoutReceipt(ownedBy state: StateCode, limit: Int) throws -> [RecordRequest]
}

/// A row with a unique value is already there.
package struct StoreConflict: Error, Hashable, Sendable {
    /// What must be unique, such as `request number`.
    package let what: String

    package init(_ what: String) {
        self.what = what
    }
}
