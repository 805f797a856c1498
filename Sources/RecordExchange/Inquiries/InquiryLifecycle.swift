/// The life of an inquiry as data.
///
/// The table is the whole truth: the buttons a clerk sees, the actions of the API, the diagram in
/// the manual and the exhaustive test matrix are read from it.
package enum InquiryLifecycle {
    package typealias Status = Inquiry.Status

    /// Who acts: the holder's clerk, the state contact in the clerk's place, the requester, or the
    /// system and its timers.
    package enum Actor: String, Sendable, CaseIterable {
        case holder, stateContact, requester, system
    }

    /// What happens to an inquiry.
    package enum Event: String, Sendable, CaseIterable {
        /// The next mail server took the mail.
        case mailAccepted
        /// A person typed the code; a GET never counts.
        case open
        case promise, hold, ask, sendSome, sendAll, refuse
        /// The promised date or the condition passed.
        case comeDue
        /// The requester answered the holder's question.
        case answerQuestion
        /// The requester found the record not acceptable (W1-W5), whoever sent it says that it is
        /// another student's (W1), or nothing of it may be passed on.
        case reject
        case withdraw, supersede, timeOut
    }

    /// What must be done once the change of status is on file.
    package enum Effect: String, Sendable, CaseIterable {
        case tellRequester, tellHolder, giveReceipt, assembleBundle, askNextLocation
        case stopClock, restartClock
    }

    /// One row: who may make this event happen in this status, and what follows.
    package struct Transition: Hashable, Sendable {
        package let from: Status
        package let on: Event
        package let by: [Actor]
        package let to: Status
        package let effects: [Effect]
    }

    package static let transitions: [Transition] =
        [row(.queued, .mailAccepted, [.system], .notified)]
        + [.queued, .notified, .accepted, .onHold].map { status in
            // A holder who promised may look again; what was promised still stands.
            row(status, .open, [.holder, .stateContact], opened(from: status))
        }
        + answerable.flatMap { status in
            [
                row(
                    status,
                    .promise,
                    [.holder, .stateContact],
                    .accepted,
                    .tellRequester,
                    .restartClock
                ),
                row(
                    status,
                    .hold,
                    [.holder, .stateContact],
                    .onHold,
                    .tellRequester,
                    .restartClock
                ),
                row(status, .ask, [.holder, .stateContact], .question, .tellRequester),
                row(
                    status,
                    .sendSome,
                    [.holder, .stateContact],
                    .partlySent,
                    .assembleBundle,
                    .giveReceipt,
                    .restartClock
                ),
                row(
                    status,
                    .sendAll,
                    [.holder, .stateContact],
                    .sent,
                    .assembleBundle,
                    .giveReceipt,
                    .stopClock
                ),
                row(
                    status,
                    .refuse,
                    [.holder, .stateContact],
                    .notFilled,
                    .tellRequester,
                    .giveReceipt,
                    .askNextLocation,
                    .stopClock
                ),
            ]
        }
        + [
            row(
                .partlySent,
                .sendSome,
                [.holder, .stateContact],
                .partlySent,
                .assembleBundle,
                .giveReceipt
            ),
            row(
                .partlySent,
                .sendAll,
                [.holder, .stateContact],
                .sent,
                .assembleBundle,
                .giveReceipt,
                .stopClock
            ),
            // The rest will not come: what was sent stands, with its gaps.
            row(
                .partlySent,
                .refuse,
                [.holder, .stateContact],
                .sent,
                .tellRequester,
                .giveReceipt,
                .stopClock
            ),
            row(.sent, .sendAll, [.holder], .sent, .assembleBundle, .giveReceipt),
            row(.accepted, .comeDue, [.system], .opened, .tellHolder, .restartClock),
            row(.onHold, .comeDue, [.system], .opened, .tellHolder, .restartClock),
            row(.question, .answerQuestion, [.requester], .opened, .tellHolder, .restartClock),
            row(.sent, .reject, judges, .opened, .tellHolder, .restartClock),
            row(.partlySent, .reject, judges, .opened, .tellHolder, .restartClock),
        ]
        + live.flatMap { status in
            [
                row(status, .withdraw, [.requester, .system], .withdrawn, .tellHolder, .stopClock),
                row(status, .supersede, [.stateContact, .system], .superseded, .stopClock),
                row(status, .timeOut, [.stateContact, .system], .timedOut, .stopClock),
            ]
        }

    /// The transition that `event` by `actor` makes from `status`, or `nil` where it is refused.
    package static func transition(
        from status: Status,
        on event: Event,
        by actor: Actor
    ) -> Transition? {
        transitions.first { $0.from == status && $0.on == event && $0.by.contains(actor) }
    }

    /// The events `actor` is offered in `status`, in the order of the table.
    package static func events(for actor: Actor, in status: Status) -> [Event] {
        transitions.filter { $0.from == status && $0.by.contains(actor) }.map(\.on)
    }

    // From here a holder can answer. A timed-out or superseded inquiry still takes an answer:
    // a late answer is a good answer.
    private static let answerable: [Status] = [
        .queued, .notified, .opened, .accepted, .onHold, .question, .timedOut, .superseded,
    ]
    private static let judges: [Actor] = [.requester, .holder, .stateContact, .system]
    private static let live: [Status] = [
        .queued, .notified, .opened, .accepted, .onHold, .question, .partlySent,
    ]

    private static func opened(from status: Status) -> Status {
        status == .accepted || status == .onHold ? status : .opened
    }

    private static func row(
        _ from: Status,
        _ on: Event,
        _ by: [Actor],
        _ to: Status,
        _ effects: Effect...
    ) -> Transition {
        Transition(from: from, on: on, by: by, to: to, effects: effects)
    }
}
