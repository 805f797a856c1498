package import RecordLocator

/// The student record locator as the use cases see it: pointers, never records.
package protocol RecordFinder: Sendable {
    /// Best first; entries that are protected never appear, nor what its own school denied.
    ///
    /// What was committed before is found, whoever committed it.
    func find(_ query: LocatorQuery) async -> LocatorAnswer
    /// For each query whether a protected entry is that student's.
    ///
    /// For what is put on file, never for what is shown: a new entry of a protected student is
    /// protected too.
    func areGuarded(_ queries: [LocatorQuery]) async -> [Bool]
    /// For each protected entry the other protected entries of its student; `nil` where the entry
    /// is not known to be protected.
    ///
    /// For those who maintain them, never for what is shown.
    func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?]
    /// The entries, open, denied and protected ones, that a protected entry with a query's
    /// particulars hides.
    ///
    /// For those who maintain them, never for what is shown.
    func hanging(on query: LocatorQuery) async -> [LocatorEntry]
    /// Takes up everything that was committed; the number of the last change that is found now.
    func takeUp() async throws -> Int64
}

extension RecordFinder {
    package func isGuarded(_ query: LocatorQuery) async -> Bool {
        await areGuarded([query]).contains(true)
    }
}
