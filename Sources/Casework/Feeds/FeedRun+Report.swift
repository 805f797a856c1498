import RecordLocator

extension FeedRun {
    func counts(_ outcome: Outcome) -> FeedCounts {
        var counts = outcome.counts
        if mode == .snapshot { counts.withdrawn = unseenCount(outcome) }
        return counts
    }

    /// What looks wrong with the withdrawals of a snapshot; `nil` where nothing does.
    func confirmation(_ outcome: Outcome) -> FeedConfirmation? {
        guard mode == .snapshot else { return nil }
        let withdrawals = unseenCount(outcome)
        guard withdrawals > 0 else { return nil }
        var grounds: [FeedConfirmation.Ground] = []
        if withdrawals * 100 > before.count * system.mapping.withdrawAtMostPercent {
            grounds.append(.tooMany)
        }
        if outcome.unreadableKeys > 0 { grounds.append(.unreadableKeys(outcome.unreadableKeys)) }
        if outcome.endsWithoutLineEnd { grounds.append(.endsWithoutLineEnd) }
        let rowsBefore = max(lastRows, before.count)
        // Where something else is asked already one more reason would only hide it.
        if grounds.isEmpty, system.mapping.trailer == nil, outcome.counts.rows < rowsBefore {
            grounds.append(.fewerRows(found: outcome.counts.rows, before: rowsBefore))
        }
        guard !grounds.isEmpty else { return nil }
        return FeedConfirmation(
            withdrawals: withdrawals,
            entries: before.count,
            grounds: grounds
        )
    }

    func report(
        _ bytes: Bytes,
        _ outcome: Outcome,
        upload: FeedUpload?,
        isNew: Bool = false
    ) -> FeedReport {
        FeedReport(
            counts: counts(outcome),
            refusals: outcome.refusals,
            encoding: bytes.encoding,
            entriesBefore: before.count,
            endsWithoutLineEnd: outcome.endsWithoutLineEnd,
            confirmation: isNew ? nil : confirmation(outcome),
            alreadyApplied: isNew ? nil : upload,
            upload: upload?.id
        )
    }

    private func unseenCount(_ outcome: Outcome) -> Int {
        // Without rows nothing was compared, such as for a file that was applied before.
        outcome.seen.isEmpty ? 0 : before.keys.count { !outcome.seen.contains($0) }
    }
}
