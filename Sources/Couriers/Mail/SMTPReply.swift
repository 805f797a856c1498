import CCurl
import Casework

/// What a conversation with a mail server came to, and what it means for the mail.
struct SMTPReply {
    private let report: TransferReport

    init(_ report: TransferReport) {
        self.report = report
    }

    /// Refused is only what the server said to this mail or this recipient.
    ///
    /// Whatever concerns the connection, the sign-in or the server is deferred: somebody mends it,
    /// and the mail goes.
    var outcome: MailOutcome {
        switch report.result {
        case .done: .accepted
        case .sendFailed where isPermanent,
            .unexpectedReply where isPermanent && report.sent > 0:
            .refused(reason: "the mail server answered \(answer)")
        default: .deferred(reason: reason)
        }
    }

    var reason: String {
        switch report.result {
        case .done: "the mail server took it"
        case .cannotResolve: "the mail server's name is not known"
        case .cannotConnect: "no connection to the mail server"
        case .timedOut: "the mail server did not answer in time"
        case .peerRefused: "the mail server's certificate is not trusted"
        case .noTLS: "the mail server offers no STARTTLS"
        case .tlsFailed: "no encryption could be agreed with the mail server"
        case .loginRefused: "the mail server refused our sign-in"
        case .badSetting: "the authorities file cannot be read"
        case .sendFailed where report.replyCode >= 400,
            .unexpectedReply:
            "the mail server answered \(answer)"
        case .sendFailed, .receiveFailed:
            "the connection to the mail server broke"
        default: "the mail server could not be used (libcurl \(report.code))"
        }
    }

    private var isPermanent: Bool { (500...599).contains(report.replyCode) }

    // Only numbers: the words of a reply often quote the address.
    private var answer: String {
        guard let status = enhancedStatus else { return "\(report.replyCode)" }
        return "\(report.replyCode) (\(status))"
    }

    /// The three numbers of RFC 3463, such as `5.1.1`.
    private var enhancedStatus: String? {
        let fields = report.replyLine.utf8.split { $0 == 32 || $0 == 45 || $0 == 13 || $0 == 10 }
        guard fields.count >= 2 else { return nil }
        let numbers = fields[1].split(separator: 46, omittingEmptySubsequences: false)
        guard numbers.count == 3,
            numbers.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy(isDigit) })
        else { return nil }
        return String(Substring(fields[1]))
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
