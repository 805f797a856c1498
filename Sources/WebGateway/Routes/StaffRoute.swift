import Casework

/// Pages for people who are signed in with both factors.
///
/// The table says which roles may come in; which organisations' requests they may touch is the
/// use cases' part.
package enum StaffRoute: String, RouteTable {
    case home, signOut
    // Asking.
    case requests, findRequests, startDraft
    case draftStudent, submitDraftStudent
    case draftPlace, submitDraftPlace, submitDraftStated
    case draftPurpose, submitDraftPurpose
    case draftCheck, sendDraft, joinFromDraft, discardDraft
    case tracker, requestSent
    case accept, remind, answerQuestion, askHolder
    case reject, submitReject
    case cancel, submitCancel, reopen
    case location, submitLocation
    case merge, submitMerge
    case slip, makeSlip, card, makeCard
    case familyMail, saveFamilyMail, forgetFamilyMail
    // What arrived.
    case records, recordSheet, recordCopy, downloadFile, downloadSealed, downloadEverything
    case outcome, saveOutcome, earlier
    case recall, submitRecall, confirmDestroyed
    case familyCopy, copyBrought, takeCopy
    case disclosures, disclosuresCSV, signedReceipt, receiptSignature
    // Answering with an account.
    case inbox
    case answerRecords, sendAnswerRecords, answerReceipt
    case answerElements, sendAnswerElements
    case answerMailed, sendAnswerMailed, discardAnswerMailed
    case answerNone, submitAnswerNone
    case answerMoved, submitAnswerMoved
    case answerLater, submitAnswerLater
    case answerAsking, submitAnswerAsking, submitAnswerCancelled
    case answerPaper, submitAnswerPaper, answerCoverSheet
    case answerRecall, submitAnswerRecall
    case manyAnswers, lookAtAnswers, sendManyAnswers, discardAnswers
    // The state's desk.
    case queue, queueCSV, checkMany, doMany, giveBack, saveQueueView, forgetQueueView
    case queueRow, queueRemind, queueCall, queueClose, queueMarkClosed
    case queueLocation, submitQueueLocation
    case queueExtend, submitQueueExtend, queueContact, submitQueueContact
    // Directory, accounts, watching over it.
    case contacts, contactImport, takeContacts
    case organization, saveContact, confirmContact, askContact, endContact
    case approveClaim, declineClaim
    case addClosure, removeClosure
    case calendarFile, lookAtCalendar, takeCalendar, downloadCalendar
    case stateRule, saveStateRule, keepLimit, removeLimit
    case legend, saveLegend
    case plans, savePlan, withdrawPlan
    case people, invitePerson, approvePerson, declinePerson, disablePerson
    case audit
    case report, reportCSV
    // The student record locator.
    case lookups
    case nearMatches, nearMatch, proposeMerge, markApart
    case findLocated, located, locatedCard, proposeSplit, proposeMergeInto, keepAsOne, proposals
    case proposal, approveProposal, declineProposal, proposeUndo
    case feeds, registerFeed, feed, handInFeed, applyFeed, discardFeed, refusedRows
    case agreeToFeed, declineFeed, refusedRowsOfDrop

    package var definition: RouteDefinition {
        switch self {
        case .home: .get("/home", roles: .everyone)
        case .signOut: .post("/sign-out", limit: 8 << 10, roles: .everyone)

        case .requests: .get("/requests", roles: .askers)
        case .findRequests: .post("/requests/find", limit: 8 << 10, roles: .askers)
        case .startDraft: .post("/requests/new", roles: .askers)
        case .draftStudent: .get("/drafts/{draft}/student", roles: .askers)
        case .submitDraftStudent: .post("/drafts/{draft}/student", roles: .askers)
        case .draftPlace: .get("/drafts/{draft}/place", roles: .askers)
        case .submitDraftPlace: .post("/drafts/{draft}/place", roles: .askers)
        case .submitDraftStated: .post("/drafts/{draft}/stated", roles: .askers)
        case .draftPurpose: .get("/drafts/{draft}/purpose", roles: .askers)
        case .submitDraftPurpose: .post("/drafts/{draft}/purpose", roles: .askers)
        case .draftCheck: .get("/drafts/{draft}/check", roles: .askers)
        case .sendDraft: .post("/drafts/{draft}/send", roles: .askers)
        case .joinFromDraft: .post("/drafts/{draft}/join", roles: .askers)
        case .discardDraft: .post("/drafts/{draft}/discard", roles: .askers)
        case .tracker: .get("/requests/{number}", roles: .watchers)
        case .requestSent: .get("/requests/{number}/sent", roles: .askers)
        case .remind: .post("/requests/{number}/remind", roles: .askers)
        case .cancel: .get("/requests/{number}/cancel", roles: .askers)
        case .submitCancel: .post("/requests/{number}/cancel", roles: .askers)
        case .reopen: .post("/requests/{number}/reopen", roles: .askers)
        case .location: .get("/requests/{number}/location", roles: .askers)
        case .submitLocation: .post("/requests/{number}/location", roles: .askers)
        case .merge: .get("/requests/{number}/merge", roles: .mergers)
        case .submitMerge: .post("/requests/{number}/merge", roles: .mergers)
        case .slip: .get("/requests/{number}/slip", roles: .askers)
        case .makeSlip: .post("/requests/{number}/slip", limit: 8 << 10, roles: .askers)
        case .familyMail: .get("/requests/{number}/family-mail", roles: .askers)
        case .saveFamilyMail:
            .post("/requests/{number}/family-mail", limit: 8 << 10, roles: .askers)
        case .forgetFamilyMail:
            .post("/requests/{number}/family-mail/forget", limit: 8 << 10, roles: .askers)
        case .card: .get("/requests/{number}/card", roles: .askers)
        case .makeCard: .post("/requests/{number}/card", limit: 8 << 10, roles: .askers)

        case .records: .get("/requests/{number}/records", roles: .readers)
        case .recordSheet: .get("/requests/{number}/record", roles: .readers)
        case .recordCopy: .get("/requests/{number}/record/{copy}", roles: .readers)
        case .downloadFile:
            .get("/requests/{number}/bundles/{bundle}/files/{file}", roles: .readers)
        case .downloadSealed: .get("/requests/{number}/bundles/{bundle}/sealed", roles: .readers)
        case .downloadEverything:
            .get("/requests/{number}/bundles/{bundle}/everything", roles: .readers)
        case .familyCopy:
            .get("/requests/{number}/bundles/{bundle}/family-copy", roles: .readers)
        case .copyBrought: .get("/requests/{number}/family-copy", roles: .readers)
        case .takeCopy: .upload("/requests/{number}/family-copy", roles: .readers)
        case .accept: .post("/requests/{number}/accept", roles: .readers)
        case .answerQuestion:
            .post("/requests/{number}/answer-question", roles: .askers)
        case .askHolder: .post("/requests/{number}/ask", roles: .askers)
        case .reject: .get("/requests/{number}/reject", roles: .readers)
        case .submitReject: .post("/requests/{number}/reject", roles: .readers)
        case .earlier: .get("/requests/{number}/earlier", roles: .readers)
        case .outcome: .get("/requests/{number}/bundles/{bundle}/outcome", roles: .readers)
        case .saveOutcome:
            .post(
                "/requests/{number}/bundles/{bundle}/outcome",
                limit: 256 << 10,
                roles: .readers
            )
        case .recall: .get("/requests/{number}/bundles/{bundle}/recall", roles: .watchers)
        case .submitRecall: .post("/requests/{number}/bundles/{bundle}/recall", roles: .watchers)
        case .confirmDestroyed:
            .post(
                "/requests/{number}/bundles/{bundle}/destroyed",
                limit: 8 << 10,
                roles: .watchers
            )
        case .disclosures: .get("/requests/{number}/disclosures", roles: .disclosureReaders)
        case .disclosuresCSV:
            .get("/requests/{number}/disclosures.csv", roles: .disclosureReaders)
        case .signedReceipt:
            .get("/requests/{number}/receipts/{delivery}", roles: .disclosureReaders)
        case .receiptSignature:
            .get("/requests/{number}/receipts/{delivery}/signature", roles: .disclosureReaders)

        case .inbox: .get("/answers", roles: .answerers)
        case .answerRecords: .get("/answers/{inquiry}/records", roles: .repliers)
        case .sendAnswerRecords: .upload("/answers/{inquiry}/records", roles: .repliers)
        case .answerReceipt: .get("/answers/{inquiry}/receipt", roles: .repliers)
        case .answerElements: .get("/answers/{inquiry}/elements", roles: .repliers)
        case .sendAnswerElements:
            .post("/answers/{inquiry}/elements", limit: 256 << 10, roles: .repliers)
        case .answerMailed: .get("/answers/{inquiry}/mailed", roles: .repliers)
        case .sendAnswerMailed: .post("/answers/{inquiry}/mailed", roles: .repliers)
        case .discardAnswerMailed: .post("/answers/{inquiry}/mailed/discard", roles: .repliers)
        case .answerNone: .get("/answers/{inquiry}/none", roles: .repliers)
        case .submitAnswerNone: .post("/answers/{inquiry}/none", roles: .repliers)
        case .answerMoved: .get("/answers/{inquiry}/moved", roles: .repliers)
        case .submitAnswerMoved: .post("/answers/{inquiry}/moved", roles: .repliers)
        case .answerLater: .get("/answers/{inquiry}/later", roles: .repliers)
        case .submitAnswerLater: .post("/answers/{inquiry}/later", roles: .repliers)
        case .answerAsking: .get("/answers/{inquiry}/question", roles: .repliers)
        case .submitAnswerAsking:
            .post("/answers/{inquiry}/question", roles: .repliers)
        case .answerPaper: .get("/answers/{inquiry}/paper", roles: .repliers)
        case .submitAnswerPaper: .post("/answers/{inquiry}/paper", roles: .repliers)
        case .answerCoverSheet: .get("/answers/{inquiry}/cover", roles: .repliers)
        case .submitAnswerCancelled: .post("/answers/{inquiry}/cancelled", roles: .repliers)

        case .answerRecall: .get("/answers/{inquiry}/recall", roles: .repliers)
        case .submitAnswerRecall: .post("/answers/{inquiry}/recall", roles: .repliers)

        case .manyAnswers: .get("/many-answers", roles: .repliers)
        case .lookAtAnswers: .upload("/many-answers", roles: .repliers)
        case .sendManyAnswers: .post("/many-answers/send", limit: 256 << 10, roles: .repliers)
        case .discardAnswers: .post("/many-answers/discard", limit: 8 << 10, roles: .repliers)

        case .queue: .get("/queue", roles: [.stateContact])
        case .checkMany: .post("/queue/check", roles: [.stateContact])
        case .queueCSV: .get("/queue/queue.csv", roles: [.stateContact])
        case .doMany: .post("/queue/do", roles: [.stateContact])
        case .giveBack: .post("/queue/give-back", roles: [.stateContact])
        case .saveQueueView: .post("/queue/views", limit: 8 << 10, roles: [.stateContact])
        case .forgetQueueView:
            .post("/queue/views/forget", limit: 8 << 10, roles: [.stateContact])
        case .queueRow: .get("/queue/{number}", roles: [.stateContact])
        case .queueRemind: .post("/queue/{number}/remind", roles: [.stateContact])
        case .queueCall: .post("/queue/{number}/call", roles: [.stateContact])
        case .queueClose: .post("/queue/{number}/close", roles: [.stateContact])
        case .queueMarkClosed: .post("/queue/{number}/closed", roles: [.stateContact])
        case .queueLocation: .get("/queue/{number}/location", roles: [.stateContact])
        case .submitQueueLocation: .post("/queue/{number}/location", roles: [.stateContact])
        case .queueExtend: .get("/queue/{number}/more-time", roles: [.stateContact])
        case .queueContact: .get("/queue/{number}/contact", roles: [.stateContact])
        case .submitQueueContact: .post("/queue/{number}/contact", roles: [.stateContact])
        case .submitQueueExtend: .post("/queue/{number}/more-time", roles: [.stateContact])

        case .contacts: .get("/contacts", roles: .contactKeepers)
        case .contactImport: .get("/contacts/import", roles: .directoryKeepers)
        case .takeContacts: .post("/contacts/import", limit: 4 << 20, roles: .directoryKeepers)
        case .approveClaim:
            .post("/contacts/claims/approve", limit: 8 << 10, roles: [.district, .stateContact])
        case .declineClaim:
            .post("/contacts/claims/decline", limit: 8 << 10, roles: [.district, .stateContact])
        case .organization: .get("/contacts/{organization}", roles: .contactKeepers)
        case .saveContact: .post("/contacts/{organization}", roles: .contactKeepers)
        case .confirmContact: .post("/contacts/{organization}/confirm", roles: .contactKeepers)
        case .askContact: .post("/contacts/{organization}/ask", roles: .contactKeepers)
        case .endContact: .post("/contacts/{organization}/end", roles: .contactKeepers)
        case .addClosure: .post("/contacts/{organization}/closed", roles: .contactKeepers)
        case .removeClosure: .post("/contacts/{organization}/open", roles: .contactKeepers)
        case .calendarFile: .get("/contacts/{organization}/calendar", roles: .contactKeepers)
        case .lookAtCalendar: .upload("/contacts/{organization}/calendar", roles: .contactKeepers)
        case .takeCalendar:
            .post(
                "/contacts/{organization}/calendar/take",
                limit: 4 << 20,
                roles: .contactKeepers
            )
        case .downloadCalendar:
            .get("/contacts/{organization}/calendar.ics", roles: .contactKeepers)
        case .legend: .get("/contacts/{organization}/legend", roles: .contactKeepers)
        case .saveLegend: .post("/contacts/{organization}/legend", roles: .contactKeepers)
        case .plans: .get("/contacts/{organization}/plans", roles: .contactKeepers)
        case .savePlan: .post("/contacts/{organization}/plans", roles: .contactKeepers)
        case .withdrawPlan:
            .post(
                "/contacts/{organization}/plans/withdraw",
                limit: 8 << 10,
                roles: .contactKeepers
            )
        case .stateRule: .get("/states/{state}/rule", roles: .stateKeepers)
        case .saveStateRule: .post("/states/{state}/rule", roles: .stateKeepers)
        case .keepLimit: .post("/states/{state}/limits", roles: .stateKeepers)
        case .removeLimit: .post("/states/{state}/limits/remove", roles: .stateKeepers)
        case .people: .get("/people", roles: .admitters)
        case .invitePerson: .post("/people/invite", roles: .admitters)
        case .approvePerson: .post("/people/{account}/approve", roles: .admitters)
        case .declinePerson: .post("/people/{account}/decline", roles: .admitters)
        case .disablePerson: .post("/people/{account}/disable", roles: .admitters)
        case .audit: .get("/audit", roles: [.administrator, .auditor])

        case .report: .get("/reports", roles: .reportReaders)
        case .reportCSV: .get("/reports/report.csv", roles: .reportReaders)

        case .lookups:
            .get("/locator", roles: [.district, .stateContact, .administrator, .auditor])
        case .nearMatches: .get("/locator/people", roles: .peopleKeepers)
        case .nearMatch: .get("/locator/people/pairs/{match}", roles: .peopleKeepers)
        case .proposeMerge: .post("/locator/people/pairs/{match}/merge", roles: .peopleKeepers)
        case .markApart: .post("/locator/people/pairs/{match}/apart", roles: .peopleKeepers)
        case .findLocated: .post("/locator/people/find", roles: .peopleKeepers)
        case .located: .get("/locator/people/one/{person}", roles: .peopleKeepers)
        case .locatedCard: .get("/locator/people/one/{person}/card", roles: .peopleKeepers)
        case .proposeSplit: .post("/locator/people/one/{person}/split", roles: .peopleKeepers)
        case .proposeMergeInto:
            .post("/locator/people/one/{person}/merge", roles: .peopleKeepers)
        case .keepAsOne: .post("/locator/people/one/{person}/keep", roles: .peopleKeepers)
        case .proposals: .get("/locator/people/proposals", roles: .peopleKeepers)
        case .proposal: .get("/locator/people/proposals/{proposal}", roles: .peopleKeepers)
        case .approveProposal:
            .post("/locator/people/proposals/{proposal}/approve", roles: .peopleKeepers)
        case .declineProposal:
            .post("/locator/people/proposals/{proposal}/decline", roles: .peopleKeepers)
        case .proposeUndo:
            .post("/locator/people/proposals/{proposal}/undo", roles: .peopleKeepers)
        case .feeds: .get("/locator/feeds", roles: .directoryKeepers)
        case .registerFeed: .post("/locator/feeds", limit: 4 << 20, roles: .directoryKeepers)
        case .feed: .get("/locator/feeds/{system}", roles: .directoryKeepers)
        case .handInFeed: .upload("/locator/feeds/{system}", roles: .directoryKeepers)
        case .applyFeed: .post("/locator/feeds/{system}/apply", roles: .directoryKeepers)
        case .discardFeed: .post("/locator/feeds/{system}/discard", roles: .directoryKeepers)
        case .refusedRows: .get("/locator/feeds/{system}/refused.csv", roles: .directoryKeepers)
        case .agreeToFeed:
            .post("/locator/feeds/{system}/drops/{drop}/agree", roles: .directoryKeepers)
        case .declineFeed:
            .post("/locator/feeds/{system}/drops/{drop}/decline", roles: .directoryKeepers)
        case .refusedRowsOfDrop:
            .get("/locator/feeds/{system}/drops/{drop}/refused.csv", roles: .directoryKeepers)
        }
    }
}

