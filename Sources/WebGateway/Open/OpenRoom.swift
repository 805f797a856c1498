package import Casework
package import Hummingbird
import Rendering
import Vocabulary

/// The pages for anyone: each route leads to one function of an extension beside this.
package struct OpenRoom: PublicPages {
    let desk: Desk
    let frame: PageFrame
    let schools: SchoolFinder
    let sessions: SessionDesk
    let cookies: SessionCookies
    let limits: TryLimits
    let receipts: any ReceiptChecker
    let proofs: any ProofChecker
    let proofTurns = ProofTurns()
    let demo: DemoStage?
    /// How long every answer to a family takes, whatever comes of it.
    let familyPace: Duration
    private let stylesheet: StaticAsset
    private let recordStylesheet: StaticAsset
    private let uploadScript: StaticAsset
    private let icon: StaticAsset
    private let interfaceDescription: StaticAsset

    /// `demo`: `nil` in a real installation.
    ///
    /// `familyPace`: longer than any look-up with a slip takes, so that no time tells what it was
    /// that did not fit.
    package init(
        desk: Desk,
        frame: PageFrame,
        schools: SchoolFinder,
        sessions: SessionDesk,
        cookies: SessionCookies,
        limits: TryLimits,
        receipts: any ReceiptChecker,
        proofs: any ProofChecker,
        demo: DemoStage?,
        familyPace: Duration = .milliseconds(400)
    ) {
        self.desk = desk
        self.frame = frame
        self.schools = schools
        self.sessions = sessions
        self.cookies = cookies
        self.limits = limits
        self.receipts = receipts
        self.proofs = proofs
        self.demo = demo
        self.familyPace = familyPace
        let renderer = frame.renderer
        stylesheet = StaticAsset(
            renderer.stylesheet,
            mediaType: "text/css; charset=utf-8",
            secrets: desk.secrets
        )
        recordStylesheet = StaticAsset(
            renderer.recordStylesheet,
            mediaType: "text/css; charset=utf-8",
            secrets: desk.secrets
        )
        uploadScript = StaticAsset(
            renderer.uploadScript,
            mediaType: "text/javascript; charset=utf-8",
            secrets: desk.secrets
        )
        icon = StaticAsset(renderer.icon, mediaType: "image/svg+xml", secrets: desk.secrets)
        interfaceDescription = StaticAsset(
            renderer.interfaceDescription,
            mediaType: "application/json",
            secrets: desk.secrets
        )
    }

    package func respond(to route: PublicRoute, _ visit: Visit) async throws -> Response {
        switch route {
        case .landing: try await landing(visit)
        case .health: .text("ok\n")
        case .stylesheet: stylesheet.response(to: visit.request)
        case .recordStylesheet: recordStylesheet.response(to: visit.request)
        case .uploadScript: uploadScript.response(to: visit.request)
        case .icon: icon.response(to: visit.request)
        case .interfaceDescription: interfaceDescription.response(to: visit.request)
        case .help: frame.page(HelpPage(states: []), visit)
        case .privacy: frame.page(PrivacyPage(), visit)
        case .accessibility: frame.page(AccessibilityPage(), visit)

        case .signIn: try await signInPage(visit, .empty)
        case .submitSignIn: try await signIn(visit)
        case .askForAccount: try await askForAccountPage(visit, .empty, role: nil)
        case .submitAccountRequest: try await askForAccount(visit)
        case .accountAsked: frame.page(AccountAskedPage(), visit)
        case .invitation: try await invitationPage(visit, .empty)
        case .acceptInvitation: try await acceptInvitation(visit)

        case .askForRecovery: askForRecoveryPage(visit, .empty)
        case .submitRecoveryRequest: try await askForRecovery(visit)
        case .recoverySent: frame.page(RecoverySentPage(), visit)
        case .recovery: try await recoveryPage(visit, .empty)
        case .recover: try await recover(visit)

        case .answerLink: try await door(visit, .empty)
        case .openAnswerLink: try await openDoor(visit, then: .records)
        case .renewAnswerLink: try await sendNewLink(visit)
        case .notMeAtDoor: try await door(visit, .empty, to: .notMe)
        case .recallAtDoor: try await door(visit, .empty, to: .recall)
        case .openForRecall: try await openDoor(visit, then: .recall)
        case .correctionAtDoor: try await door(visit, .empty, to: .correct)
        case .openForCorrection: try await openDoor(visit, then: .correct)
        case .openForNotMe: try await openDoor(visit, then: .notMe)

        case .mailbox: try await mailbox(visit, .empty)
        case .answerMailbox: try await answerMailbox(visit)
        case .claim: try await claimPage(visit, .empty)
        case .submitClaim: try await claim(visit)
        case .claimSent: frame.page(ClaimSentPage(), visit)

        case .check: frame.page(CheckNumberPage(form: named(visit)), visit)
        case .submitCheck: try await check(visit)
        case .checkReceipt: try await checkReceipt(visit)
        case .checkProof: try await checkProof(visit)

        case .family, .familyInEnglish:
            familyPage(visit, at: route)
        case .submitFamily, .submitFamilyInEnglish: try await showFamily(visit, at: route)

        case .demoMail: frame.page(DemoMailPage(rows: try await stage().mail()), visit)
        case .demoMessage: try await demoMessage(visit)
        case .moveDemoClock: try await moveClock(visit)
        }
    }

    /// The front page; whoever is signed in goes home.
    private func landing(_ visit: Visit) async throws -> Response {
        if let token = cookies.token(.staff, in: visit.request),
            let session = try await sessions.session(token),
            case .staff(_, secondFactorPassed: true) = session.holder
        {
            return .seeOther(StaffRoute.home.path())
        }
        return frame.page(WelcomePage(), visit)
    }

    /// The number of a printed page's square code, to be checked by a press; anything else that
    /// stands in the address is nobody's and is not shown.
    private func named(_ visit: Visit) -> Form {
        let number = visit.query["number"].flatMap { try? RequestNumber(parsing: $0) }
        return number.map { Form([.number: $0.description]) } ?? .empty
    }

    private func check(_ visit: Visit) async throws -> Response {
        let typed = visit.form[.number]
        var form = Form([.number: typed])
        var found: Rendering.CheckedNumber?
        do {
            let number = try RequestNumber(parsing: typed)
            try limits.check(number.description, from: visit.address)
            if let known = try await desk.check(number) {
                found = Rendering.CheckedNumber(
                    number: number,
                    requester: "\(known.requester), \(known.requesterCity), "
                        + schools.stateName(known.requesterState),
                    holder: known.holder ?? "",
                    filedOn: known.filedOn,
                    status: known.word
                )
            } else {
                form.problems = [FieldProblem(.number, .numberUnknown)]
            }
        } catch RequestNumber.Malformed.checkCharacterDiffers {
            form.problems = [FieldProblem(.number, .numberMistyped)]
        } catch is RequestNumber.Malformed {
            form.problems = [FieldProblem(.number, .numberMalformed)]
        }
        return frame.page(
            CheckNumberPage(form: form, found: found),
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    private func demoMessage(_ visit: Visit) async throws -> Response {
        guard let page = try await stage().message(try visit.parameter("message")) else {
            throw GatewayFailure.notFound
        }
        return frame.page(page, visit)
    }

    private func moveClock(_ visit: Visit) async throws -> Response {
        guard let step = DemoStage.Step(rawValue: visit.form["step"] ?? "") else {
            throw GatewayFailure.malformed
        }
        try await stage().move(step)
        // Pages send no referrer, so where the bar was pressed is not known: home tells most.
        return .seeOther(PublicRoute.landing.path())
    }

    private func stage() throws(GatewayFailure) -> DemoStage {
        guard let demo else { throw .notFound }
        return demo
    }
}
