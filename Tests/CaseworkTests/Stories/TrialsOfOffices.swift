import Casework
import RecordExchange
import StudentRecords
import TestSupport
import Vocabulary

/// Whoever keeps an office's contacts and its calendar, and answers of days.
extension Trial {
    static let overOffices: [Self] = keeping + days

    private static let keepers = [
        Cast.clerk, Cast.mapleDistrict, Cast.california, Cast.administrator,
    ]
    /// Whoever keeps many offices may hand in a list; each row is judged by itself.
    private static let listers = [
        Cast.mapleDistrict, Cast.oakDistrict, Cast.texas, Cast.california, Cast.washington,
        Cast.administrator,
    ]
    private static var list: ContactFile {
        get throws {
            let row = "\(Cast.maple),backup,Lee Park,\(EmailAddress.of("lee", at: "maple"))"
            return try ContactFile(parsing: Array("organization,role,name,email\n\(row)".utf8))
        }
    }
    private static let closure = SchoolCalendar.Recess(
        kind: .longBreak,
        name: "Flood",
        first: .on("2026-05-18"),
        last: .on("2026-05-29")
    )

    /// Somebody claims Maple's records office and typed the code.
    private static let claimed: @Sendable (World) async throws -> Subject = { world in
        let subject = try await filed(world)
        let email = EmailAddress.of("registros", at: "maple")
        try await world.desk.claimOffice(
            School.maple.id,
            name: "Marta Mora",
            title: "",
            email: email,
            phone: nil,
            language: .english
        )
        try await world.settle()
        let key = try world.mailboxKey(to: email)
        try await world.desk.confirmMailbox(token: key.token, code: key.code)
        return subject
    }

    /// The one claim, whoever may see it.
    private static func claim(_ desk: Desk) async throws -> Contact.ID {
        let claims = try await desk.officeClaims(by: Cast.california.actor)
        guard let id = claims.first?.contact.id else { throw CaseworkFailure.notFound }
        return id
    }

