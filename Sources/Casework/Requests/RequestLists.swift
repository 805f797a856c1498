package import RecordExchange
package import Vocabulary

extension Desk {
    /// A page of the requests of the person's schools, newest first.
    package func requests(
        by actor: Actor,
        _ part: RequestListQuestion.Part = .open,
        start: PageStart = .top,
        limit: Int = 50
    ) async throws -> ListPage<RequestSummary> {
        guard !actor.requestingSchools.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            let pages = try actor.requestingSchools.map { school in
                try transaction.session.requests(
                    RequestListQuestion(school, part, start: start, limit: limit + 1)
                )
            }
            return try ListPage(
                merging: pages,
                from: start,
                limit: limit,
                isDescending: true
            ) { request in
                ListPosition(
                    request.filedAt.millisecondsSince1970,
                    id: request.id.description
                )
            }.map(transaction.summary)
        }
    }

    /// One request of the person's schools as lists show it.
    package func request(_ number: RequestNumber, by actor: Actor) async throws -> RequestSummary {
        try await read { transaction in
            guard let request = try transaction.session.request(numbered: number),
                actor.requestingSchools.contains(request.requester)
            else { throw CaseworkFailure.notFound }
            return try transaction.summary(of: request)
        }
    }

    /// How many requests of the person's schools are in each state.
    package func requestCounts(by actor: Actor) async throws -> [RequestState: Int] {
        guard !actor.requestingSchools.isEmpty else { throw CaseworkFailure.notAllowed }
        return try await read { transaction in
            try actor.requestingSchools.reduce(into: [:]) { counts, school in
                counts.merge(
                    try transaction.session.requestCounts(from: school),
                    uniquingKeysWith: +
                )
            }
        }
    }
}
