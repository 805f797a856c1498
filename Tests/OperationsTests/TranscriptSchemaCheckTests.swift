import Operations
import Testing

@Suite("Doctor: the schema of transcripts") struct TranscriptSchemaCheckTests {
    @Test func `without one the report says what transcripts are held against`() {
        let finding = PlaceChecks.transcriptSchema(nil)
        #expect(!finding.isFault)
        guard case .ok(let words) = finding.verdict else {
            Issue.record("not fine")
            return
        }
        #expect(words.contains("our own rules"))
    }

    @Test func `one that a plain transcript fits is one line`() {
        #expect(
            PlaceChecks.transcriptSchema(.success([]))
                == .ok("pesc-schema", "it is read, and a plain transcript fits it")
        )
    }

    @Test func `one that it does not fit is a fault that says where, and no more than three times`()
    {
        let places = (1...9).map { "line \($0): CourseTitle: not expected" }
        let finding = PlaceChecks.transcriptSchema(.success(places))
        guard case .fault(let what, let cure) = finding.verdict else {
            Issue.record("not a fault")
            return
        }
        #expect(what.contains(places[2]) && !what.contains(places[3]))
        #expect(cure.contains("records.pesc_schema_file"))
    }

    @Test func `one that cannot be read is a fault with its cure`() {
        let finding = PlaceChecks.transcriptSchema(.failure(CheckTrouble("x.xsd: no schema")))
        guard case .fault(let what, let cure) = finding.verdict else {
            Issue.record("not a fault")
            return
        }
        #expect(what.contains("x.xsd: no schema"))
        #expect(cure.contains("no PESC transcript is given out, everything else is"))
        #expect(DoctorReport([finding]).exitCode != 0)
    }
}
