import Casework
import Rendering

extension Samples {
    /// What each of those concerned by a recall, or by a correction, is told.
    static let recallLetters: [(name: String, letter: any Rendering.Letter)] = [
        ("recalled", recalled(.destroy, to: "Rosa Delgado", openings: 2)),
        ("recalled-again", recalled(.destroyAgain, to: "Rosa Delgado", openings: 1)),
        ("recalled-sender", recalled(.sender, to: "Ana Treviño", openings: 0)),
        ("recalled-district", recalled(.district, to: "Sam Hill", openings: 2)),
        ("recalled-unconfirmed", recalled(.unconfirmed, to: "Ingrid Vance", openings: 2)),
        ("replaced", replaced(isHere: true)), ("replaced-elsewhere", replaced(isHere: false)),
    ]

    private static func replaced(isHere: Bool) -> ReplacedLetter {
        ReplacedLetter(
            number: number,
            recipient: "Rosa Delgado",
            holder: "Cedar East High School",
            isHere: isHere,
            link: "https://records.ayuda.example/requests/\(number)/records",
            installation: installation
        )
    }

    private static func recalled(
        _ errand: Casework.Letter.RecallErrand,
        to recipient: String,
        openings: Int
    ) -> RecalledLetter {
        RecalledLetter(
            number: number,
            recipient: recipient,
            errand: errand,
            openings: openings,
            link: "https://records.ayuda.example/requests/\(number)/bundles/"
                + "01J0000000000000000000000A/recall",
            installation: installation
        )
    }
}
