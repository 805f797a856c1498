package import RecordExchange
package import Rendering

/// What only the demonstration has: people to sign in as, the mail it sent, and a clock to move.
package struct DemoStage: Sendable {
    /// Which button of the bar was pressed.
    package enum Step: String, Sendable, CaseIterable {
        case day, week, july
    }

    /// The made-up people, each with the code their app would show now.
    package let signIns: @Sendable () async throws -> [DemoSignIn]
    /// The code that an account's app would show now; empty where it has none.
    package let oneTimeCode: @Sendable (StaffID) async throws -> String
    /// Newest first.
    package let mail: @Sendable () async throws -> [DemoMailRow]
    package let message: @Sendable (String) async throws -> DemoMessagePage?
    /// Moves the clock and lets everything happen that became due.
    package let move: @Sendable (Step) async throws -> Void

    package init(
        signIns: @escaping @Sendable () async throws -> [DemoSignIn],
        oneTimeCode: @escaping @Sendable (StaffID) async throws -> String,
        mail: @escaping @Sendable () async throws -> [DemoMailRow],
        message: @escaping @Sendable (String) async throws -> DemoMessagePage?,
        move: @escaping @Sendable (Step) async throws -> Void
    ) {
        self.signIns = signIns
        self.oneTimeCode = oneTimeCode
        self.mail = mail
        self.message = message
        self.move = move
    }
}
