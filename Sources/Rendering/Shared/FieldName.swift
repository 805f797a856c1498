/// Every field that a form of ours sends: its name in HTML, its label and its hint.
///
/// Whoever reads a form uses the same names, so a page and its handler cannot disagree.
package enum FieldName: String, Hashable, Sendable, CaseIterable {
    // Signing in and accounts
    case email, password, passwordAgain, oneTimeCode, name, title, organization, role, language
    // The student
    case given, middle, paternalSurname, maternalSurname
    case birthDate, birthMonth, birthDay, birthYear
    case grade, stateStudentID, school, purpose
    // Where the records are
    case place, statedPlace, searchName, searchTown, searchDistrict, searchState, searchZIP
    // What for
    case uses, urgentGrounds, startDate, startMonth, startDay, startYear, message, ask
    case duplicateReason
    // Answering
    case linkCode, files, parts, complete, certifies, note, reason
    case doses, courses
    case promise, promiseMonth, promiseDay, promiseYear, waits, beside
    // Directory, queue, check
    case phone, contactRole, number, calledPerson, inquiry, receipt
    // People of the locator
    case peoplePurpose, proposalReason, mergeReason, decisionNote, recordNumber, entries
    // Feeds
    case feedName, feedOwner, feedMapping, feedSchools, feedMode

    /// The input that an error about this field leads to: the first of a group.
    package var target: String {
        switch self {
        case .birthDate: Self.birthMonth.rawValue
        case .startDate: Self.startMonth.rawValue
        case .promise: Self.promiseMonth.rawValue
        case .doses, .courses: "typed"
        default: rawValue
        }
    }

    /// The input's `type`.
    var inputType: String {
        switch self {
        case .email: "email"
        case .password, .passwordAgain: "password"
        default: "text"
        }
    }

    /// The input's `autocomplete`; a student's data is never offered to the browser's memory.
    var autocomplete: String {
        switch self {
        case .email: "email"
        case .password: "current-password"
        case .passwordAgain: "new-password"
        case .oneTimeCode: "one-time-code"
        default: "off"
        }
    }

    /// The keyboard a phone shows.
    var inputMode: String {
        switch self {
        case .birthMonth, .birthDay, .birthYear, .startMonth, .startDay, .startYear,
            .promiseMonth, .promiseDay, .promiseYear, .oneTimeCode, .searchZIP:
            "numeric"
        case .email: "email"
        case .phone: "tel"
        default: "text"
        }
    }

    /// The stylesheet's width class.
    var width: String {
        switch self {
        case .birthMonth, .birthDay, .startMonth, .startDay, .promiseMonth, .promiseDay: "w2"
        case .birthYear, .startYear, .promiseYear, .searchZIP, .oneTimeCode, .linkCode: "w4"
        default: "w"
        }
    }
}
