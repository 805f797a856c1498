extension PlaceChecks {
    /// Whether the graduation plans that the operator gave can be read.
    ///
    /// `outcome`: how many there are; `nil` where none are configured.
    package static func graduationPlans(_ outcome: Result<Int, CheckTrouble>?) -> Finding {
        let name = "graduation-plans"
        switch outcome {
        case nil:
            return .ok(name, "none are configured: credits count against a record's own plan only")
        case .success(let count): return .ok(name, "\(count) on file")
        case .failure(let trouble):
            return .fault(
                name,
                trouble.what,
                cure: "mend the file that records.graduation_plans_file names: the gateway does not"
                    + " start with one that it cannot read"
            )
        }
    }
}
