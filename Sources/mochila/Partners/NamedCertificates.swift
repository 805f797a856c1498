import Sealing
import Vocabulary

/// The certificates that somebody names on a command line, all looked at before one is taken.
struct NamedCertificates {
    private let now: Instant
    private var complaints: [String] = []

    init(at now: Instant) {
        self.now = now
    }

    /// Reads one, and inspects it as `mochila keys import` does.
    ///
    /// `use`: `nil` for an authority's.
    ///
    /// - Returns: what was read; `nil` where that is no certificate.
    mutating func read(
        _ path: String,
        _ option: String,
        for use: CertificateInspection.Use?
    ) -> Certificate? {
        guard let certificate = try? Certificate(contentsOf: path) else {
            complaints.append("\(option): \(path) is not a certificate in PEM form.")
            return nil
        }
        guard let use else { return certificate }
        let problems = Self.problems(of: certificate, for: use, at: now)
        if !problems.isEmpty {
            complaints.append("\(option): \(path) is not taken:\n" + Self.list(problems))
        }
        return certificate
    }

    /// Throws everything that is wrong with any of them.
    func check() throws {
        guard complaints.isEmpty else {
            throw UsageFailure(complaints.joined(separator: "\n"))
        }
    }

    /// What is wrong with a certificate; that it ends soon is said, and no reason not to take it.
    static func problems(
        of certificate: Certificate,
        for use: CertificateInspection.Use,
        at now: Instant
    ) -> [String] {
        let found = CertificateInspection(certificate, for: use, at: now).problems
        if found.contains(.expiresSoon) {
            Progress().say("Note: \(CertificateInspection.Problem.expiresSoon).")
        }
        return found.filter { $0 != .expiresSoon }.map(\.description)
    }

    static func list(_ problems: [String]) -> String {
        problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
