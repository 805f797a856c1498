package import Casework
import Foundation

/// Files mail in a folder on this machine instead of sending it: the demonstration's mail server.
package struct MaildirCourier: MailCourier {
    private let maildir: Maildir

    package init(maildir: Maildir) {
        self.maildir = maildir
    }

    package func send(_ mail: OutgoingMail) async -> MailOutcome {
        do throws(MIMEComposer.Refusal) {
            let message = try MIMEComposer.compose(mail)
            do throws(Maildir.Failure) {
                try maildir.deliver(message, messageID: mail.messageID)
                return .accepted
            } catch {
                guard error.code == ENAMETOOLONG else {
                    return .deferred(
                        reason: "the mail folder: \(error.call) failed (errno \(error.code))"
                    )
                }
                return .refused(reason: "the mail's Message-ID is too long for a file name")
            }
        } catch {
            return .refused(reason: "the mail cannot be written: \(error)")
        }
    }
}
