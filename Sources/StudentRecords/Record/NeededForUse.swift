extension Element {
    /// Whether the report's table gives it for this use or one below it.
    package func isNeeded(for use: RecordUse) -> Bool {
        definition.uses.contains { $0 <= use }
    }
}

extension StudentRecord {
    /// What a use and those below it need, and nothing more; each statement once.
    package func needed(for use: RecordUse) -> Self {
        var seen: Set<RecordEntry> = []
        return Self(
            entries.compactMap { entry in
                guard seen.insert(entry).inserted else { return nil }
                var entry = entry
                entry.answers = entry.answers.filter { $0.key.isNeeded(for: use) }
                return entry.answers.isEmpty ? nil : entry
            }
        )
    }
}