extension Set<StaffRole> {
    fileprivate static var everyone: Self { Self(StaffRole.allCases) }
    fileprivate static var askers: Self { StaffRole.requesters }
    fileprivate static var readers: Self { StaffRole.readers }
    fileprivate static var answerers: Self { StaffRole.answerers }
    /// Who may answer: for their organisation, or in its place.
    fileprivate static var repliers: Self { StaffRole.answerers.union([.stateContact]) }
    fileprivate static var watchers: Self {
        [
            .registrar, .counselor, .recordsClerk, .district, .stateContact,
        ]
    }
    /// Whoever asks, and the state contacts who watch it.
    fileprivate static var mergers: Self { StaffRole.requesters.union([.stateContact]) }
    fileprivate static var disclosureReaders: Self {
        [
            .registrar, .counselor, .recordsClerk, .district, .stateContact, .auditor,
        ]
    }
    fileprivate static var directoryKeepers: Self { [.district, .stateContact, .administrator] }
    /// A school's own people keep their office's contacts and its calendar, and no others.
    fileprivate static var contactKeepers: Self {
        directoryKeepers.union([.registrar, .recordsClerk])
    }
    fileprivate static var reportReaders: Self {
        [.registrar, .counselor, .recordsClerk, .stateContact, .administrator]
    }
    fileprivate static var stateKeepers: Self { [.stateContact, .administrator] }
    fileprivate static var peopleKeepers: Self { [.stateContact] }
    fileprivate static var admitters: Self { [.administrator, .district] }
}
