import Casework
import Glibc
import Synchronization
import Vocabulary

/// Remembers which texts were searched, so that each is searched once: they never change.
final class AlreadyChecked: Sendable {
    private struct State {
        var mails = 0
        var audit: Int64 = 0
        var events: Set<TimelineEvent.ID> = []
        var read = 0
        var keys: [World.Key] = []
    }

    private let state = Mutex(State())

    /// The links of all mails with their codes, from the first; each mail is read once.
    func keys(in mails: [OutgoingMail]) -> [World.Key] {
        state.withLock { state in
            state.keys += mails.dropFirst(state.read).compactMap(World.Key.init)
            state.read = mails.count
            return state.keys
        }
    }

    /// What was not searched before, with the place it stands in.
    func new(in file: OnFile, _ mails: [OutgoingMail]) -> [(place: String, text: String)] {
        state.withLock { state in
            let newMails = mails.dropFirst(state.mails)
            let newEvents = file.events.filter { !state.events.contains($0.id) }
            let newLines = file.audit.filter { $0.sequence > state.audit }
            state.mails = mails.count
            state.events.formUnion(newEvents.map(\.id))
            state.audit = file.audit.last?.sequence ?? 0
            return newMails.map { mail in
                ("mail \(mail.subject)", "\(mail.toName) \(mail.plainText) \(mail.references)")
            }
                + newEvents.map { ("timeline", "\($0)") }
                + newLines.map { line in
                    ("audit", "\(line.actor) \(line.action) \(line.subject) \(line.detail)")
                }
                + file.troubled.map { ("trouble", $0.trouble) }
        }
    }
}

extension String {
    /// Plain search of bytes: no folding hides anything, and a walk searches megabytes.
    func holds(_ pattern: String) -> Bool {
        withCString { text in pattern.withCString { strstr(text, $0) != nil } }
    }
}
