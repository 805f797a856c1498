import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Testing
import Vocabulary

/// A gateway with everything but a disk and a network: the stories are told in it.
final class World: Sendable {
    let store = MemoryCaseStore()
    let clock: ManualTimekeeper
    let mail = MailServer()
    let partners = RecordingBundleCourier()
    let assembler = PaperAssembler()
    let hooks = RecordingWebhookCourier()
    let locator = SmallLocator()
    let unwritable = Flag()
    let checked = AlreadyChecked()
    let codes: CountingCodes
    let desk: Desk
    let worker: OutboxWorker

    static let address = "https://records.example"

    /// Starts at `hour` o'clock in Texas.
    ///
    /// The schools are in session until June 14 and again from August 17. `contacts` can be
    /// written to.
    init(
        on day: String = "2026-05-18",
        hour: Int = 9,
        contacts: [Contact] = Cast.contacts,
        lookups: LookupBudget = .standard,
        faxSenders: [EmailAddress] = []
    ) async throws {
        let clock = ManualTimekeeper(day: .on(day), hour: hour)
        self.clock = clock
        codes = CountingCodes { clock.now() }
        desk = Desk(
            store: store,
            time: clock,
            // Above every identifier of the samples.
            secrets: SequentialSecrets(startingAt: 1_000_000),
            passwords: PlainPasswords(),
            oneTimeCodes: codes,
            letters: FactLetters(unwritable: unwritable),
            finder: locator,
            settings: Desk.Settings(
                baseAddress: Self.address,
                mailFromName: "Mochila",
                mailFrom: .of("records", at: "mochila"),
                lookups: lookups,
                faxSenders: faxSenders
            )
        )
        worker = OutboxWorker(
            desk: desk,
            mail: mail,
            bundles: partners,
            assembler: assembler,
            webhooks: hooks
        )
        try await store.write { session in
            try session.save(StateEntry.trees)
            try session.save(School.trees.map(District.of))
            try session.save(School.trees)
            try session.save(Cast.figProject)
            for contact in contacts { try session.save(contact) }
            for account in Cast.everybody { try session.save(account) }
            for school in [School.oak, .maple, .willow] {
                try session.save(SchoolCalendar.ordinary, of: school.organization)
            }
        }
        await locator.add([.sample(1)])
    }

    // MARK: Time

    /// Does everything that is due now, and what becomes due by it.
    func settle() async throws {
        for _ in 0..<50 {
            let moved = try await desk.runDueTimers()
            let tried = try await worker.carryOutDue()
            if moved + tried == 0 { return }
        }
        Issue.record("something is due again as soon as it is done")
    }

    /// Walks to `hour` o'clock in Texas on a day, doing each thing when it is due.
    func walk(to day: String, hour: Int = 9) async throws {
        try await walk(to: clock.instant(of: .on(day), hour: hour, in: .texas))
    }

    func walk(to end: Instant) async throws {
        try await settle()
        while let due = try await desk.nextDue(), due <= end {
            let now = clock.now()
            // A thing that stays due must not stop time.
            clock.advance(bySeconds: max(1, (now.seconds(to: due) + 1)))
            try await settle()
        }
        let rest = clock.now().seconds(to: end)
        if rest > 0 { clock.advance(bySeconds: rest) }
        try await settle()
    }

    // MARK: What people do

    /// Types a complete draft for Paloma, who comes from the Maple School.
    func draft(
        by account: StaffAccount = Cast.registrar,
        place: RequestDraft.Place = .school(School.maple.id),
        change: (inout RequestDraft) -> Void = { _ in }
    ) async throws -> RequestDraft {
        var draft = try await desk.startDraft(for: nil, by: account.actor)
        draft.given = "Paloma"
        draft.paternalSurname = "Prueba"
        draft.maternalSurname = "Ejemplo"
        (draft.birthMonth, draft.birthDay, draft.birthYear) = ("3", "9", "2011")
        draft.place = place
        draft.uses = [.graduation]
        draft.purpose = .enrolling
        change(&draft)
        try await desk.save(draft, by: account.actor)
        return draft
    }

    /// Files a request and does what follows at once.
    @discardableResult
    func file(
        by account: StaffAccount = Cast.registrar,
        place: RequestDraft.Place = .school(School.maple.id),
        change: (inout RequestDraft) -> Void = { _ in }
    ) async throws -> RecordRequest {
        let draft = try await draft(by: account, place: place, change: change)
        let outcome = try await desk.fileRequest(draft.id, by: account.actor)
        guard case .filed(let request) = outcome else {
            throw Surprise("the request was taken for a duplicate")
        }
        try await settle()
        return request
    }

