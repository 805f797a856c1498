extension PlaceChecks {
    /// Whether a page can be printed as a PDF and signed, and how well what prints it is confined.
    ///
    /// A record travels without its paper copy where that fails, so it is no fault. `outcome`: what
    /// the confinement lacks, from a page that was printed.
    package static func printing(_ outcome: Result<[String], CheckTrouble>) -> Finding {
        let name = "printing"
        switch outcome {
        case .success([]):
            return .ok(name, "mochila-print makes a page that is signed, confined in every way")
        case .success(let missing):
            return .warning(
                name,
                "mochila-print runs without \(missing.joined(separator: ", "))",
                cure: "a Linux kernel of 5.13 or later with Landlock and seccomp has all of it"
            )
        case .failure(let trouble):
            return .warning(
                name,
                "records travel without their paper copy: \(trouble.what)",
                cure: "install mochila-print beside mochila, and Pango, Cairo, libqrencode and the "
                    + "fonts that script/bootstrap names"
            )
        }
    }
}
