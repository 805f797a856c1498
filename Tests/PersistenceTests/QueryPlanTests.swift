import Casework
import Persistence
import RecordExchange
import SQLiteDatabase
import TestSupport
import Testing
import Vocabulary

@Suite("Every question has its index")
struct QueryPlanTests {
    /// Statements that read a whole table on purpose.
    private static let wholeTable: Set<String> = [
        "schools", "bundle_files", "accounts", "locator_entries", "source_systems", "trusted_keys",
        "webhooks", "upload_pieces", "waiting_files", "quarantined_files",
    ]

    @Test
    func `no port reads rows it does not return`() async throws {
        let database = try TestDatabase()
        try await Migrator().migrate(database.file)
        let recorder = RecordingDatabase(database.file)
        let store = SQLCaseStore(recorder, fields: ScramblingFields())
        try await store.write { session in
            try session.saveWholeCase()
            try Self.changeEverything(session)
            try Self.askEverything(session)
        }
        let sessions = SQLSessionStore(recorder)
        let digest = ReferenceSHA256.digest(of: [])
        _ = try await sessions.session(digest)
        try await sessions.touch(digest, at: .noon("2026-05-18"))
        try await sessions.removeAll(ofAccount: .numbered(1))
        try await sessions.removeAll(ofInquiry: .numbered(1))
        _ = try await sessions.removeUnused(since: .noon("2026-05-18"))

        let statements = recorder.statements
        #expect(statements.count > 60)
        for (statement, parameters) in statements {
            let plan = try await database.file.write { session in
                try session.query("EXPLAIN QUERY PLAN \(statement)", parameters)
                    .map { try $0.text("detail") }
            }
            for step in plan where step.hasPrefix("SCAN") {
                let table = String(step.split(separator: " ")[1])
                let readsOne = step.contains("USING") && statement.hasSuffix("LIMIT 1")
                #expect(
                    Self.wholeTable.contains(table) || readsOne || step == "SCAN CONSTANT ROW",
                    "\(step) in \(statement)"
                )
            }
        }
    }

    @Test(arguments: [
        ("timers_by_due", "FROM timers WHERE due <="),
        ("effects_by_due", "WHERE status = 'waiting' AND due <="),
        ("inquiries_by_state", "WHERE holder_state = $1 AND queue_level"),
        ("inquiries_by_holder", "WHERE holder = $1 AND is_live"),
        ("requests_by_school", "FROM requests WHERE requester = $1 AND is_open"),
        ("requests_by_state", "WHERE requester_state = $1 AND is_open"),
        ("timeline_by_request", "FROM timeline WHERE request"),
        ("entries_by_source", "FROM locator_entries WHERE source"),
        ("uploads_by_source", "FROM feed_uploads WHERE source"),
        ("feed_drops_due", "FROM feed_drops WHERE is_due"),
        ("feed_drops_by_source", "FROM feed_drops WHERE source = $1 ORDER"),
        ("feed_drops_open", "FROM feed_drops WHERE source = $1 AND status"),
        ("person_doubts_by_status", "FROM person_doubts WHERE status"),
        ("proposals_by_time", "FROM person_proposals WHERE is_open"),
        ("disclosures_by_holder", "FROM disclosures WHERE holder"),
        ("lookups_by_hour", "FROM lookups WHERE hour >= $1 ORDER"),
        ("trusted_keys_of", "FROM trusted_keys WHERE organization"),
        ("receipts_due", "FROM receipts WHERE is_due"),
        ("mail_days_of", "FROM mail_days WHERE recipient = $1 AND day"),
        ("partial_uploads_of", "FROM partial_uploads WHERE organization"),
        ("partial_uploads_expired", "FROM partial_uploads WHERE expires_at"),
        ("mailed_files_of", "FROM mailed_files WHERE inquiry"),
        ("mailed_files_expired", "FROM mailed_files WHERE expires_at"),
        ("quarantined_files_of", "FROM quarantined_files WHERE inquiry"),
        ("quarantined_files_expired", "FROM quarantined_files WHERE expires_at"),
        ("webhooks_of", "FROM webhooks WHERE organization"),
        ("accepted_bundles_by_signer", "FROM accepted_bundles WHERE signer"),
        ("sealed_digests_by_digest", "FROM sealed_digests WHERE digest"),
        ("report_rows_asked_by", "BETWEEN $1 AND $2 AND requester = $3"),
        ("report_rows_asked_in", "BETWEEN $1 AND $2 AND requester_state = $3"),
        ("report_rows_held_by", "BETWEEN $1 AND $2 AND holder = $3"),
        ("report_rows_held_in", "BETWEEN $1 AND $2 AND holder_state = $3"),
        // The end of the statement: the others' text goes on.
        ("report_rows_by_day", "FROM report_rows WHERE filed_on BETWEEN $1 AND $2 ;"),
        ("contacts_bounced", "FROM contacts WHERE has_bounced"),
        ("contacts_claimed", "FROM contacts WHERE claimed_in"),
        (
            "graduation_plans_in_force",
            "FROM graduation_plans WHERE organization = $1 AND is_in_force = TRUE"
        ),
        (
            "graduation_plans_former",
            "FROM graduation_plans WHERE organization = $1 AND is_in_force = FALSE"
        ),
    ])
    func `the questions asked all day use the index made for them`(
        index: String,
        text: String
    ) async throws {
        let database = try TestDatabase()
        try await Migrator().migrate(database.file)
        let recorder = RecordingDatabase(database.file)
        let store = SQLCaseStore(recorder, fields: ScramblingFields())
        try await store.write { try Self.askEverything($0) }

        let (statement, parameters) = try #require(
            recorder.statements.first { statement, _ in
                "\(statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")) ;"
                    .contains(text)
            }
        )
        let plan = try await database.file.read { session in
            try session.query("EXPLAIN QUERY PLAN \(statement)", parameters)
                .map { try $0.text("detail") }
        }

        #expect(
            plan.contains {
                $0.contains("USING INDEX \(index) ")
                    || $0.contains("USING COVERING INDEX \(index) ")
            },
            "\(plan)"
        )
        // Only the state queue is sorted: it is short, and its range is on the level.
        let isSorted = plan.contains { $0.contains("TEMP B-TREE") }
        #expect(isSorted == (index == "inquiries_by_state"), "\(plan)")
    }

    private static let reportOwners: [ReportQuestion.Owner] = [
        .all, .askedBy(School.oak.id), .askedIn(.texas), .heldBy(School.oak.id), .heldIn(.texas),
    ]

    private static func changeEverything(_ session: any CaseSession) throws {
        try session.save(RecordRequest.filed())
        try session.addFollower(.numbered(5), to: .numbered(1))
        try session.save(School.trees)
        try session.save([District.of(.oak)])
        try session.save(StateEntry.trees)
        try session.save(
            MigrantEducationProject(
                code: "valley",
                name: "Valley",
                state: .texas,
                serves: [School.oak.district],
                phone: nil
            )
        )
        try session.save(Contact.sample(1, of: .vault))
        try session.save(SchoolCalendar.ordinary, of: .vault)
        try session.save(Channel(organization: .vault, certificatePEM: "", sftp: nil))
        try session.save(Ladder.Policy.standard, of: .texas)
        try session.save(StateRule.unknown, of: .texas)
        try session.save(StaffAccount.sample(1))
        try session.save(LookupHour(holder: .organization(.vault), hour: 1))
        try session.save(SourceSystem.sample(1))
        try session.save(FeedUpload.sample(1))
        try session.save(FeedDrop.sample(1))
        try session.save([FeedEntry.sample(1)])
        try session.save(Person.sample(1))
        try session.save(Person.sample(2))
        try session.save(PersonDoubt.sample(1))
        try session.save(NearMatch.sample(1))
        try session.save(PersonProposal.sample(1))
        try session.setGroupedUpTo(1)
        try session.save(Effect(id: .numbered(5), work: .assemble(.numbered(1)), due: noon))
        try session.noteMail(
            .numbered(5),
            to: .of("ana", at: "maple"),
            on: .on("2026-05-18"),
            isHeld: false
        )
        let none = ReferenceSHA256.digest(of: [])
        try session.append(
            .init(sequence: 1, at: noon, actor: "", action: "", subject: "", detail: "", hash: none)
        )
    }

    private static func askEverything(_ session: any CaseSession) throws {
        let oak = School.oak.organization
        _ = try session.request(.numbered(1))
        _ = try session.request(numbered: RequestNumber(bits: 1))
        _ = try session.requests(from: School.oak.id, open: true, limit: 10)
        _ = try session.followers(of: .numbered(1))
        _ = try session.inquiry(.numbered(1))
        _ = try session.inquiries(of: .numbered(1))
        _ = try session.inquiries(waitingFor: oak, limit: 10)
        _ = try session.bundle(.numbered(1))
        _ = try session.bundle(sealedAs: "aa")
        _ = try session.bundles(of: .numbered(1))
        _ = try session.delivery(.numbered(1))
        _ = try session.deliveries(of: .numbered(1))
        _ = try session.receipt(of: .numbered(1))
        _ = try session.receipts(of: .numbered(1))
        _ = try session.dueReceipts(limit: 10)
        _ = try session.outcomes(of: .numbered(1))
        _ = try session.outcomes(about: oak, limit: 10)
        try session.forgetReceipt(of: .numbered(99))
        _ = try session.filesInUse()
        for owner in reportOwners {
            let question = ReportQuestion(owner, ReportPeriod(schoolYearEnding: 2026))
            try session.forEachReportFact(question) { _ in }
        }
        _ = try session.bouncedContacts()
        _ = try session.link(tokenDigest: "")
        _ = try session.links(of: .numbered(1))
        _ = try session.draft(.numbered(1))
        _ = try session.drafts(of: .numbered(1))
        try session.deleteDraft(.numbered(99))
        _ = try session.school(School.oak.id)
        _ = try session.district(School.oak.district)
        _ = try session.state(.texas)
        _ = try session.project("valley")
        _ = try session.projects(serving: School.oak.district)
        _ = try session.contacts(of: oak)
        _ = try session.contact(.numbered(1))
        _ = try session.calendar(of: oak)
        _ = try session.channel(of: oak)
        _ = try session.policy(of: .texas)
        _ = try session.stateRule(of: .texas)
        _ = try session.enteredPlan(.numbered(1))
        _ = try session.plansInForce(of: oak)
        _ = try session.formerPlans(of: oak, limit: 10)
        _ = try session.schoolCount()
        _ = try session.allSchools()
        _ = try session.account(.numbered(1))
        _ = try session.account(email: .of("a", at: "oak"))
        _ = try session.account(invitationDigest: "")
        _ = try session.accounts(at: oak)
        _ = try session.allAccounts()
        try session.clearTimer(.numbered(99))
        _ = try session.timer(of: .numbered(1))
        _ = try session.dueTimers(by: noon, limit: 10)
        _ = try session.nextTimer()
        _ = try session.effect(.numbered(1))
        _ = try session.dueEffects(by: noon, limit: 10)
        _ = try session.troubledEffects(limit: 10)
        _ = try session.nextEffect()
        _ = try session.singleMails(to: .of("ana", at: "maple"), on: .on("2026-05-18"))
        _ = try session.heldMails(to: .of("ana", at: "maple"))
        _ = try session.events(of: .numbered(1))
        _ = try session.disclosures(of: .numbered(1))
        _ = try session.disclosures(by: oak, limit: 10)
        _ = try session.lastAuditEntry()
        _ = try session.auditEntries(after: 0, limit: 10)
        try session.withdrawEntry(.numbered(99))
        _ = try session.locatorEntry(.numbered(99))
        _ = try session.lastLocatorChange()
        _ = try session.locatorChanges(after: 0, limit: 10)
        try session.forEachEntry(of: .numbered(1)) { _, _ in }
        _ = try session.person(.numbered(1))
        _ = try session.person(numbered: StudentRecordNumber(bits: 1))
        _ = try session.entries(of: .numbered(1))
        _ = try session.nearMatch(.numbered(1))
        _ = try session.nearMatch(of: .numbered(1), and: .numbered(2))
        for start in ListPlanTests.starts {
            _ = try session.nearMatches(seenFrom: [.texas, .california], start: start, limit: 10)
        }
        _ = try session.nearMatchCount(seenFrom: [.texas, .california])
        _ = try session.proposal(.numbered(1))
        for start in ListPlanTests.starts {
            _ = try session.proposals(open: true, start: start, limit: 10)
            _ = try session.openDoubts(start: start, limit: 10)
        }
        _ = try session.doubt(about: .numbered(1))
        _ = try session.assessedUpTo()
        _ = try session.proposals(about: .numbered(1))
        _ = try session.groupedUpTo()
        _ = try session.sourceSystem(.numbered(1))
        _ = try session.sourceSystem(named: "")
        _ = try session.allSourceSystems()
        _ = try session.upload(.numbered(1))
        _ = try session.uploads(of: .numbered(1), limit: 10)
        _ = try session.feedDrop(.numbered(1))
        _ = try session.feedDrop(marked: "")
        _ = try session.dueFeedDrops(limit: 10)
        _ = try session.openFeedDrops(of: .numbered(1))
        _ = try session.feedDrops(of: .numbered(1), limit: 10)
        _ = try session.locatorEntryCount()
        try session.forEachLocatorEntry { _ in }
        _ = try session.accessKey(.numbered(1))
        _ = try session.accessKey(digest: "")
        _ = try session.accessKeys(of: .numbered(1))
        _ = try session.filedOnce(digest: "")
        _ = try session.partialUpload(.numbered(1))
        _ = try session.partialUploads(of: oak)
        _ = try session.partialUploads(expiredBy: noon, limit: 10)
        _ = try session.pieces(of: .numbered(1))
        try session.deletePartialUpload(.numbered(99))
        _ = try session.mailedFiles(.numbered(1))
        _ = try session.mailedFiles(of: .numbered(1))
        _ = try session.mailedFiles(expiredBy: noon, limit: 10)
        try session.deleteMailedFiles(.numbered(99))
        _ = try session.quarantinedFiles(of: .numbered(1))
        _ = try session.quarantinedFiles(expiredBy: noon, limit: 10)
        _ = try session.forgetFilings(before: noon)
        _ = try session.forgetAccessKeys(endedBefore: noon)
        _ = try session.webhook(.numbered(1))
        _ = try session.webhooks(of: oak)
        _ = try session.allWebhooks()
        _ = try session.slip(key: "")
        _ = try session.slip(of: .numbered(1))
        _ = try session.trustedKey("")
        _ = try session.trustedKeys()
        _ = try session.trustedKeys(of: oak)
        _ = try session.acceptedBundle("")
        _ = try session.acceptedBundles(signedBy: "", since: noon)
        _ = try session.lookups(of: .organization(oak), since: 1)
        _ = try session.lookups(since: 1)
        _ = try session.stateQueue(of: .texas, all: true, limit: 10)
        _ = try session.requestsWithoutLocation(ownedBy: .texas, limit: 10)
        _ = try session.requestsWithoutReceipt(ownedBy: .texas, limit: 10)
        _ = try session.requestCounts(from: School.oak.id)
        _ = try session.openRequests(from: School.oak.id, for: StudentKey(.paloma))
        _ = try session.openRequestCount(from: School.oak.id, for: StudentKey(.paloma))
        _ = try session.assignment(of: .numbered(1), in: .texas)
        _ = try session.endAssignments(of: .numbered(99))
        _ = try session.claims(on: oak)
        _ = try session.confirmedClaims(in: .texas, after: nil, limit: 10)
        _ = try session.forgetUnconfirmedClaims(askedBefore: noon)
        for question in ListPlanTests.worklistQuestions {
            _ = try session.worklist(question)
            _ = try session.worklistCounts(question)
        }
        for question in ListPlanTests.requestQuestions { _ = try session.requests(question) }
    }

    private static let noon = Instant.noon("2026-05-18")
}
