package import Casework
package import Hummingbird
import RecordExchange
import StudentRecords
import Vocabulary

/// The programming interface: the same use cases as the pages, as JSON.
package struct SystemRoom: SystemPages {
    let desk: Desk
    let schools: SchoolFinder
    /// Reads the records among the files of an answer, as the pages do.
    let answers: AnswerRoom
    let drop: any FileDrop
    /// Where the pieces of uploads lie: bytes of any kind.
    let pieces: any FileDrop
    let bundles: any SealedIntake
    let files: any RecordFiles
    let limits: UploadForm.Limits
    let claims = UploadClaims()
    /// One sealed bundle of each partner is opened at a time, as those that are dropped: whoever
    /// finishes many uploads at once waits for themselves.
    let turns = Turns<Partner.ID>(places: 1)
    let fetches = FetchMemory()

    package init(
        desk: Desk,
        schools: SchoolFinder,
        answers: AnswerRoom,
        drop: any FileDrop,
        pieces: any FileDrop,
        bundles: any SealedIntake,
        files: any RecordFiles,
        limits: UploadForm.Limits
    ) {
        self.desk = desk
        self.schools = schools
        self.answers = answers
        self.drop = drop
        self.pieces = pieces
        self.bundles = bundles
        self.files = files
        self.limits = limits
    }

    package func respond(to route: SystemRoute, _ visit: SystemVisit) async throws -> Response {
        switch route {
        case .caller: try await caller(visit)
        case .schools: try schoolsFound(visit)

        case .requests: try await requests(visit)
        case .fileRequest: try await fileRequest(visit)
        case .request: .json(try await requestView(try number(visit), visit))
        case .cancelRequest: try await cancelRequest(visit)
        case .acceptRecords: try await acceptRecords(visit)

        case .remindHolder: try await remindHolder(visit)
        case .askAnotherSchool: try await askAnotherSchool(visit)
        case .rejectRecords: try await rejectRecords(visit)

        case .familyMail: try await familyMail(visit)
        case .keepFamilyMail: try await keepFamilyMail(visit)
        case .forgetFamilyMail: try await forgetFamilyMail(visit)

        case .bundles: try await bundles(visit)
        case .sealedBundle: try await sealedBundle(visit)
        case .bundleFile: try await bundleFile(visit)
        case .reportReceipt: try await reportReceipt(visit)
        case .receipts: try await receipts(visit)
        case .outcomes: try await outcomes(visit)
        case .reportOutcome: try await reportOutcome(visit)

        case .recallState: try await recallState(visit)
        case .recallBundle: try await recallBundle(visit)
        case .confirmDestroyed: try await confirmDestroyed(visit)
        case .recallAnswer: try await recallAnswer(visit)

        case .takeBundle: try await takeBundle(visit)
        case .upload: try await uploadState(visit)
        case .appendUpload: try await appendUpload(visit)
        case .cancelUpload: try await cancelUpload(visit)

        case .inquiries: try await inquiries(visit)
        case .inquiry: .json(try await inquiryView(try visit.identifier("inquiry"), visit))
        case .sendRecords: try await sendRecords(visit)
        case .promise: try await promise(visit)
        case .hold: try await hold(visit)
        case .refuse: try await refuse(visit)
        case .ask: try await ask(visit)
        case .receiptsForAnswer: try await receiptsForAnswer(visit)

        case .webhooks: try await webhooks(visit)
        case .addWebhook: try await addWebhook(visit)
        case .rotateWebhook: try await rotateWebhook(visit)
        case .stopWebhook: try await stopWebhook(visit)
        case .testWebhook: try await testWebhook(visit)
        }
    }

    func number(_ visit: SystemVisit) throws -> RequestNumber {
        guard let text = visit.parameters["number"], let number = try? RequestNumber(parsing: text)
        else { throw SystemProblem(.notFound) }
        return number
    }

    /// Which page of a list `limit` and `after` ask for.
    func pageAsked(_ visit: SystemVisit) throws -> (start: PageStart, limit: Int) {
        var issues: [SystemProblem.Issue] = []
        let typed = visit.query["limit"]
        let limit = typed.map { Int($0) ?? 0 } ?? 50
        if !(1...200).contains(limit) {
            issues.append(.init(pointer: "limit", detail: "must be a number from 1 to 200"))
        }
        var start = PageStart.top
        if let after = visit.query["after"] {
            if let position = ListPosition(after) {
                start = .after(position)
            } else {
                issues.append(
                    .init(pointer: "after", detail: "is no cursor of this list; start again")
                )
            }
        }
        guard issues.isEmpty else { throw SystemProblem(.invalid, issues: issues) }
        return (start, limit)
    }

    private func caller(_ visit: SystemVisit) async throws -> Response {
        var organizations: [SystemView.Organization] = []
        for membership in visit.actor.memberships {
            organizations.append(
                .init(
                    id: membership.organization.description,
                    name: try await desk.name(of: membership.organization)
                )
            )
        }
        return .json(
            SystemView.Caller(
                name: visit.actor.name,
                key: visit.caller.key.label,
                scopes: visit.caller.key.scopes.sorted().map(\.rawValue),
                expires: SystemView.time(visit.caller.key.expiresAt),
                organizations: organizations
            )
        )
    }

    private func schoolsFound(_ visit: SystemVisit) throws -> Response {
        let text = visit.query["q"] ?? ""
        var issues: [SystemProblem.Issue] = []
        // As the description counts (JSON Schema's `minLength`): code points, not bytes.
        if !(2...100).contains(text.unicodeScalars.count) {
            issues.append(.init(pointer: "q", detail: "must have 2 to 100 characters"))
        }
        let state = visit.query["state"].map { StateCode($0) }
        if case .some(.none) = state {
            issues.append(.init(pointer: "state", detail: "must be a postal code such as TX"))
        }
        guard issues.isEmpty else { throw SystemProblem(.invalid, issues: issues) }
        let found = schools.find(text, in: state ?? nil)
        return .json(SystemView.List(items: found.map(SystemView.SchoolEntry.init), next: nil))
    }
}
