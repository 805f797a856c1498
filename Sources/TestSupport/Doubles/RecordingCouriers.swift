package import Casework
package import RecordExchange
import Synchronization

/// Keeps what it was given; answers as told, and accepts where nothing was told.
package final class RecordingMailCourier: MailCourier {
    private struct Kept {
        var attempts: [OutgoingMail] = []
        var accepted: [OutgoingMail] = []
        var answers: [MailOutcome] = []
    }

    private let kept = Mutex(Kept())

    package init() {}

    /// The outcomes of the next attempts, in order.
    package func answer(_ outcomes: MailOutcome...) {
        kept.withLock { $0.answers += outcomes }
    }

    /// Every mail of every attempt.
    package var attempts: [OutgoingMail] { kept.withLock(\.attempts) }
    /// Mails that were accepted.
    package var accepted: [OutgoingMail] { kept.withLock(\.accepted) }

    package func send(_ mail: OutgoingMail) async -> MailOutcome {
        kept.withLock { kept in
            kept.attempts.append(mail)
            let outcome = kept.answers.isEmpty ? .accepted : kept.answers.removeFirst()
            if outcome == .accepted { kept.accepted.append(mail) }
            return outcome
        }
    }
}

/// Keeps what it was asked to push; answers as told, and delivers where nothing was told.
package final class RecordingBundleCourier: BundleCourier {
    /// One attempt.
    package struct Push: Hashable, Sendable {
        package let path: String
        package let name: String
        package let key: String
        package let destination: PushDestination
    }

    private struct Kept {
        var pushes: [Push] = []
        var answers: [PushOutcome] = []
    }

    private let kept = Mutex(Kept())

    package init() {}

    /// The outcomes of the next attempts, in order.
    package func answer(_ outcomes: PushOutcome...) {
        kept.withLock { $0.answers += outcomes }
    }

    package var pushes: [Push] { kept.withLock(\.pushes) }

    package func push(_ parcel: Parcel, to destination: PushDestination) async -> PushOutcome {
        kept.withLock { kept in
            kept.pushes.append(
                Push(
                    path: parcel.path,
                    name: parcel.name,
                    key: parcel.key,
                    destination: destination
                )
            )
            return kept.answers.isEmpty ? .delivered(bytes: 1) : kept.answers.removeFirst()
        }
    }
}

/// Keeps what it was asked to post; answers as told, and accepts where nothing was told.
package final class RecordingWebhookCourier: WebhookCourier {
    private struct Kept {
        var calls: [WebhookCall] = []
        var answers: [WebhookOutcome] = []
        var otherwise = WebhookOutcome.accepted
    }

    private let kept = Mutex(Kept())

    package init() {}

    /// The outcomes of the next attempts, in order.
    package func answer(_ outcomes: WebhookOutcome...) {
        kept.withLock { $0.answers += outcomes }
    }

    /// The outcome of every further attempt.
    package func answerAlways(_ outcome: WebhookOutcome) {
        kept.withLock { $0.otherwise = outcome }
    }

    /// Every attempt.
    package var calls: [WebhookCall] { kept.withLock(\.calls) }

    package func post(_ call: WebhookCall) async -> WebhookOutcome {
        kept.withLock { kept in
            kept.calls.append(call)
            return kept.answers.isEmpty ? kept.otherwise : kept.answers.removeFirst()
        }
    }
}
