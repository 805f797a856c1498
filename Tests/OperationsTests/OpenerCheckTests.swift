import Operations
import Testing

@Suite("Doctor: what opens bundles")
struct OpenerCheckTests {
    @Test func `full confinement is one line`() {
        #expect(
            PlaceChecks.opener(.success([]))
                == .ok("opener", "mochila-open starts and is confined in every way")
        )
    }

    @Test func `what a kernel lacks is said by name, and is no fault`() {
        let finding = PlaceChecks.opener(.success(["Landlock", "limits of memory and time"]))
        #expect(!finding.isFault)
        guard case .warning(let what, _) = finding.verdict else {
            Issue.record("not a warning")
            return
        }
        #expect(what == "mochila-open runs without Landlock, limits of memory and time")
    }

    @Test func `a missing program is a fault with its cure`() {
        let finding = PlaceChecks.opener(.failure(CheckTrouble("It is missing.")))
        #expect(finding.isFault)
        #expect(
            finding.verdict
                == .fault(
                    what: "It is missing.",
                    cure: "install mochila-open beside mochila: no bundle is opened without it"
                )
        )
    }
}
