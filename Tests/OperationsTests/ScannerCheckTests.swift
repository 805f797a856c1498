import Operations
import Testing

@Suite("Doctor: the virus scanner")
struct ScannerCheckTests {
    @Test func `without a scanner the report says that nothing is scanned`() {
        #expect(
            PlaceChecks.scanner(nil)
                == .ok("scanner", "none is configured: files are not scanned for viruses")
        )
    }

    @Test func `one that answers is fine, one that does not holds records back`() {
        #expect(!PlaceChecks.scanner(.success(())).isFault)
        let finding = PlaceChecks.scanner(.failure(CheckTrouble("clamd does not answer on x")))
        #expect(finding.isFault)
        guard case .fault(let what, let cure) = finding.verdict else { return }
        #expect(what == "clamd does not answer on x")
        #expect(cure.contains("kept and not released"))
    }
}
