import Casework
import RecordExchange
import RecordLocator
import Vocabulary

/// Everything the memory store keeps; a value, so that a copy is a snapshot.
struct MemoryState: Sendable {
    var requests: [RecordRequest.ID: RecordRequest] = [:]
    var followers: [RecordRequest.ID: [StaffID]] = [:]
    var assignments: [RecordRequest.ID: [StateCode: Assignment]] = [:]
    var inquiries: [Inquiry.ID: Inquiry] = [:]
    var timers: [Inquiry.ID: Instant] = [:]
    var bundles: [RecordBundle.ID: RecordBundle] = [:]
    var deliveries: [Delivery.ID: Delivery] = [:]
    var outcomes: [CreditOutcome] = []
    var receipts: [Delivery.ID: Receipt] = [:]
    var links: [AnswerLink.ID: AnswerLink] = [:]
    var drafts: [RequestDraft.ID: RequestDraft] = [:]
    var schools: [SchoolID: School] = [:]
    var districts: [DistrictID: District] = [:]
    var states: [StateCode: StateEntry] = [:]
    var projects: [String: MigrantEducationProject] = [:]
    var contacts: [Contact.ID: Contact] = [:]
    var calendars: [OrganizationID: SchoolCalendar] = [:]
    var channels: [OrganizationID: Channel] = [:]
    var policies: [StateCode: Ladder.Policy] = [:]
    var stateRules: [StateCode: StateRule] = [:]
    var legends: [OrganizationID: TranscriptLegend] = [:]
    var plans: [EnteredPlan.ID: EnteredPlan] = [:]
    var accounts: [StaffID: StaffAccount] = [:]
    var accessKeys: [AccessKey.ID: AccessKey] = [:]
    var partialUploads: [PartialUpload.ID: PartialUpload] = [:]
    var uploadPieces: [PartialUpload.ID: [PartialUpload.Piece]] = [:]
    var filedOnce: [String: FiledOnce] = [:]
    var effects: [Effect.ID: Effect] = [:]
    var mailDays: [Effect.ID: MailDay] = [:]
    var timeline: [RecordRequest.ID: [TimelineEvent]] = [:]
    var eventsThere: Set<TimelineEvent.ID> = []
    var disclosures: [DisclosureRecord] = []
    var audit: [AuditEntry] = []
    /// By holder and hour.
    var lookups: [String: LookupHour] = [:]
    /// With what each is found by.
    var slips: [RecordRequest.ID: (slip: FamilySlip, key: String)] = [:]
    var familyContacts: [RecordRequest.ID: FamilyContact] = [:]
    var webhooks: [Webhook.ID: Webhook] = [:]
    var partners: [Partner.ID: Partner] = [:]
    var received: [String: ReceivedBundle] = [:]
    var trustedKeys: [String: TrustedKey] = [:]
    var acceptedBundles: [String: AcceptedBundle] = [:]
    var locatorEntries: [LocatorEntry.ID: LocatorEntry] = [:]
    var locatorChanges: [LocatorEntry.ID] = []
    var people: [PersonID: Person] = [:]
    var nearMatches: [NearMatch.ID: NearMatch] = [:]
    var proposals: [PersonProposal.ID: PersonProposal] = [:]
    var groupedUpTo: Int64 = 0
    var feedRows: [LocatorEntry.ID: FeedEntry] = [:]
    var sourceSystems: [SourceSystem.ID: SourceSystem] = [:]
    var feedUploads: [FeedUpload.ID: FeedUpload] = [:]
    var doubts: [PersonID: PersonDoubt] = [:]
    var assessedUpTo: Int64 = 0
    var feedDrops: [FeedDrop.ID: FeedDrop] = [:]
    var mailedFiles: [MailedFiles.ID: MailedFiles] = [:]
    var quarantine: [DroppedFile.ID: QuarantinedFile] = [:]
}

/// To whom a mail goes and of which day it is.
struct MailDay: Hashable, Sendable {
    let address: EmailAddress
    let day: CivilDate
    let isHeld: Bool
}