    /// Opens the newest link in a mailbox with the code of the same mail.
    func open(_ contact: Contact = Cast.mapleOffice) async throws -> Answerer {
        let key = try key(for: contact)
        let entry = try await desk.enter(code: key.code, token: key.token)
        return .link(entry.link, inquiry: entry.inquiry)
    }

    /// Opens the link and sends `files` files; everything is sealed afterwards.
    @discardableResult
    func sendRecords(
        _ files: Int = 2,
        complete: Bool = true,
        from contact: Contact = Cast.mapleOffice
    ) async throws -> RecordBundle {
        let answerer = try await open(contact)
        let bundle = try await desk.answer(
            answerer.inquiry,
            with: .sample(files: files, complete: complete),
            by: answerer
        )
        try await settle()
        return bundle
    }

    /// Takes something of a bundle to its last byte.
    func take(
        _ extent: Extent,
        of request: RecordRequest,
        _ bundle: RecordBundle,
        by account: StaffAccount = Cast.registrar
    ) async throws {
        _ = try await desk.release(extent, of: bundle.id, in: request.number, to: account.actor)
        try await desk.noteTaken(extent, of: bundle.id, by: account.actor)
    }

    // MARK: What can be seen

    /// Token and code of a mail.
    struct Key {
        let token: String
        let code: String
    }

    /// Of the newest mail to a contact that has them.
    func key(for contact: Contact) throws -> Key {
        for mail in mails(to: contact.email).reversed() {
            if let key = Key(mail) { return key }
        }
        throw Surprise("no link was mailed to \(contact.role)")
    }

    func mails(to address: EmailAddress, named name: String? = nil) -> [OutgoingMail] {
        mail.arrived.filter { mail in
            mail.to == address && (name.map { $0 == mail.subject } ?? true)
        }
    }

    func mails(to contact: Contact, named name: String? = nil) -> [OutgoingMail] {
        mails(to: contact.email, named: name)
    }

    func story(
        of request: RecordRequest,
        by account: StaffAccount = Cast.registrar
    ) async throws -> RequestStory {
        try await desk.story(of: request.number, by: account.actor)
    }

    func state(of request: RecordRequest) async throws -> RequestState {
        try await story(of: request).state
    }

    func inquiry(of request: RecordRequest) async throws -> Inquiry {
        try #require(try await story(of: request).inquiries.last)
    }

    /// A copy of everything that is on file, to see that nothing changed.
    func everything() async throws -> OnFile { try await OnFile(store) }
}

extension World.Key {
    /// `nil` where the mail has no link.
    init?(_ mail: OutgoingMail) {
        let text = mail.plainText
        guard let link = text.between("/r/", "\""), let code = text.between(", code: \"", "\"")
        else { return nil }
        self.init(token: link, code: code)
    }
}

extension String {
    /// What stands between the first `start` and the next `end`.
    func between(_ start: String, _ end: String) -> String? {
        guard let first = firstRange(of: start),
            let last = self[first.upperBound...].firstRange(of: end)
        else { return nil }
        return String(self[first.upperBound..<last.lowerBound])
    }
}

extension Answerer {
    var inquiry: Inquiry.ID {
        switch self {
        case .link(_, let inquiry): inquiry
        case .staff, .stateContact, .partner, .family: .numbered(0)
        }
    }
}

extension AnswerSubmission {
    static func sample(
        files: Int = 2,
        complete: Bool = true,
        name: String = "Rosa Registro",
        official: Bool = false,
        firstFile: Int = 1,
        replaces: Set<RecordBundle.ID> = []
    ) -> Self {
        Self(
            parts: [.init(part: .transcript, status: .sent)],
            files: (firstFile..<firstFile + files).map { number in
                DroppedFile(
                    id: .numbered(5_000 + number),
                    name: "transcript-\(number).pdf",
                    mediaType: "application/pdf",
                    byteCount: 1_000,
                    digest: ReferenceSHA256.digest(of: [UInt8(number)])
                )
            },
            isComplete: complete,
            name: name,
            title: "Records Clerk",
            note: "",
            asCertifyingOfficial: official,
            replaces: replaces
        )
    }
}

/// Something in the test itself went another way.
struct Surprise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