    private static let keeping: [Self] = [
        Self(
            name: "officeClaims",
            permitted: [
                Cast.mapleDistrict, Cast.oakDistrict, Cast.texas, Cast.california,
                Cast.washington,
            ],
            prepare: claimed
        ) { desk, _, actor in
            _ = try await desk.officeClaims(by: actor)
        },
        Self(
            name: "approveClaim",
            permitted: [Cast.mapleDistrict, Cast.california],
            prepare: claimed
        ) { desk, _, actor in
            try await desk.approveClaim(try await claim(desk), by: actor)
        },
        Self(
            name: "declineClaim",
            permitted: [Cast.mapleDistrict, Cast.california],
            prepare: claimed
        ) { desk, _, actor in
            try await desk.declineClaim(try await claim(desk), by: actor)
        },
        Self(name: "keepContact", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.keepContact(
                ContactDraft(
                    role: .backup,
                    name: "Lee Park",
                    title: "",
                    email: .of("lee", at: "maple"),
                    phone: nil,
                    language: .english,
                    isChecked: true
                ),
                of: Cast.maple,
                by: actor
            )
        },
        Self(name: "checkContacts", permitted: listers, prepare: filed) { desk, _, actor in
            _ = try await desk.checkContacts(try list, by: actor)
        },
        Self(name: "importContacts", permitted: listers, prepare: filed) { desk, _, actor in
            _ = try await desk.importContacts(try list, by: actor)
        },
        Self(name: "confirmContact", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.confirmContact(Cast.mapleOffice.id, of: Cast.maple, by: actor)
        },
        Self(name: "askContact", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.askContact(Cast.mapleOffice.id, of: Cast.maple, by: actor)
        },
        Self(name: "endContact", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.endContact(Cast.mapleOffice.id, of: Cast.maple, by: actor)
        },
        Self(name: "suggestions", permitted: keepers, prepare: filed) { desk, _, actor in
            _ = try await desk.suggestions(for: Cast.maple, by: actor)
        },
        Self(name: "replaceCalendar", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.replaceCalendar(
                of: Cast.maple,
                with: SchoolCalendar(recesses: [closure]),
                by: actor
            )
        },
        Self(name: "addClosure", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.addClosure(closure, of: Cast.maple, by: actor)
        },
        Self(
            name: "keepStateRule",
            permitted: [Cast.california, Cast.administrator],
            prepare: filed
        ) { desk, _, actor in
            try await desk.keepStateRule(StateRule(phase: .first), of: .california, by: actor)
        },
        Self(
            name: "keepLimit",
            permitted: [Cast.california, Cast.administrator],
            prepare: filed
        ) { desk, _, actor in
            try await desk.keepLimit(StateLimitTests.limit, of: .california, by: actor)
        },
        Self(
            name: "removeLimit",
            permitted: [Cast.california, Cast.administrator],
            prepare: limited
        ) { desk, _, actor in
            try await desk.removeLimit(StateLimitTests.limit.name, of: .california, by: actor)
        },
        Self(name: "beginUpload", permitted: [Cast.clerk, Cast.mapleDistrict], prepare: filed) {
            desk,
            subject,
            actor in
            _ = try await desk.beginUpload(
                .records(subject.inquiry),
                mediaType: "multipart/form-data; boundary=b",
                length: nil,
                digest: nil,
                limit: 1_000,
                by: actor
            )
        },
        Self(name: "legend", permitted: keepers, prepare: filed) { desk, _, actor in
            _ = try await desk.legend(of: Cast.maple, by: actor)
        },
        Self(name: "keepLegend", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.keepLegend(
                try TranscriptLegend("A 90-100"),
                of: Cast.maple,
                by: actor
            )
        },
        Self(name: "plans", permitted: keepers, prepare: filed) { desk, _, actor in
            _ = try await desk.plans(of: Cast.maple, by: actor)
        },
        Self(name: "keepPlan", permitted: keepers, prepare: filed) { desk, _, actor in
            try await desk.keepPlan(try PlanStoryTests.content(), of: Cast.maple, by: actor)
        },
        Self(name: "withdrawPlan", permitted: keepers, prepare: planned) { desk, _, actor in
            let kept = try await desk.plans(of: Cast.maple, by: Cast.administrator.actor)
            guard let plan = kept.inForce.first else { throw CaseworkFailure.notFound }
            try await desk.withdrawPlan(plan.id, of: Cast.maple, by: actor)
        },
        Self(name: "removeClosure", permitted: keepers, prepare: shut) { desk, _, actor in
            try await desk.removeClosure(
                from: closure.first,
                through: closure.last,
                of: Cast.maple,
                by: actor
            )
        },
    ]

    private static let shut: @Sendable (World) async throws -> Subject = { world in
        try await world.desk.addClosure(closure, of: Cast.maple, by: Cast.clerk.actor)
        return try await filed(world)
    }

    private static let planned: @Sendable (World) async throws -> Subject = { world in
        try await world.desk.keepPlan(
            try PlanStoryTests.content(),
            of: Cast.maple,
            by: Cast.clerk.actor
        )
        return try await filed(world)
    }

    private static let limited: @Sendable (World) async throws -> Subject = { world in
        try await world.desk.replaceLimits([StateLimitTests.limit], of: .california)
        return try await filed(world)
    }

    private static let days: [Self] =
        answers("staff", [Cast.clerk, Cast.mapleDistrict]) { .staff($0) }
        + answers("stateContact", [Cast.california]) { .stateContact($0) }

    private static func answers(
        _ way: String,
        _ permitted: [StaffAccount],
        _ answerer: @escaping @Sendable (Actor) -> Answerer
    ) -> [Self] {
        [
            Self(name: "mailPaper by \(way)", permitted: permitted, prepare: filed) {
                try await $0.mailPaper(
                    $1.inquiry,
                    on: .on("2026-05-20"),
                    note: "",
                    by: answerer($2)
                )
            },
            Self(name: "passOn by \(way)", permitted: permitted, prepare: filed) {
                try await $0.passOn(
                    PartsPassedOn(
                        parts: [.transcript],
                        name: "Luz Orienta",
                        email: .of("luz", at: "school")
                    ),
                    of: $1.inquiry,
                    by: answerer($2)
                )
            },
            // Only a mailbox is away.
            Self(name: "sayAway by \(way)", permitted: [], prepare: filed) {
                try await $0.sayAway($1.inquiry, until: .on("2026-06-08"), by: answerer($2))
            },
        ]
    }
}
