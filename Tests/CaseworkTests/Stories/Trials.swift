import Casework
import RecordExchange
import TestSupport
import Vocabulary

extension Trial {
    static let all: [Self] =
        drafting + following + reading + desk + answering + accounts
        + overPeople + overOffices + overArrived + overFamilies + overWebhooks + overQueues
        + overReports + overMail + overRecalls + overClosedSchools

    static let requesters = [Cast.registrar, Cast.counselor, Cast.secondRegistrar]
    static let states = [Cast.texas, Cast.california]

    // MARK: Where the use case is possible

    private static let draft: @Sendable (World) async throws -> Subject = { world in
        Subject(draft: try await world.draft())
    }

    static let filed: @Sendable (World) async throws -> Subject = { world in
        let request = try await world.file()
        return Subject(
            number: request.number,
            inquiry: try await world.inquiry(of: request).id
        )
    }

    private static let cancelled: @Sendable (World) async throws -> Subject = { world in
        let subject = try await filed(world)
        try await world.desk.cancelRequest(
            subject.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        return subject
    }

    /// The holder's mailbox says that nobody is there until June.
    private static let away: @Sendable (World) async throws -> Subject = { world in
        let subject = try await filed(world)
        try await world.settle()
        let asked = world.mails(to: Cast.mapleOffice).first?.messageID ?? ""
        let reply =
            "In-Reply-To: <\(asked)>\nAuto-Submitted: auto-replied\n\nBack on June 8, 2026."
        _ = try await world.desk.takeMail(InboundMail(parsing: Array(reply.utf8)))
        return subject
    }

    /// The holder promised, so a cancellation waits for it.
    private static let stopping: @Sendable (World) async throws -> Subject = { world in
        let subject = try await filed(world)
        try await world.desk.promise(
            subject.inquiry,
            day: .on("2026-05-28"),
            note: "",
            by: .staff(Cast.clerk.actor)
        )
        try await world.desk.cancelRequest(
            subject.number,
            reason: .wrongSchool,
            note: "",
            by: Cast.registrar.actor
        )
        return subject
    }

    static let answered: @Sendable (World) async throws -> Subject = { world in
        let request = try await world.file()
        let bundle = try await world.sendRecords()
        return Subject(number: request.number, inquiry: bundle.inquiry, bundle: bundle.id)
    }

    private static let received: @Sendable (World) async throws -> Subject = { world in
        let subject = try await answered(world)
        // Somebody else of the school took it.
        _ = try await world.desk.release(
            .archive,
            of: subject.bundle,
            in: subject.number,
            to: Cast.secondRegistrar.actor
        )
        try await world.desk.noteTaken(.archive, of: subject.bundle, by: Cast.secondRegistrar.actor)
        return subject
    }

    private static let taking: @Sendable (World) async throws -> Subject = { world in
        let subject = try await answered(world)
        _ = try await world.desk.release(
            .archive,
            of: subject.bundle,
            in: subject.number,
            to: Cast.secondRegistrar.actor
        )
        return subject
    }

    private static let questioned: @Sendable (World) async throws -> Subject = { world in
        let subject = try await filed(world)
        try await world.desk.askRequester(
            subject.inquiry,
            question: "Which middle name?",
            by: .staff(Cast.clerk.actor)
        )
        return subject
    }

    private static let asked: @Sendable (World) async throws -> Subject = { world in
        try await world.desk.requestAccount(
            email: .of("nora", at: "oak"),
            name: "Nora",
            title: "",
            role: .registrar,
            school: School.oak.id,
            language: .english
        )
        let people = try await world.desk.people(by: Cast.administrator.actor)
        return Subject(account: people.first { $0.status == .requested }?.id ?? .numbered(0))
    }

    private static func known(_ draft: RequestDraft?) throws -> RequestDraft {
        guard let draft else { throw Surprise("no draft") }
        return draft
    }

    // MARK: The use cases

    private static let drafting: [Self] = [
        Self(name: "startDraft", permitted: requesters, prepare: draft) { desk, _, actor in
            _ = try await desk.startDraft(for: School.oak.id, by: actor)
        },
        Self(name: "draft", permitted: [Cast.registrar], prepare: draft) { desk, it, actor in
            _ = try await desk.draft(try known(it.draft).id, by: actor)
        },
        Self(name: "save", permitted: [Cast.registrar], prepare: draft) { desk, it, actor in
            try await desk.save(try known(it.draft), by: actor)
        },
        Self(name: "discardDraft", permitted: [Cast.registrar], prepare: draft) {
            desk,
            it,
            actor in
            try await desk.discardDraft(try known(it.draft).id, by: actor)
        },
        Self(name: "locate", permitted: [Cast.registrar], prepare: draft) { desk, it, actor in
            _ = try await desk.locate(try known(it.draft).id, by: actor)
        },
        Self(name: "fileRequest", permitted: [Cast.registrar], prepare: draft) {
            desk,
            it,
            actor in
            _ = try await desk.fileRequest(try known(it.draft).id, by: actor)
        },
    ]

    private static let following: [Self] = [
        Self(name: "joinRequest", permitted: requesters, prepare: filed) { desk, it, actor in
            try await desk.joinRequest(it.number, by: actor)
        },
        Self(name: "story", permitted: requesters + states, prepare: filed) { desk, it, actor in
            _ = try await desk.story(of: it.number, by: actor)
        },
        Self(name: "request", permitted: requesters, prepare: filed) { desk, it, actor in
            _ = try await desk.request(it.number, by: actor)
        },
        Self(name: "queueRow", permitted: requesters + states, prepare: filed) {
            desk,
            it,
            actor in
            _ = try await desk.queueRow(of: it.number, by: actor)
        },
        Self(name: "cancelRequest", permitted: requesters, prepare: filed) { desk, it, actor in
            try await desk.cancelRequest(it.number, reason: .wrongSchool, note: "", by: actor)
        },
        Self(name: "reopenRequest", permitted: requesters, prepare: cancelled) { desk, it, actor in
            _ = try await desk.reopenRequest(it.number, by: actor)
        },
        Self(name: "answerQuestion", permitted: requesters, prepare: questioned) {
            desk,
            it,
            actor in
            try await desk.answerQuestion(it.number, answer: "None", by: actor)
        },
        Self(name: "writeToHolder", permitted: requesters, prepare: answered) { desk, it, actor in
            try await desk.writeToHolder(it.number, message: "The dates, please.", by: actor)
        },
        Self(name: "acceptRecords", permitted: requesters, prepare: received) { desk, it, actor in
            try await desk.acceptRecords(it.number, by: actor)
        },
    ]

    private static let reading: [Self] = [
        Self(name: "records", permitted: requesters, prepare: answered) { desk, it, actor in
            _ = try await desk.records(of: it.number, by: actor)
        },
        Self(name: "release", permitted: requesters, prepare: answered) { desk, it, actor in
            _ = try await desk.release(.sealed, of: it.bundle, in: it.number, to: actor)
        },
        Self(name: "noteTaken", permitted: requesters, prepare: taking) { desk, it, actor in
            try await desk.noteTaken(.archive, of: it.bundle, by: actor)
        },
        Self(name: "rejectRecords", permitted: requesters, prepare: received) { desk, it, actor in
            try await desk.rejectRecords(
                it.number,
                bundle: it.bundle,
                reason: .unreadable,
                note: "",
                by: actor
            )
        },
        Self(
            name: "disclosures",
            permitted: requesters + states + [Cast.auditor, Cast.clerk],
            prepare: received
        ) { desk, it, actor in
            _ = try await desk.disclosures(of: it.number, by: actor)
        },
        Self(
            name: "receipts",
            permitted: requesters + states + [Cast.auditor, Cast.clerk],
            prepare: received
        ) { desk, it, actor in
            _ = try await desk.receipts(of: it.number, by: actor)
        },
        Self(
            name: "receipts of one answer",
            permitted: [Cast.clerk],
            prepare: received
        ) { desk, it, actor in
            _ = try await desk.receipts(of: it.inquiry, by: actor)
        },
        Self(
            name: "reportReceipt",
            permitted: requesters,
            prepare: received
        ) { desk, it, actor in
            _ = try await desk.reportReceipt(
                for: it.bundle,
                in: it.number,
                trouble: nil,
                by: actor
            )
        },
        Self(
            name: "unconfirmed",
            permitted: [Cast.texas],
            prepare: filed
        ) { desk, _, actor in
            _ = try await desk.unconfirmed(in: .texas, by: actor)
        },
        Self(
            name: "auditLog",
            permitted: [Cast.administrator, Cast.auditor],
            prepare: filed
        ) { desk, _, actor in
            _ = try await desk.auditLog(before: nil, limit: 10, by: actor)
        },
        Self(
            name: "lookupUse",
            permitted: [
                Cast.administrator, Cast.auditor, Cast.texas, Cast.california, Cast.washington,
                Cast.mapleDistrict, Cast.oakDistrict,
            ],
            prepare: filed
        ) { desk, _, actor in
            _ = try await desk.lookupUse(by: actor)
        },
    ]

    private static let desk: [Self] = [
        Self(name: "stateQueue", permitted: [Cast.california], prepare: filed) { desk, _, actor in
            _ = try await desk.stateQueue(of: .california, all: true, by: actor)
        },
        Self(name: "remindHolder", permitted: requesters + states, prepare: filed) {
            desk,
            it,
            actor in
            try await desk.remindHolder(it.number, by: actor)
        },
        Self(name: "askAnotherSchool", permitted: requesters + states, prepare: filed) {
            desk,
            it,
            actor in
            try await desk.askAnotherSchool(it.number, School.willow.id, by: actor)
        },
        Self(name: "logCall", permitted: requesters + states, prepare: filed) { desk, it, actor in
            try await desk.logCall(it.number, note: "Nobody there", by: actor)
        },
        Self(name: "closureOffer", permitted: requesters + states, prepare: away) {
            desk,
            it,
            actor in
            _ = try await desk.closureOffer(of: it.number, by: actor)
        },
        Self(name: "markClosed", permitted: [Cast.california], prepare: away) { desk, it, actor in
            _ = try await desk.markClosed(it.number, by: actor)
        },
        Self(name: "closeUnfilled", permitted: states, prepare: filed) { desk, it, actor in
            try await desk.closeUnfilled(it.number, reason: .noAnswerAtCap, note: "", by: actor)
        },
    ]

    /// The holder's own staff and its district; the holder's state contact in their place.
    private static let answering: [Self] =
        answers("staff", [Cast.clerk, Cast.mapleDistrict]) { .staff($0) }
        + answers("stateContact", [Cast.california]) { .stateContact($0) }

    private static func answers(
        _ way: String,
        _ permitted: [StaffAccount],
        _ answerer: @escaping @Sendable (Actor) -> Answerer
    ) -> [Self] {
        [
            Self(name: "answerTask by \(way)", permitted: permitted, prepare: filed) {
                _ = try await $0.answerTask($1.inquiry, by: answerer($2))
            },
            Self(name: "answer by \(way)", permitted: permitted, prepare: filed) {
                _ = try await $0.answer($1.inquiry, with: .sample(), by: answerer($2))
            },
            Self(name: "refuse by \(way)", permitted: permitted, prepare: filed) {
                try await $0.refuse(
                    $1.inquiry,
                    reason: .neverEnrolled,
                    note: "",
                    by: answerer($2)
                )
            },
            Self(name: "answerMovedOn by \(way)", permitted: permitted, prepare: filed) {
                try await $0.answerMovedOn($1.inquiry, to: nil, note: "", by: answerer($2))
            },
            Self(name: "promise by \(way)", permitted: permitted, prepare: filed) {
                try await $0.promise(
                    $1.inquiry,
                    day: .on("2026-05-28"),
                    note: "",
                    by: answerer($2)
                )
            },
            Self(name: "hold by \(way)", permitted: permitted, prepare: filed) {
                try await $0.hold(
                    $1.inquiry,
                    TestSupport.known(HoldCondition(.afterGradesPosted)),
                    note: "",
                    by: answerer($2)
                )
            },
            Self(name: "confirmCancel by \(way)", permitted: permitted, prepare: stopping) {
                try await $0.confirmCancel($1.inquiry, by: answerer($2))
            },
            Self(name: "askRequester by \(way)", permitted: permitted, prepare: filed) {
                try await $0.askRequester($1.inquiry, question: "Which?", by: answerer($2))
            },
            // Only a mailbox can be the wrong one.
            Self(name: "notTheRightPerson by \(way)", permitted: [], prepare: filed) {
                try await $0.notTheRightPerson($1.inquiry, suggestion: .nothing, by: answerer($2))
            },
        ]
    }

    private static let accounts: [Self] = [
        Self(
            name: "invite",
            permitted: [Cast.administrator, Cast.oakDistrict],
            prepare: filed
        ) { desk, _, actor in
            try await desk.invite(
                email: .of("nora", at: "oak"),
                name: "Nora",
                title: "",
                membership: .init(role: .registrar, organization: School.oak.organization),
                language: .english,
                by: actor
            )
        },
        Self(
            name: "approveAccount",
            permitted: [Cast.administrator, Cast.oakDistrict],
            prepare: asked
        ) { desk, it, actor in
            try await desk.approveAccount(it.account, by: actor)
        },
        Self(
            name: "declineAccount",
            permitted: [Cast.administrator, Cast.oakDistrict],
            prepare: asked
        ) { desk, it, actor in
            try await desk.declineAccount(it.account, by: actor)
        },
        Self(
            name: "disableAccount",
            permitted: [Cast.administrator, Cast.oakDistrict],
            prepare: { _ in Subject(account: Cast.counselor.id) }
        ) { desk, it, actor in
            try await desk.disableAccount(it.account, by: actor)
        },
    ]
}
