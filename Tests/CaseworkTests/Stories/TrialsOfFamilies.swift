import Casework
import RecordExchange
import TestSupport

/// What a school's people do for a family.
extension Trial {
    static let overFamilies: [Self] = [
        Self(name: "makeFamilySlip", permitted: requesters, prepare: filed) { desk, it, actor in
            _ = try await desk.makeFamilySlip(of: it.number, by: actor)
        },
        Self(name: "familySlip", permitted: requesters, prepare: filed) { desk, it, actor in
            _ = try await desk.familySlip(of: it.number, by: actor)
        },
        Self(name: "keepFamilyContact", permitted: requesters, prepare: filed) { desk, it, actor in
            try await desk.keepFamilyContact(
                TypedFamily(email: "familia@correo.example", isAgreed: true),
                of: it.number,
                by: actor
            )
        },
        Self(name: "forgetFamilyContact", permitted: requesters, prepare: filed) {
            desk,
            it,
            actor in
            try await desk.forgetFamilyContact(of: it.number, by: actor)
        },
        Self(name: "familyMail", permitted: requesters, prepare: filed) { desk, it, actor in
            _ = try await desk.familyMail(of: it.number, by: actor)
        },
        Self(
            name: "cardNumber in a request",
            permitted: requesters,
            prepare: filed
        ) { desk, it, actor in
            _ = try await desk.cardNumber(ofStudentIn: it.number, for: .enrolling, by: actor)
        },
        Self(name: "releaseToFamily", permitted: requesters, prepare: answered) {
            desk,
            it,
            actor in
            _ = try await desk.releaseToFamily(it.bundle, of: it.number, by: actor)
        },
        Self(name: "takeFamilyCopy", permitted: requesters, prepare: carried) { desk, it, actor in
            let (bundle, earlier) = try await desk.store.read { session in
                let bundle = try session.bundle(it.bundle)
                return (bundle, try bundle.flatMap { try session.request($0.request) })
            }
            guard let bundle, let earlier else { throw Surprise("no bundle") }
            _ = try await desk.takeFamilyCopy(
                .whole(of: bundle, earlier.number),
                for: it.number,
                by: actor
            )
        },
    ]

    /// A copy of one request's bundle, and another request that asks the same school.
    private static let carried: @Sendable (World) async throws -> Subject = { world in
        var subject = try await answered(world)
        let second = try await world.file { $0.duplicateReason = "The family moved on." }
        subject.number = second.number
        return subject
    }
}
