import Casework
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
        Self(
            name: "cardNumber in a request",
            permitted: requesters,
            prepare: filed
        ) { desk, it, actor in
            _ = try await desk.cardNumber(ofStudentIn: it.number, for: .enrolling, by: actor)
        },
    ]
}
