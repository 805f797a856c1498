import RecordExchange
import RecordLocator
import StudentRecords
import Vocabulary

extension StudentIdentity {
    /// What the locator is asked for this student.
    var query: LocatorQuery {
        LocatorQuery(name: name, birthDate: birthDate, stateStudentID: stateStudentID)
    }
}

extension LocatorEntry.ID {
    /// The entry that a request put on file: of the school that asked.
    init(taughtBy request: RecordRequest.ID) { self.init(rawValue: request.rawValue) }

    /// The entry that an inquiry put on file: of the school that was asked, or that it named.
    init(taughtBy inquiry: Inquiry.ID) { self.init(rawValue: inquiry.rawValue) }
}
