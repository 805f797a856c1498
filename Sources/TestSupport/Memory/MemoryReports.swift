import Casework
import RecordExchange
import Vocabulary

/// Reports counted anew from what is on file at every question.
extension MemoryCaseSession {
    func forEachReportFact(
        _ question: ReportQuestion,
        _ body: (ReportFact) throws -> Void
    ) throws {
        for request in state.requests.values {
            let facts = ReportFact.facts(
                of: request,
                student: Self.mark(of: request),
                inquiries: try inquiries(of: request.id),
                bundles: try bundles(of: request.id)
            )
            for (_, fact) in facts where question.holds(fact) { try body(fact) }
        }
    }

    func bouncedContacts() throws -> [Contact] {
        state.contacts.values.filter { $0.bouncedOn != nil }.sorted { $0.id < $1.id }
    }

    /// Fowler, Noll and Vo's hash: the same from run to run.
    private static func mark(of request: RecordRequest) -> Int64 {
        let hash = StudentKey(request.student).text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return Int64(bitPattern: hash)
    }
}
