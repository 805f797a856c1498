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
                var list = NewestFirst(Array(actor.requestingSchools), part)
                while found.count <= Self.mostFound,
                    let request = try list.next(in: transaction.session)
                {
                    guard seen < Self.mostLookedThrough else {
                        isPart = true
                        break
                    }
                    seen += 1
                    if Self.holds(request.student.name, wanted) { found.append(request) }
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

/// The requests of several schools as one list, newest first; a school's next page is read when the
/// one before is used up.
private struct NewestFirst {
    private struct Line {
        let school: SchoolID
        var read: ArraySlice<RecordRequest> = []
        var start: PageStart? = .top
    }

    private let part: RequestListQuestion.Part
    private var lines: [Line]

    init(_ schools: [SchoolID], _ part: RequestListQuestion.Part) {
        self.part = part
        lines = schools.map { Line(school: $0) }
    }

    mutating func next(in session: any CaseSession) throws -> RecordRequest? {
        // However many the schools are, about so many are read for the first line.
        let limit = max(20, 500 / max(1, lines.count))
        var newest: (index: Int, request: RecordRequest)?
        for index in lines.indices {
            if lines[index].read.isEmpty, let start = lines[index].start {
                let page = try session.requests(
                    RequestListQuestion(lines[index].school, part, start: start, limit: limit)
                )
                lines[index].read = page.items[...]
                lines[index].start = page.after.map { PageStart.after($0) }
            }
            guard let first = lines[index].read.first else { continue }
            if let newest, (newest.request.filedAt, newest.request.id) > (first.filedAt, first.id) {
                continue
            }
            newest = (index, first)
        }
        guard let newest else { return nil }
        lines[newest.index].read.removeFirst()
        return newest.request
    }
}
