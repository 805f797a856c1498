import Operations
import Testing

@Suite("Doctor: what opens bundles")
struct OpenerCheckTests {
    @Test func `full confinement is one line`() {
        #expect(
            PlaceChecks.opener(.success(([], false)))
                == .ok("opener", "mochila-open starts and is confined in every way")
        )
    }

    @Test func `what a kernel lacks is said by name, and is no fault`() {
        let finding = PlaceChecks.opener(
            .success((["Landlock", "a list of system calls"], false))
        )
        #expect(!finding.isFault)
        guard case .warning(let what, _) = finding.verdict else {
            Issue.record("not a warning")
            return
        }
        #expect(what == "mochila-open runs without Landlock, a list of system calls")
    }

    @Test func `without what it must have it opens nothing, which is a fault`() {
        let finding = PlaceChecks.opener(.success((["limits of memory and time"], true)))
        #expect(finding.isFault)
        guard case .fault(let what, _) = finding.verdict else { return }
        #expect(what.contains("limits of memory and time") && what.contains("opens nothing"))
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
