package import RecordLocator

/// The student record locator as the use cases see it: pointers, never records.
package protocol RecordFinder: Sendable {
    /// Best first; entries that are protected never appear.
    func find(_ query: LocatorQuery) async -> LocatorAnswer
    /// Makes an entry searchable once it is on file.
    func add(_ entries: [LocatorEntry]) async
}
