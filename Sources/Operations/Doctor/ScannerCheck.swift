extension PlaceChecks {
    /// Whether the virus scanner answers; `nil` where none is configured.
    package static func scanner(_ outcome: Result<Void, CheckTrouble>?) -> Finding {
        let name = "scanner"
        switch outcome {
        case nil: return .ok(name, "none is configured: files are not scanned for viruses")
        case .success: return .ok(name, "clamd answers; every file is scanned before it is sealed")
        case .failure(let trouble):
            return .fault(
                name,
                trouble.what,
                cure: "start clamav-daemon: until it answers, what arrives is kept and not released"
            )
        }
    }
}
