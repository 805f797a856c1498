/// What a signed-in person may do, always within the organisations the role was granted for.
package enum StaffRole: String, CaseIterable, Codable, Hashable, Sendable {
    /// Asks for records on behalf of the receiving school, and reads what arrived.
    case registrar
    /// Reads records and asks for them; administers nothing. Also migrant education specialists.
    case counselor
    /// Answers for a holder.
    case recordsClerk
    /// Watches and helps the schools of one district; confirms their contacts.
    case district
    /// Acts for a state's schools when they do not answer; works the state queue.
    case stateContact
    /// Runs the gateway: settings, accounts, keys. Sees no records.
    case administrator
    /// Reads the logs. Sees no records.
    case auditor
}
