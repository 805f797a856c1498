package import Casework
package import Hummingbird
package import PaperFormat
package import RecordExchange
import Rendering
package import Vocabulary

/// The pages for signed-in people: each route leads to one function of an extension beside this.
package struct StaffRoom: StaffPages {
    let desk: Desk
    let frame: PageFrame
    let schools: SchoolFinder
    let answers: AnswerRoom
    let sessions: SessionDesk
    let cookies: SessionCookies
    let files: any RecordFiles
    let feeds: FeedFloor
    let many: AnswerWorker
    let copies: any FamilyCopies
    let limits: TryLimits
    let fetches = FetchMemory()

    package init(
        desk: Desk,
        frame: PageFrame,
        schools: SchoolFinder,
        answers: AnswerRoom,
        sessions: SessionDesk,
        cookies: SessionCookies,
        files: any RecordFiles,
        feeds: FeedFloor,
        many: AnswerWorker,
        copies: any FamilyCopies,
        limits: TryLimits
    ) {
        self.desk = desk
        self.frame = frame
        self.schools = schools
        self.answers = answers
        self.sessions = sessions
        self.cookies = cookies
        self.files = files
        self.feeds = feeds
        self.many = many
        self.copies = copies
        self.limits = limits
    }

    package func respond(to route: StaffRoute, _ visit: StaffVisit) async throws -> Response {
        switch route {
        case .home: try await home(visit)
        case .signOut: try await signOut(visit)

        case .requests: try await requests(visit)
        case .findRequests: try await findRequests(visit)
        case .startDraft: try await startDraft(visit)
        case .draftStudent: try await studentPage(visit)
        case .submitDraftStudent: try await saveStudent(visit)
        case .draftPlace: try await placePage(visit)
        case .submitDraftPlace: try await savePlace(visit)
        case .submitDraftStated: try await saveStatedPlace(visit)
        case .draftPurpose: try await purposePage(visit)
        case .submitDraftPurpose: try await savePurpose(visit)
        case .draftCheck: try await checkPage(visit)
        case .sendDraft: try await send(visit)
        case .joinFromDraft: try await join(visit)
        case .discardDraft: try await discard(visit)
        case .tracker: try await tracker(visit)
        case .requestSent: try await sent(visit)
        case .accept: try await accept(visit)
        case .remind: try await remind(visit, backTo: StaffRoute.tracker)
        case .answerQuestion: try await answerQuestion(visit)
        case .askHolder: try await askHolder(visit)
        case .reject: try await rejectPage(visit)
        case .submitReject: try await reject(visit)
        case .cancel: try await cancelPage(visit)
        case .submitCancel: try await cancel(visit)
        case .reopen: try await reopen(visit)
        case .location: try await locationPage(visit, from: StaffRoute.tracker)
        case .submitLocation: try await addLocation(visit, from: StaffRoute.tracker)
        case .merge: try await mergePage(visit)
        case .submitMerge: try await merge(visit)
        case .slip: try await slipPage(visit)
        case .makeSlip: try await makeSlip(visit)
        case .familyMail: try await familyMailPage(visit)
        case .saveFamilyMail: try await saveFamilyMail(visit)
        case .forgetFamilyMail: try await forgetFamilyMail(visit)
        case .card: try await cardPage(visit)
        case .makeCard: try await makeCard(visit)

        case .records: try await records(visit)
        case .recordSheet: try await recordSheet(visit)
        case .recordCopy: try await recordCopy(visit)
        case .downloadFile: try await downloadFile(visit)
        case .downloadSealed: try await downloadSealed(visit)
        case .downloadEverything: try await downloadEverything(visit)
        case .earlier: try await earlier(visit)
        case .outcome: try await outcome(visit)
        case .saveOutcome: try await saveOutcome(visit)
        case .recall: try await recallPage(visit)
        case .submitRecall: try await recall(visit)
        case .confirmDestroyed: try await confirmDestroyed(visit)
        case .familyCopy: try await familyCopy(visit)
        case .copyBrought: try await copyPage(visit)
        case .takeCopy: try await takeCopy(visit)
        case .disclosures: try await disclosures(visit)
        case .disclosuresCSV: try await disclosuresCSV(visit)
        case .signedReceipt: try await signedReceipt(visit)
        case .receiptSignature: try await receiptSignature(visit)

        case .inbox: try await inbox(visit)
        case .answerRecords: try await answer(.records, visit)
        case .sendAnswerRecords: try await answer(.sendRecords, visit)
        case .answerReceipt: try await answer(.receipt, visit)
        case .answerElements: try await answer(.elements, visit)
        case .sendAnswerElements: try await answer(.sendElements, visit)
        case .answerMailed: try await answer(.mailed, visit)
        case .sendAnswerMailed: try await answer(.sendMailed, visit)
        case .discardAnswerMailed: try await answer(.discardMailed, visit)
        case .answerNone: try await answer(.noRecords, visit)
        case .submitAnswerNone: try await answer(.sayNoRecords, visit)
        case .answerMoved: try await answer(.movedOn, visit)
        case .submitAnswerMoved: try await answer(.sayMovedOn, visit)
        case .answerLater: try await answer(.moreTime, visit)
        case .submitAnswerLater: try await answer(.sayMoreTime, visit)
        case .answerAsking: try await answer(.question, visit)
        case .submitAnswerAsking: try await answer(.askQuestion, visit)
        case .answerPaper: try await answer(.paper, visit)
        case .submitAnswerPaper: try await answer(.mailPaper, visit)
        case .answerCoverSheet: try await answer(.coverSheet, visit)
        case .submitAnswerCancelled: try await answer(.confirmCancel, visit)
        case .answerRecall: try await answer(.recall, visit)
        case .submitAnswerRecall: try await answer(.sayRecall, visit)

        case .manyAnswers: try await manyAnswers(visit)
        case .lookAtAnswers: try await lookAtAnswers(visit)
        case .sendManyAnswers: try await sendManyAnswers(visit)
        case .discardAnswers: try await discardAnswers(visit)

        case .queue: try await queue(visit)
        case .checkMany: try await checkMany(visit)
        case .doMany: try await doMany(visit)
        case .giveBack: try await giveBack(visit)
        case .queueCSV: try await queueCSV(visit)
        case .saveQueueView: try await saveQueueView(visit)
        case .forgetQueueView: try await forgetQueueView(visit)
        case .queueRow: try await queueRow(visit)
        case .queueRemind: try await remind(visit, backTo: StaffRoute.queueRow)
        case .queueCall: try await logCall(visit)
        case .queueClose: try await close(visit)
        case .queueMarkClosed: try await markClosed(visit)
        case .queueLocation: try await locationPage(visit, from: StaffRoute.queueRow)
        case .submitQueueLocation: try await addLocation(visit, from: StaffRoute.queueRow)
        case .queueExtend: try await extendPage(visit)
        case .submitQueueExtend: try await extend(visit)
        case .queueContact: try await findContactPage(visit)
        case .submitQueueContact: try await findContact(visit)

        case .contacts: try await contacts(visit)
        case .contactImport: frame.page(ContactImportPage(), visit, door: .contacts)
        case .takeContacts: try await takeContacts(visit)
        case .organization: try await organization(visit)
        case .saveContact: try await saveContact(visit)
        case .confirmContact: try await confirmContact(visit)
        case .askContact: try await askContact(visit)
        case .endContact: try await endContact(visit)
        case .approveClaim: try await approveClaim(visit)
        case .declineClaim: try await declineClaim(visit)
        case .addClosure: try await addClosure(visit)
        case .removeClosure: try await removeClosure(visit)
        case .calendarFile: try await calendarFile(visit)
        case .lookAtCalendar: try await lookAtCalendar(visit)
        case .takeCalendar: try await takeCalendar(visit)
        case .downloadCalendar: try await downloadCalendar(visit)
        case .legend: try await legend(visit)
        case .saveLegend: try await saveLegend(visit)
        case .plans: try await plansPage(visit)
        case .savePlan: try await savePlan(visit)
        case .withdrawPlan: try await withdrawPlan(visit)
        case .stateRule: try await stateRule(visit)
        case .keepLimit: try await keepLimit(visit)
        case .removeLimit: try await removeLimit(visit)
        case .saveStateRule: try await saveStateRule(visit)
        case .people: try await people(visit, form: .empty)
        case .invitePerson: try await invite(visit)
        case .approvePerson: try await approve(visit)
        case .declinePerson: try await decline(visit)
        case .disablePerson: try await disable(visit)
        case .audit: try await audit(visit)

        case .report: try await report(visit)
        case .reportCSV: try await reportCSV(visit)

        case .lookups: try await lookups(visit)
        case .nearMatches: try await nearMatches(visit)
        case .nearMatch: try await nearMatch(visit)
        case .proposeMerge: try await proposeMerge(visit)
        case .markApart: try await markApart(visit)
        case .keepAsOne: try await keepAsOne(visit)
        case .proposals: try await proposals(visit)
        case .findLocated: try await findLocated(visit)
        case .located: try await located(visit)
        case .locatedCard: try await locatedCard(visit)
        case .proposeSplit: try await proposeSplit(visit)
        case .proposeMergeInto: try await proposeMergeInto(visit)
        case .proposal: try await proposal(visit)
        case .approveProposal: try await approveProposal(visit)
        case .declineProposal: try await declineProposal(visit)
        case .proposeUndo: try await proposeUndo(visit)
        case .feeds: try await feedsPage(visit)
        case .registerFeed: try await registerFeed(visit)
        case .feed: try await feedPage(visit)
        case .handInFeed: try await handInFeed(visit)
        case .applyFeed: try await applyFeed(visit)
        case .discardFeed: try await discardFeed(visit)
        case .refusedRows: try await refusedRows(visit)
        case .agreeToFeed: try await agreeToFeed(visit)
        case .declineFeed: try await declineFeed(visit)
        case .refusedRowsOfDrop: try await refusedRowsOfDrop(visit)
        }
    }

    /// The request number in the path.
    func number(_ visit: StaffVisit) throws -> RequestNumber {
        guard let number = try? RequestNumber(parsing: visit.visit.parameter("number")) else {
            throw GatewayFailure.notFound
        }
        return number
    }

    /// A page after a POST, with what just happened.
    func seeOther(_ route: StaffRoute, _ values: String..., done: PageNotice) -> Response {
        let path = LocalPath(
            pattern: route.definition.pattern,
            values: values,
            query: ["done": done.rawValue]
        )
        return .seeOther(path)
    }

    /// When something happened, as the reader's clock shows it: at the first school the person
    /// works for, else in the capital's time.
    func local(_ instant: Instant, _ state: StateCode) -> LocalTime {
        desk.time.local(instant, in: state)
    }

    private func signOut(_ visit: StaffVisit) async throws -> Response {
        try await sessions.end(visit.visit.session)
        var response = Response.seeOther(
            PublicRoute.signIn.path(query: ["done": PageNotice.signedOut.rawValue])
        )
        cookies.clear(.staff, in: &response)
        return response
    }
}

/// The files of a bundle as they are read back for people: plain, sealed, or all in one archive.
package protocol RecordFiles: Sendable {
    func file(_ file: RecordBundle.File) throws -> any ProtectedFileReader
    func sealed(_ bundle: RecordBundle) throws -> any ProtectedFileReader
    /// A PDF, signed by the gateway; `nil` where none can be made.
    func printed(_ record: PrintedRecord) async throws -> [UInt8]?
    /// A plain ZIP of everything, made once and kept encrypted.
    func archive(
        _ order: BundleOrder
    ) async throws -> (reader: any ProtectedFileReader, digest: SHA256Digest)
}
