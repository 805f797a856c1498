import Glibc
package import Logging
package import Vocabulary

/// Writes each log line with one call to standard error, for journald or a file.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let now: @Sendable () -> Instant
    private let write: @Sendable (String) -> Void

    /// `now`: the machine's clock.
    ///
    /// `write`: takes a whole line without its end.
    package init(
        label: String,
        level: Logger.Level,
        now: @escaping @Sendable () -> Instant = SystemClock.instant,
        write: @escaping @Sendable (String) -> Void = Self.standardError
    ) {
        self.label = label
        self.logLevel = level
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        write(
            LogLine.text(
                at: now(),
                level: event.level,
                label: label,
                message: "\(event.message)",
                metadata: all
            )
        )
    }

    /// One `write`, so that lines of several threads do not mix.
    package static let standardError: @Sendable (String) -> Void = { line in
        var bytes = Array(line.utf8)
        bytes.append(10)
        _ = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
