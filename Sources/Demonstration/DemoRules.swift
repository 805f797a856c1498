package import RecordExchange
import StudentRecords
package import Vocabulary

/// The made-up rules of the demonstration; every page marks them as made up.
///
/// Of one state only: the others show what stands there where nobody entered anything.
package enum DemoRules {
    package static let all: [StateCode: StateRule] = [
        DemoCast.state("WA"): StateRule(
            acceptance: StateRule.Acceptance(
                certifier: "The registrar or the principal of the school that holds the record",
                electronic: [.enrollment, .placement],
                handCarried: [.enrollment],
                note: "Credits are entered once a certified record is here.",
                citation: "No law: made up for this demonstration",
                isVerified: false,
                isMadeUp: true
            )
        )
    ]
}
