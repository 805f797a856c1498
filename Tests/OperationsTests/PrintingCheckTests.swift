import Operations
import Testing

@Suite("Checking that pages can be printed") struct PrintingCheckTests {
    @Test func `a page that prints in full confinement is one line`() {
        #expect(
            PlaceChecks.printing(.success([]))
                == .ok(
                    "printing",
                    "mochila-print makes a page that is signed, confined in every way"
                )
        )
    }

    @Test func `what a kernel lacks is said by name`() {
        let finding = PlaceChecks.printing(.success(["Landlock", "limits of memory and time"]))
        guard case .warning(let what, _) = finding.verdict else {
            Issue.record("not a warning")
            return
        }
        #expect(what == "mochila-print runs without Landlock, limits of memory and time")
    }

    @Test func `a page that does not print is a warning with its cure, since records still travel`()
    {
        let finding = PlaceChecks.printing(.failure(CheckTrouble("of an unknown form")))
        let report = DoctorReport([finding])
        #expect(report.exitCode == 0)
        let words = report.lines.joined(separator: " ")
        #expect(words.contains("of an unknown form") && words.contains("Pango"))
        #expect(words.contains("install mochila-print beside mochila"))
    }
}
