import Casework

/// Pages for people who are signed in with both factors.
///
/// The table says which roles may come in; which organisations' requests they may touch is the
/// use cases' part.
package enum StaffRoute: String, RouteTable {
    case home, signOut
    // Asking.
    case requests, startDraft
    case draftStudent, submitDraftStudent
    case draftPlace, submitDraftPlace
    case draftPurpose, submitDraftPurpose
    case draftCheck, sendDraft, joinRequest, discardDraft
    case tracker, requestSent
    case answerQuestion, remindHolder
    case cancelRequest, submitCancelRequest
    case addLocation, submitAddLocation
    // What arrived.
    case records, downloadFile, downloadSealed, downloadEverything
    case acceptRecords, rejectRecords, submitRejectRecords
    case reopenRequest, retryDelivery
    case disclosures, disclosuresTable
    // Answering with an account.
    case answers
    case answerRecords, sendAnswerRecords, answerReceipt
    case answerNoRecords, sayAnswerNoRecords
    case answerMovedOn, sayAnswerMovedOn
    case answerMoreTime, sayAnswerMoreTime
    case answerWithQuestion, askAnswerQuestion
    case answerNotMe, sayAnswerNotMe
    // The state's desk.
    case queue, remindMany
    case queueItem, remindFromQueue, logCall, closeFromQueue
    case addQueueLocation, submitQueueLocation
    // Directory, accounts, watching over it.
    case contacts, organization, saveContact, confirmContact
    case people, invitePerson, approvePerson, declinePerson, disablePerson
    case audit

    package var definition: RouteDefinition {
        switch self {
        case .home: .get("/home", roles: .everyone)
        case .signOut: .post("/sign-out", limit: 8 << 10, roles: .everyone)

        case .requests: .get("/requests", roles: .askers)
        case .startDraft: .post("/requests/new", roles: .askers)
        case .draftStudent: .get("/drafts/{draft}/student", roles: .askers)
        case .submitDraftStudent: .post("/drafts/{draft}/student", roles: .askers)
        case .draftPlace: .get("/drafts/{draft}/place", roles: .askers)
        case .submitDraftPlace: .post("/drafts/{draft}/place", roles: .askers)
        case .draftPurpose: .get("/drafts/{draft}/purpose", roles: .askers)
        case .submitDraftPurpose: .post("/drafts/{draft}/purpose", roles: .askers)
        case .draftCheck: .get("/drafts/{draft}/check", roles: .askers)
        case .sendDraft: .post("/drafts/{draft}/send", roles: .askers)
        case .joinRequest: .post("/drafts/{draft}/join", roles: .askers)
        case .discardDraft: .post("/drafts/{draft}/discard", roles: .askers)
        case .tracker: .get("/requests/{number}", roles: .watchers)
        case .requestSent: .get("/requests/{number}/sent", roles: .askers)
        case .answerQuestion: .post("/requests/{number}/answer-question", roles: .askers)
        case .remindHolder: .post("/requests/{number}/remind", roles: .askers)
        case .cancelRequest: .get("/requests/{number}/cancel", roles: .askers)
        case .submitCancelRequest: .post("/requests/{number}/cancel", roles: .askers)
        case .addLocation: .get("/requests/{number}/location", roles: .askers)
        case .submitAddLocation: .post("/requests/{number}/location", roles: .askers)

        case .records: .get("/requests/{number}/records", roles: .readers)
        case .downloadFile:
            .get("/requests/{number}/bundles/{bundle}/files/{file}", roles: .readers)
        case .downloadSealed: .get("/requests/{number}/bundles/{bundle}/sealed", roles: .readers)
        case .downloadEverything:
            .get("/requests/{number}/bundles/{bundle}/everything", roles: .readers)
        case .acceptRecords: .post("/requests/{number}/accept", roles: .readers)
        case .rejectRecords: .get("/requests/{number}/reject", roles: .readers)
        case .submitRejectRecords: .post("/requests/{number}/reject", roles: .readers)
        case .reopenRequest: .post("/requests/{number}/reopen", roles: .askers)
        case .retryDelivery: .post("/requests/{number}/retry-delivery", roles: .askers)
        case .disclosures: .get("/requests/{number}/disclosures", roles: .disclosureReaders)
        case .disclosuresTable:
            .get("/requests/{number}/disclosures.csv", roles: .disclosureReaders)

        case .answers: .get("/answers", roles: .answerers)
        case .answerRecords: .get("/answers/{inquiry}/records", roles: .repliers)
        case .sendAnswerRecords: .upload("/answers/{inquiry}/records", roles: .repliers)
        case .answerReceipt: .get("/answers/{inquiry}/receipt", roles: .repliers)
        case .answerNoRecords: .get("/answers/{inquiry}/none", roles: .repliers)
        case .sayAnswerNoRecords: .post("/answers/{inquiry}/none", roles: .repliers)
        case .answerMovedOn: .get("/answers/{inquiry}/moved", roles: .repliers)
        case .sayAnswerMovedOn: .post("/answers/{inquiry}/moved", roles: .repliers)
        case .answerMoreTime: .get("/answers/{inquiry}/later", roles: .repliers)
        case .sayAnswerMoreTime: .post("/answers/{inquiry}/later", roles: .repliers)
        case .answerWithQuestion: .get("/answers/{inquiry}/question", roles: .repliers)
        case .askAnswerQuestion: .post("/answers/{inquiry}/question", roles: .repliers)
        case .answerNotMe: .get("/answers/{inquiry}/not-me", roles: .repliers)
        case .sayAnswerNotMe: .post("/answers/{inquiry}/not-me", roles: .repliers)

        case .queue: .get("/queue", roles: [.stateContact])
        case .remindMany: .post("/queue/remind", roles: [.stateContact])
        case .queueItem: .get("/queue/{inquiry}", roles: [.stateContact])
        case .remindFromQueue: .post("/queue/{inquiry}/remind", roles: [.stateContact])
        case .logCall: .post("/queue/{inquiry}/call", roles: [.stateContact])
        case .closeFromQueue: .post("/queue/{inquiry}/close", roles: [.stateContact])
        case .addQueueLocation: .get("/queue/{inquiry}/location", roles: [.stateContact])
        case .submitQueueLocation: .post("/queue/{inquiry}/location", roles: [.stateContact])

        case .contacts: .get("/contacts", roles: .directoryKeepers)
        case .organization: .get("/contacts/{organization}", roles: .directoryKeepers)
        case .saveContact: .post("/contacts/{organization}", roles: .directoryKeepers)
        case .confirmContact: .post("/contacts/{organization}/confirm", roles: .directoryKeepers)
        case .people: .get("/people", roles: .admitters)
        case .invitePerson: .post("/people/invite", roles: .admitters)
        case .approvePerson: .post("/people/{account}/approve", roles: .admitters)
        case .declinePerson: .post("/people/{account}/decline", roles: .admitters)
        case .disablePerson: .post("/people/{account}/disable", roles: .admitters)
        case .audit: .get("/audit", roles: [.administrator, .auditor])
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
    fileprivate static var watchers: Self { [
        .registrar, .counselor, .recordsClerk, .district, .stateContact,
    ] }
    fileprivate static var disclosureReaders: Self { [
        .registrar, .counselor, .recordsClerk, .district, .stateContact, .auditor,
    ] }
    fileprivate static var directoryKeepers: Self { [.district, .stateContact, .administrator] }
    fileprivate static var admitters: Self { [.administrator, .district] }
}
