import Casework
import Operations
import RecordExchange
import Sealing
import Vocabulary

extension House {
    /// When every certificate ends that the gateway or its partners hang on.
    ///
    /// `tls`: the file of the server's; `nil` behind a proxy, which keeps its own.
    func certificateEnds(tls: String?) -> [OperatorWatch.CertificateEnds] {
        let keys = furnishing.keys
        let desk = desk
        return [
            {
                let keys = try keys.reloaded()
                return [keys.signing, keys.encryption].map(\.certificate.notAfter)
            },
            { try keys.client().map { [$0.certificate.notAfter] } ?? [] },
            { try keys.schools().map(\.certificate.notAfter) },
            { try tls.map { [try Certificate(contentsOf: $0).notAfter] } ?? [] },
            { try await desk.partnerCertificates().map { try $0.latest.notAfter } },
        ]
    }
}

extension PartnerCertificates {
    /// The one that counts longest.
    var latest: Certificate {
        get throws {
            let certificates = try pems.map { try Certificate(pem: $0) }
            guard let latest = certificates.max(by: { $0.notAfter < $1.notAfter }) else {
                preconditionFailure("a partner's certificates are at least one")
            }
            return latest
        }
    }

    /// What `mochila doctor` finds.
    func finding(at now: Instant) -> Finding {
        let dates: Result<CertificateChecks.Dates, CheckTrouble>
        do {
            let latest = try latest
            dates = .success(.init(from: latest.notBefore, until: latest.notAfter))
        } catch {
            dates = .failure(CheckTrouble("\(error)"))
        }
        return CertificateChecks.dates(
            "partner-certificate",
            dates,
            now: now,
            renewal: "Ask \(account) for its next \(usage.rawValue) certificate, and take it with "
                + "`mochila keys import FILE --partner \(organization) --usage \(usage.rawValue)`."
        )
    }
}
