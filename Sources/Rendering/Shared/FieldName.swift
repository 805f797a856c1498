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
    case place, statedPlace, lastSchool
    case searchName, searchTown, searchDistrict, searchState, searchZIP
    // What for
    case uses, urgentGrounds, startDate, startMonth, startDay, startYear, message, ask
    case duplicateReason
    // Answering
    case linkCode, files, parts, complete, certifies, note, reason, keptBy
    case doses, courses, elements, colleagueName, colleagueEmail
    case promise, promiseMonth, promiseDay, promiseYear, waits, beside
    case mailed, mailedMonth, mailedDay, mailedYear
    case back, backMonth, backDay, backYear
    // More time for a school
    case extended, extendedMonth, extendedDay, extendedYear, extensionReason
    // Directory, queue, check
    case phone, contactRole, number, calledPerson, inquiry, receipt, shownFile
    // A family's slip
    case familyYear, slipCode, familyCopy
    // The mail to a family
    case familyEmail, familyLanguage, familyConsent
    // Contacts and calendars
    case contactChecked, contactList, viewName, who, mailboxChoice, requestSearch
    case transcriptLegend
    case termFirst, termFirstMonth, termFirstDay, termFirstYear
    case termLast, termLastMonth, termLastDay, termLastYear
    case closureKind, closureName
    case closureFirst, closureFirstMonth, closureFirstDay, closureFirstYear
    case closureLast, closureLastMonth, closureLastDay, closureLastYear
    // What came before
    case earlierPurpose
    // What became of the credits
    case enrolledOn, enrolledMonth, enrolledDay, enrolledYear
    case placedOn, placedMonth, placedDay, placedYear
    case creditChoice, acceptedCredits, creditReason, creditNote
    // Another student's records
    case recalled, corrected
    // What a state says of records
    case rulePhase, certifier, electronicUses, handCarriedUses, acceptanceNote, citation
    case ruleVerified
    // What a state's law gives its schools
    case limit, limitDays, limitUnit, limitStart, limitScope, limitSummer, limitCitation
    case limitVerified
    // A graduation plan
    case planName, planFirst, planLast, planCredits, planCitation, planVerified
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
        case .mailed: Self.mailedMonth.rawValue
        case .back: Self.backMonth.rawValue
        case .extended: Self.extendedMonth.rawValue
        case .termFirst: Self.termFirstMonth.rawValue
        case .termLast: Self.termLastMonth.rawValue
        case .closureFirst: Self.closureFirstMonth.rawValue
        case .closureLast: Self.closureLastMonth.rawValue
        case .enrolledOn: Self.enrolledMonth.rawValue
        case .placedOn: Self.placedMonth.rawValue
        case .doses, .courses: "typed"
        case .planCredits: "credits-01"
        default: rawValue
        }
    }

    /// The input's `type`.
    var inputType: String {
        switch self {
        case .email, .colleagueEmail: "email"
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
            .promiseMonth, .promiseDay, .promiseYear, .oneTimeCode, .searchZIP,
            .closureFirstMonth, .closureFirstDay, .closureFirstYear, .termFirstMonth,
            .termFirstDay, .termFirstYear, .termLastMonth, .termLastDay, .termLastYear,
            .closureLastMonth, .closureLastDay, .closureLastYear,
            .mailedMonth, .mailedDay, .mailedYear, .backMonth, .backDay, .backYear,
            .enrolledMonth, .enrolledDay, .enrolledYear, .placedMonth, .placedDay, .placedYear,
            .familyYear, .limitDays, .planFirst, .planLast,
            .extendedMonth, .extendedDay, .extendedYear:
            "numeric"
        case .acceptedCredits: "decimal"
        case .email, .colleagueEmail, .familyEmail: "email"
        case .phone: "tel"
        default: "text"
        }
    }

    /// The stylesheet's width class.
    var width: String {
        switch self {
        case .birthMonth, .birthDay, .startMonth, .startDay, .promiseMonth, .promiseDay,
            .closureFirstMonth, .closureFirstDay, .closureLastMonth, .closureLastDay,
            .mailedMonth, .mailedDay, .backMonth, .backDay, .enrolledMonth, .enrolledDay,
            .termFirstMonth, .termFirstDay, .termLastMonth, .termLastDay, .placedMonth, .placedDay,
            .extendedMonth, .extendedDay:
            "w2"
        case .birthYear, .startYear, .promiseYear, .searchZIP, .oneTimeCode, .linkCode,
            .closureFirstYear, .closureLastYear, .termFirstYear, .termLastYear, .mailedYear,
            .backYear, .enrolledYear,
            .placedYear, .acceptedCredits, .familyYear, .limitDays, .planFirst,
            .planLast, .extendedYear:
            "w4"
        default: "w"
        }
    }
}
