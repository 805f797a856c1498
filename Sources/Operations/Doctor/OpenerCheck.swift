extension PlaceChecks {
    /// How well the program that opens bundles is confined on this machine.
    ///
    /// `outcome`: what its confinement lacks, from a trial start.
    package static func opener(_ outcome: Result<[String], CheckTrouble>) -> Finding {
        let name = "opener"
        switch outcome {
        case .success([]): return .ok(name, "mochila-open starts and is confined in every way")
        case .success(let missing):
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
