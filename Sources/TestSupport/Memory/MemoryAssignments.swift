import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func assignment(of request: RecordRequest.ID, in code: StateCode) throws -> Assignment? {
        state.assignments[request]?[code]
    }

    func save(_ assignment: Assignment) throws {
        try change { state in
            try require(state.requests[assignment.request] != nil, "assignments.request")
            try require(state.accounts[assignment.staff] != nil, "assignments.staff")
            state.assignments[assignment.request, default: [:]][assignment.state] = assignment
        }
    }

    func endAssignment(of request: RecordRequest.ID, in code: StateCode) throws {
        try change { $0.assignments[request]?[code] = nil }
    }

    func endAssignments(of staff: StaffID) throws -> Int {
        let ended = state.assignments.values.flatMap(\.values).filter { $0.staff == staff }
        try change { state in
            for assignment in ended {
                state.assignments[assignment.request]?[assignment.state] = nil
            }
        }
        return ended.count
    }
}
