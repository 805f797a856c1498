extension Migration {
    /// What schools and districts print on their transcripts.
    static let m027TranscriptLegends = Self(number: 27, name: "transcript-legends") { _ in
        """
        CREATE TABLE transcript_legends(
            organization TEXT PRIMARY KEY,
            body TEXT NOT NULL
        );
        """
    }
}
