extension PlaceChecks {
    /// Whether PESC transcripts can be held against the schema that the operator gave; `nil` where
    /// none is configured.
    ///
    /// `outcome`: where a plain transcript of ours differs from it.
    package static func transcriptSchema(_ outcome: Result<[String], CheckTrouble>?) -> Finding {
        let name = "pesc-schema"
        switch outcome {
        case nil:
            return .ok(name, "none is configured: transcripts are held against our own rules only")
        case .success([]):
            return .ok(name, "it is read, and a plain transcript fits it")
        case .success(let differences):
            return .fault(
                name,
                "a plain transcript does not fit it: \(differences.prefix(3).joined(separator: "; "))",
                cure:
                    "records.pesc_schema_file must name the schema of PESC High School Transcript "
                    + "1.5; until it does, no PESC transcript is given out, everything else is"
            )
        case .failure(let trouble):
            return .fault(
                name,
                "it cannot be read: \(trouble.what)",
                cure: "put the file that records.pesc_schema_file names in place, with those it "
                    + "imports beside it, readable for the gateway; until then no PESC transcript "
                    + "is given out, everything else is"
            )
        }
    }
}
