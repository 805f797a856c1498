import RecordExchange
import StudentRecords
import Vocabulary

/// What was found among a person's requests.
package struct FoundRequests: Sendable {
    /// Newest first; open ones before those that ended.
    package let requests: [RequestSummary]
    /// There may be more than these: too many fit, or there are too many to look through.
    package let isPart: Bool
}

extension Desk {
    /// The most that are shown, and the most that are looked through, of open and of ended ones each.
    package static let mostFound = 50
    package static let mostLookedThrough = 3_000

    /// Requests of the person's schools by their number, or by words of the student's name: in any
    /// order, without case and accents, each as the beginning of a word of the name.
    ///
    /// Names are encrypted where they are stored, so they are looked through here and by no
    /// statement.
    package func findRequests(_ words: String, by actor: Actor) async throws -> FoundRequests {
        guard !actor.requestingSchools.isEmpty else { throw CaseworkFailure.notAllowed }
        if let number = try? RequestNumber(parsing: words) {
            do {
                let found = try await request(number, by: actor)
                return FoundRequests(requests: [found], isPart: false)
            } catch CaseworkFailure.notFound {
                return FoundRequests(requests: [], isPart: false)
            }
        }
        let wanted = FoldedWords.of(words)
        guard !wanted.isEmpty else { throw CaseworkFailure.nameMissing }
        return try await read { transaction in
            var found: [RecordRequest] = []
            var isPart = false
            for part in [RequestListQuestion.Part.open, .closed] {
                var seen = 0
                for school in actor.requestingSchools {
                    var start: PageStart? = .top
                    while let from = start, found.count <= Self.mostFound {
                        let page = try transaction.session.requests(
                            RequestListQuestion(school, part, start: from, limit: 500)
                        )
                        found += page.items.filter { Self.holds($0.student.name, wanted) }
                        seen += page.items.count
                        start = page.after.map { PageStart.after($0) }
                        guard seen < Self.mostLookedThrough else {
                            isPart = isPart || start != nil
                            break
                        }
                    }
                }
            }
            return FoundRequests(
                requests: try found.prefix(Self.mostFound).map(transaction.summary),
                isPart: isPart || found.count > Self.mostFound
            )
        }
    }

    private static func holds(_ name: PersonName, _ wanted: [String]) -> Bool {
        let words = name.wordsFolded
        return wanted.allSatisfy { start in words.contains { $0.hasPrefix(start) } }
    }
}
