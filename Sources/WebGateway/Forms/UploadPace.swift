package import Vocabulary

/// How fast an upload must come for which others have to wait.
///
/// Every connection must keep up a small rate, so that a body always says something again; this is
/// for those whose room is scarce.
package struct UploadPace: Sendable {
    /// The rest of the upload is not waited for.
    package struct TooSlow: Error, Hashable, Sendable {}

    private let began: Instant
    private let now: @Sendable () -> Instant

    /// Seconds in which nothing need come.
    package static let grace: Int64 = 30
    /// What must come in each second after them, on the average.
    package static let bytesPerSecond: Int64 = 64 << 10
    /// Seconds after which nothing is waited for, however steadily it comes.
    package static let longest: Int64 = 900

    /// Begins now.
    ///
    /// - Parameter now: the machine's clock.
    package init(now: @escaping @Sendable () -> Instant) {
        began = now()
        self.now = now
    }

    /// Throws where `byteCount` is too little by now.
    package func check(_ byteCount: Int64) throws(TooSlow) {
        let seconds = began.seconds(to: now())
        let allowed = min(Self.grace + byteCount / Self.bytesPerSecond, Self.longest)
        guard seconds <= allowed else { throw TooSlow() }
    }
}
