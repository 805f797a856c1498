extension PlaceChecks {
    /// How well the program that opens bundles is confined on this machine.
    ///
    /// `outcome`: what its confinement lacks, from a trial start, and whether it opens nothing for
    /// that.
    package static func opener(
        _ outcome: Result<(missing: [String], isUseless: Bool), CheckTrouble>
    ) -> Finding {
        let name = "opener"
        switch outcome {
        case .success(let (missing, _)) where missing.isEmpty:
            return .ok(name, "mochila-open starts and is confined in every way")
        case .success(let (missing, true)):
            return .fault(
                name,
                "mochila-open runs without \(missing.joined(separator: ", ")), so it opens nothing",
                cure: "let the gateway set limits of its own: look at its unit or container"
            )
        case .success(let (missing, false)):
            return .warning(
                name,
                "mochila-open runs without \(missing.joined(separator: ", "))",
                cure: "a Linux kernel of 5.13 or later with Landlock and seccomp has all of it"
            )
        case .failure(let trouble):
            return .fault(
                name,
                trouble.what,
                cure: "install mochila-open beside mochila: no bundle is opened without it"
            )
        }
    }
}
