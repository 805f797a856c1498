/// Pages for anyone: no session, no student data.
package enum PublicRoute: String, RouteTable {
    case landing, health, stylesheet, recordStylesheet, uploadScript, icon, interfaceDescription
    case help, privacy, accessibility
    case signIn, submitSignIn
    case askForAccount, submitAccountRequest, accountAsked
    case invitation, acceptInvitation
    case askForRecovery, submitRecoveryRequest, recoverySent, recovery, recover
    case answerLink, openAnswerLink, renewAnswerLink
    case notMeAtDoor, openForNotMe, recallAtDoor, openForRecall
    case correctionAtDoor, openForCorrection
    case mailbox, answerMailbox
    case claim, submitClaim, claimSent
    case check, submitCheck, checkReceipt, checkProof
    case family, submitFamily, familyInEnglish, submitFamilyInEnglish
    case demoMail, demoMessage, moveDemoClock

    package var definition: RouteDefinition {
        switch self {
        case .landing: .get("/")
        case .health: .get("/healthz")
        case .stylesheet: .get("/site.css")
        case .recordStylesheet: .get("/record.css")
        case .uploadScript: .get("/upload.js")
        case .icon: .get("/icon.svg")
        case .interfaceDescription: .get("/api/v1/openapi.json")
        case .help: .get("/help")
        case .privacy: .get("/privacy")
        case .accessibility: .get("/accessibility")
        case .signIn: .get("/sign-in")
        case .submitSignIn: .post("/sign-in", limit: 8 << 10)
        case .askForAccount: .get("/account/ask")
        case .submitAccountRequest: .post("/account/ask", limit: 8 << 10)
        case .accountAsked: .get("/account/ask/sent")
        case .askForRecovery: .get("/account/recover")
        case .submitRecoveryRequest: .post("/account/recover", limit: 8 << 10)
        case .recoverySent: .get("/account/recover-sent")
        case .recovery: .get("/account/recover/{token}")
        case .recover: .post("/account/recover/{token}", limit: 8 << 10)
        case .invitation: .get("/invitation/{token}")
        case .acceptInvitation: .post("/invitation/{token}", limit: 8 << 10)
        // Mail scanners fetch links and press buttons: only the typed code opens one.
        case .answerLink: .get("/r/{token}")
        case .openAnswerLink: .post("/r/{token}", limit: 8 << 10)
        case .renewAnswerLink: .post("/r/{token}/new-link", limit: 8 << 10)
        // Saying "not me" kills the link, so it takes the code as well.
        case .notMeAtDoor: .get("/r/{token}/not-me")
        case .openForNotMe: .post("/r/{token}/not-me", limit: 8 << 10)
        // After the end the link opens for these alone.
        case .recallAtDoor: .get("/r/{token}/recall")
        case .openForRecall: .post("/r/{token}/recall", limit: 8 << 10)
        case .correctionAtDoor: .get("/r/{token}/correct")
        case .openForCorrection: .post("/r/{token}/correct", limit: 8 << 10)
        case .mailbox: .get("/c/{token}")
        case .answerMailbox: .post("/c/{token}", limit: 8 << 10)
        case .claim: .get("/claim")
        case .submitClaim: .post("/claim", limit: 8 << 10)
        case .claimSent: .get("/claim/sent")
        case .check: .get("/check")
        case .submitCheck: .post("/check", limit: 8 << 10)
        case .checkReceipt: .upload("/check/receipt")
        case .checkProof: .upload("/check/file")
        // Two addresses, since each half of the slip is in its own language.
        case .family: .get("/familia")
        case .submitFamily: .post("/familia", limit: 8 << 10)
        case .familyInEnglish: .get("/family")
        case .submitFamilyInEnglish: .post("/family", limit: 8 << 10)
        case .demoMail: .get("/demo/mail", demonstrationOnly: true)
        case .demoMessage: .get("/demo/mail/{message}", demonstrationOnly: true)
        case .moveDemoClock: .post("/demo/clock", limit: 8 << 10, demonstrationOnly: true)
        }
    }
}
