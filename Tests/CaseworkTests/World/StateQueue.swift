import Casework
import RecordExchange
import Vocabulary

extension Desk {
    /// The whole queue, or what was told to the state.
    func stateQueue(of state: StateCode, all: Bool, by actor: Actor) async throws -> [QueueRow] {
        try await stateQueue(
            WorklistQuestion(.state(state), view: all ? .all : .told, limit: 1_000),
            by: actor
        ).page.items
    }
}
