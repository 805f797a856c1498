package import RecordExchange
import Vocabulary

/// Files that somebody handed in to answer many requests are lost in a restart; that they were is
/// not.
extension Desk {
    /// Notes that a person's files wait here, or that they do no more.
    package func noteFilesInHand(_ areThere: Bool, of person: StaffID) async throws {
        try await write { transaction in
            guard var account = try transaction.session.account(person),
                areThere || account.filesInHandSince != nil
            else { return }
            account.filesInHandSince = areThere ? transaction.now : nil
            try transaction.session.save(account)
        }
    }

    /// A person handed files in whose answers were neither sent nor put away since.
    package func hasFilesInHand(_ person: StaffID) async throws -> Bool {
        try await read { try $0.session.account(person)?.filesInHandSince != nil }
    }
}
