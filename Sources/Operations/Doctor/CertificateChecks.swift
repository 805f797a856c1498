package import Vocabulary

/// Checks of keys, certificates and the clock they are judged by.
package enum CertificateChecks {
    /// From when on and until when a certificate counts.
    package struct Dates: Hashable, Sendable {
        package let from: Instant
        package let until: Instant

        package init(from: Instant, until: Instant) {
            self.from = from
            self.until = until
        }
    }

    /// Days before its end from which a certificate is worth a warning.
    static let warningDays: Int64 = 21

    /// Judges one certificate.
    ///
    /// `name` is `tls-certificate`, `gateway-certificate`, `encryption-certificate`,
    /// `client-certificate`, `school-certificate` or `partner-certificate`.
    ///
    /// `renewal`: what to do about it.
    package static func dates(
        _ name: String,
        _ dates: Result<Dates, CheckTrouble>,
        now: Instant,
        renewal: String
    ) -> Finding {
        switch dates {
        case .failure(let trouble): return .fault(name, trouble.what, cure: renewal)
        case .success(let dates):
            let days = now.seconds(to: dates.until) / 86_400
            if now >= dates.until {
                return .fault(name, "expired on \(day(dates.until))", cure: renewal)
            }
            if now < dates.from {
                return .fault(
                    name,
                    "counts only from \(day(dates.from))",
                    cure: "check this machine's clock, else \(renewal)"
                )
            }
            if days < warningDays {
                return .warning(name, "expires on \(day(dates.until))", cure: renewal)
            }
            return .ok(name, "good until \(day(dates.until))")
        }
    }

    /// Whether the gateway's keys load and belong to its certificates.
    package static func keys(_ outcome: Result<String, CheckTrouble>) -> Finding {
        switch outcome {
        case .success(let seen): .ok("gateway-keys", seen)
        case .failure(let trouble):
            .fault(
                "gateway-keys",
                trouble.what,
                cure: "restore the keys folder from its backup; new keys cannot open old records"
            )
        }
    }

    /// Seconds by which the clock may be off before links and codes suffer.
    static let tolerance: Int64 = 90

    /// Whether this machine's clock can be right.
    ///
    /// `built`: when the program was built; nothing happens before that.
    /// `lastWritten`: the newest thing on file; `nil` in a new installation.
    /// `reference`: what another machine says, such as the mail server's `Date`; `nil` where
    /// none was asked.
    package static func clock(
        now: Instant,
        built: Instant,
        lastWritten: Instant?,
        reference: Instant?
    ) -> Finding {
        let name = "clock"
        let cure = "set up time synchronisation: apt install systemd-timesyncd; timedatectl"
        if now < built {
            return .fault(name, "it is \(day(now)), before this program was made", cure: cure)
        }
        if let lastWritten, now.seconds(to: lastWritten) > tolerance {
            return .fault(
                name,
                "it is \(day(now)), but something was put on file on \(day(lastWritten))",
                cure: cure
            )
        }
        if let reference, abs(now.seconds(to: reference)) > tolerance {
            let seconds = abs(now.seconds(to: reference))
            return .fault(name, "it is \(seconds) s away from another machine's", cure: cure)
        }
        return .ok(name, "\(UTCText.text(of: now))")
    }

    private static func day(_ instant: Instant) -> String {
        String(UTCText.text(of: instant).prefix(10))
    }
}

/// Why something could not be checked, in a sentence without secrets.
package struct CheckTrouble: Error, Hashable, Sendable {
    package let what: String

    package init(_ what: String) {
        self.what = what
    }
}
