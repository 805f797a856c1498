import Casework
import RecordExchange
import TestSupport
import Vocabulary

/// Saying of a school that it closed for good.
extension Trial {
    static let overClosedSchools: [Self] =
        closes("staff", [Cast.clerk, Cast.mapleDistrict]) { .staff($0) }
        + closes("stateContact", [Cast.california]) { .stateContact($0) }

    private static func closes(
        _ way: String,
        _ permitted: [StaffAccount],
        _ answerer: @escaping @Sendable (Actor) -> Answerer
    ) -> [Self] {
        [
            Self(name: "answerSchoolClosed by \(way)", permitted: permitted, prepare: filed) {
                try await $0.answerSchoolClosed(
                    $1.inquiry,
                    keptBy: .district(School.maple.district),
                    note: "",
                    by: answerer($2)
                )
            }
        ]
    }
}
