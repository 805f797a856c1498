/// How much one organisation may have on its way to the gateway.
package struct StorageQuota: Hashable, Sendable, Codable {
    /// Announced or arrived, and not yet taken.
    package var filesUnderWay: Int64
    package var bytesUnderWay: Int64
    /// In the last 24 hours, finished and cancelled ones included.
    package var bytesPerDay: Int64
    /// In the last 24 hours, finished and cancelled ones included.
    package var filesPerDay: Int64

    package init(
        filesUnderWay: Int64,
        bytesUnderWay: Int64,
        filesPerDay: Int64,
        bytesPerDay: Int64
    ) {
        self.filesUnderWay = filesUnderWay
        self.bytesUnderWay = bytesUnderWay
        self.filesPerDay = filesPerDay
        self.bytesPerDay = bytesPerDay
    }

    package static let standard = Self(
        filesUnderWay: 100,
        bytesUnderWay: 8 << 30,
        filesPerDay: 1_000,
        bytesPerDay: 64 << 30
    )

    /// Everybody's, with what a partner's own limits say in their words.
    package init(_ limits: [String: Int64]) {
        self = .standard
        if let files = limits["files-under-way"] { filesUnderWay = files }
        if let bytes = limits["bytes-under-way"] { bytesUnderWay = bytes }
        if let files = limits["files-per-day"] { filesPerDay = files }
        if let bytes = limits["bytes-per-day"] { bytesPerDay = bytes }
    }

    /// What is used already.
    package struct Use: Hashable, Sendable {
        package var files: Int64 = 0
        package var bytes: Int64 = 0
        package var filesToday: Int64 = 0
        package var bytesToday: Int64 = 0

        package init(
            files: Int64 = 0,
            bytes: Int64 = 0,
            filesToday: Int64 = 0,
            bytesToday: Int64 = 0
        ) {
            self.files = files
            self.bytes = bytes
            self.filesToday = filesToday
            self.bytesToday = bytesToday
        }
    }

    /// Whether so much more still fits.
    package func admits(files: Int64, bytes: Int64, beside use: Use) -> Bool {
        use.files <= filesUnderWay - files && use.bytes <= bytesUnderWay - bytes
            && use.filesToday <= filesPerDay - files && use.bytesToday <= bytesPerDay - bytes
    }
}
