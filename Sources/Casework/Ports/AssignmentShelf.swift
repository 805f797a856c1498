package import RecordExchange
package import Vocabulary

/// Who has which request, one person at most for each of its states.
package protocol AssignmentShelf {
    func assignment(of request: RecordRequest.ID, in state: StateCode) throws -> Assignment?
    /// Takes the place of the one before.
    func save(_ assignment: Assignment) throws
    /// Nothing happens where there is none.
    func endAssignment(of request: RecordRequest.ID, in state: StateCode) throws
    /// Whatever a person has is nobody's from now on.
    ///
    /// - Returns: how many there were.
    func endAssignments(of staff: StaffID) throws -> Int
}
