package import RecordExchange
package import Vocabulary

/// Who of a state's contacts has a request.
///
/// Each of a request's two states may have somebody; where nobody is named it is nobody's.
package struct Assignment: Hashable, Sendable {
    package let request: RecordRequest.ID
    package let state: StateCode
    package let staff: StaffID
    package let since: Instant

    package init(request: RecordRequest.ID, state: StateCode, staff: StaffID, since: Instant) {
        self.request = request
        self.state = state
        self.staff = staff
        self.since = since
    }
}

/// Whose a request is among a state's contacts.
package enum Assignee: Hashable, Sendable {
    case nobody
    case person(StaffID)

    package var staff: StaffID? {
        if case .person(let id) = self { id } else { nil }
    }
}

/// One of a state's contacts, who can be given requests.
package struct QueuePerson: Hashable, Sendable {
    package let id: StaffID
    package let name: String

    package init(id: StaffID, name: String) {
        self.id = id
        self.name = name
    }
}
