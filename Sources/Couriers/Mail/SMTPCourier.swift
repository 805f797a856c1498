import CCurl
package import Casework
import Vocabulary

/// Hands mail to one mail server, by SMTP.
///
/// Sent to one recipient at a time, each with its own envelope sender, so that a bounce names
/// who it is about, and each over a connection of its own: libcurl 7.88 keeps a connection whose
/// last answer did not come in time, and would take that answer for the next mail's. A connection that breaks after the last byte and before the server's answer
/// leaves open whether the mail was taken: it counts as deferred, and the repeat carries the same
/// Message-ID.
package struct SMTPCourier: MailCourier {
    private let engine: CurlEngine
    private let server: MailServer
    private let deadlines: Deadlines

    package init(engine: CurlEngine, server: MailServer, deadlines: Deadlines = .mail) {
        self.engine = engine
        self.server = server
        self.deadlines = deadlines
    }

    package func send(_ mail: OutgoingMail) async -> MailOutcome {
        let message: [UInt8]
        do {
            message = try MIMEComposer.compose(mail)
        } catch {
            return .refused(reason: "the mail cannot be written: \(error)")
        }
        guard let transfer = Transfer(server: server, deadlines: deadlines),
            transfer.set(.mailFrom, to: "<\(mail.envelopeSender)>"),
            transfer.append("<\(mail.to)>", to: .recipients),
            transfer.upload(message)
        else { return .deferred(reason: "the mail could not be prepared: memory is short") }
        guard let report = await engine.run(transfer, to: server.address) else {
            return .deferred(reason: "stopped before the mail was sent")
        }
        return SMTPReply(report).outcome
    }
}

extension Transfer {
    /// A conversation with a mail server, over its own connection, set up to the point where the
    /// mail begins.
    convenience init?(server: MailServer, deadlines: Deadlines) {
        self.init(
            url: server.url,
            protocols: server.protection == .implicitTLS ? "smtps" : "smtp",
            deadlines: deadlines
        )
        guard set(.closeAfterwards, to: 1) else { return nil }
        if server.protection != .none {
            guard set(.requireTLS, to: 1) else { return nil }
        }
        if let file = server.authoritiesFile {
            guard set(.authoritiesFile, to: file) else { return nil }
        }
        if let user = server.user, let password = server.password {
            guard set(.user, to: user),
                set(.password, to: password.revealed)
            else { return nil }
        }
    }
}
