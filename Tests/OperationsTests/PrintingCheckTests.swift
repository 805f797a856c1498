import Operations
import Testing

@Suite("Checking that pages can be printed") struct PrintingCheckTests {
    @Test func `a page that prints is no finding`() {
        let finding = PlaceChecks.printing(.success(()))
        #expect(finding == .ok("printing", "a page is printed as a PDF and signed"))
    }

    @Test func `one that does not is a warning with its cure, since records still travel`() {
        let finding = PlaceChecks.printing(.failure(CheckTrouble("of an unknown form")))
        let report = DoctorReport([finding])
        #expect(report.exitCode == 0)
        let words = report.lines.joined(separator: " ")
        #expect(words.contains("of an unknown form") && words.contains("Pango"))
    }
}
