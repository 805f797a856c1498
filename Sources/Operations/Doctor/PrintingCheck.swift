extension PlaceChecks {
    /// Whether a page can be printed as a PDF and signed.
    ///
    /// A record travels without its paper copy where that fails, so it is no fault.
    package static func printing(_ outcome: Result<Void, CheckTrouble>) -> Finding {
        let name = "printing"
        switch outcome {
        case .success: return .ok(name, "a page is printed as a PDF and signed")
        case .failure(let trouble):
            return .warning(
                name,
                "records travel without their paper copy: \(trouble.what)",
                cure: "install Pango, Cairo and the fonts that script/bootstrap names"
            )
        }
    }
}
