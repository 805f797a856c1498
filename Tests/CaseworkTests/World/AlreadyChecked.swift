import Casework
import Synchronization
import Vocabulary

/// Remembers which texts were searched, so that each is searched once: they never change.
final class AlreadyChecked: Sendable {
    private struct State {
        var mails = 0
        var audit: Int64 = 0
        var events: Set<TimelineEvent.ID> = []
    }

    private let state = Mutex(State())

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

extension Array where Element == UInt8 {
    /// Plain search: bytes, not Characters, so that no folding hides anything.
    func holds(_ pattern: Self) -> Bool {
        guard let first = pattern.first, count >= pattern.count else { return false }
        return indices.dropLast(pattern.count - 1).contains { start in
            self[start] == first && self[start..<start + pattern.count].elementsEqual(pattern)
        }
    }
}
