import Casework
import RecordExchange
import TestSupport
import Vocabulary

/// Another student's records: who may stop them, and who says that copies are destroyed.
extension Trial {
    private static let sides = requesters + states + [Cast.clerk, Cast.mapleDistrict]

    /// Taken by the whole office of the school that asked, and recalled.
    private static let recalled: @Sendable (World) async throws -> Subject = { world in
        let subject = try await answered(world)
        for account in requesters {
            _ = try await world.desk.release(
                .archive,
                of: subject.bundle,
                in: subject.number,
                to: account.actor
            )
        }
        _ = try await world.desk.recallRecords(
            subject.bundle,
            in: subject.number,
            note: "",
            by: Cast.clerk.actor
        )
        return subject
    }

    /// Answered, and the answer corrected.
    private static let corrected: @Sendable (World) async throws -> Subject = { world in
        let subject = try await answered(world)
        let bundle = try await world.desk.answer(
            subject.inquiry,
            with: .sample(firstFile: 20, replaces: [subject.bundle]),
            by: .staff(Cast.clerk.actor)
        )
        try await world.settle()
        return Subject(number: subject.number, inquiry: bundle.inquiry, bundle: bundle.id)
    }

    static let overRecalls: [Self] =
        [
            Self(
                name: "recallView",
                permitted: sides + [Cast.oakDistrict],
                prepare: answered
            ) { desk, it, actor in
                _ = try await desk.recallView(of: it.bundle, in: it.number, by: actor)
            },
            Self(name: "recallRecords", permitted: sides, prepare: answered) { desk, it, actor in
                _ = try await desk.recallRecords(it.bundle, in: it.number, note: "", by: actor)
            },
            Self(
                name: "confirmDestroyed of own copies",
                permitted: requesters,
                prepare: recalled
            ) { desk, it, actor in
                _ = try await desk.confirmDestroyed(
                    it.bundle,
                    in: it.number,
                    forSchool: false,
                    by: actor
                )
            },
            Self(
                name: "confirmDestroyed for the school",
                permitted: [Cast.registrar, Cast.secondRegistrar, Cast.texas],
                prepare: recalled
            ) { desk, it, actor in
                _ = try await desk.confirmDestroyed(
                    it.bundle,
                    in: it.number,
                    forSchool: true,
                    by: actor
                )
            },
        ]
        + ofAnswers("staff", [Cast.clerk, Cast.mapleDistrict]) { .staff($0) }
        + ofAnswers("stateContact", [Cast.california]) { .stateContact($0) }

    private static func ofAnswers(
        _ way: String,
        _ permitted: [StaffAccount],
        _ answerer: @escaping @Sendable (Actor) -> Answerer
    ) -> [Self] {
        [
            Self(name: "sentBundles by \(way)", permitted: permitted, prepare: answered) {
                _ = try await $0.sentBundles(of: $1.inquiry, by: answerer($2))
            },
            Self(name: "sentCorrection by \(way)", permitted: permitted, prepare: corrected) {
                let receipt = String($1.bundle.description.prefix(10)).uppercased()
                _ = try await $0.sentCorrection(receipt, of: $1.inquiry, by: answerer($2))
            },
            Self(name: "recallAnswer by \(way)", permitted: permitted, prepare: answered) {
                try await $0.recallAnswer(
                    $1.bundle,
                    to: $1.inquiry,
                    note: "",
                    by: answerer($2)
                )
            },
        ]
    }
}
