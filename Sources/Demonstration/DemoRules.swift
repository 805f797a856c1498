package import RecordExchange
import StudentRecords
package import Vocabulary

/// The made-up rules of the demonstration; every page marks them as made up.
///
/// Of one state only: the others show what stands there where nobody entered anything. The time
/// limits are those of Templates/limits, which nobody has compared with the laws.
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
            ),
            limits: [
                StatutoryLimit(
                    days: 2,
                    unit: .schoolDay,
                    citation: "RCW 28A.225.330 (information about the student)",
                    isVerified: false
                )
            ]
        ),
        DemoCast.state("TX"): StateRule(
            limits: [
                StatutoryLimit(
                    days: 10,
                    unit: .workingDay,
                    citation: "TEC 25.002; agency letter of 2008",
                    isVerified: false
                )
            ]
        ),
    ]
}
