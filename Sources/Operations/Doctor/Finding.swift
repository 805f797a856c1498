/// What one check of `mochila doctor` found.
package struct Finding: Hashable, Sendable {
    /// How it is.
    package enum Verdict: Hashable, Sendable {
        /// What was seen.
        case ok(String)
        /// Works, but somebody should look.
        case warning(what: String, cure: String)
        /// Does not work, or is not safe, until somebody does something.
        case fault(what: String, cure: String)
    }

    /// Names the check: lower-case words with hyphens, the same in every version.
    package let check: String
    package let verdict: Verdict

    package init(_ check: String, _ verdict: Verdict) {
        self.check = check
        self.verdict = verdict
    }

    package static func ok(_ check: String, _ what: String) -> Self { Self(check, .ok(what)) }

    package static func warning(_ check: String, _ what: String, cure: String) -> Self {
        Self(check, .warning(what: what, cure: cure))
    }

    package static func fault(_ check: String, _ what: String, cure: String) -> Self {
        Self(check, .fault(what: what, cure: cure))
    }

    package var isFault: Bool {
        if case .fault = verdict { true } else { false }
    }
}
