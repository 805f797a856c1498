extension ReasonCode {
    /// What a holder's reason to send nothing brings about: the column beside each code.
    ///
    /// One holder's "no" never ends a request. Where something else than "no" is meant, the inquiry
    /// does not end either (decision 35).
    package enum Consequence: Hashable, Sendable {
        /// The inquiry ends, and the next location's turn comes.
        case nextLocation
        /// The inquiry ends and somebody else is asked for the same: another school, or whoever
        /// keeps the records of one that closed.
        case otherHolder
        /// The requester is asked first, once; said again after an answer it ends the inquiry.
        case question
        /// The holder waits for something, and is asked again.
        case hold(HoldCondition.Code)
        /// The inquiry ends, unless the student is one of whom fees hold back nothing.
        case fees
        /// The inquiry ends, and nothing is mailed to the family any more.
        case silence
    }

    /// `nil` where it is no refusal.
    package var consequence: Consequence? {
        switch self {
        case .cannotIdentify, .needsPermission, .stillEnrolledHere, .duplicateInquiry: .question
        case .noDegreeAwarded: .hold(.afterDegreeAwarded)
        case .noGradesPosted: .hold(.afterGradesPosted)
        // Somebody goes to the archive; with the day of mailing it is an answer of its own.
        case .paperOnly: .hold(.offlineRecordSearch)
        case .movedOn, .schoolClosed: .otherHolder
        case .feesOwed: .fees
        case .deceased: .silence
        // What is concealed has the consequence of "never enrolled", here as everywhere.
        case .willNotSend, .neverEnrolled, .destroyedUnderSchedule, .protectiveOrder,
            .missingChild, .requesterNotVerified:
            .nextLocation
        case .noAnswerAtCap, .contactUndeliverable, .closedByCalendar, .outsideUnitedStates,
            .notEnrollingHere, .arrivedAnotherWay, .wrongSchool, .duplicateRequest,
            .enteredInError, .wrongStudent, .unreadable, .signatureDoesNotVerify, .incomplete,
            .superseded:
            nil
        }
    }
}

extension ReasonCode {
    /// The next school is asked by itself, where the locator is certain of it.
    ///
    /// Not where a holder conceals the student or doubts who asks: nobody else may be named to them
    /// then. "Never enrolled" must look the same as what is concealed, so that a person chooses
    /// there as well.
    package var asksNextByItself: Bool { self == .willNotSend || self == .destroyedUnderSchedule }
}

extension RecordRequest {
    /// Fees that are owed hold back nothing of this student's record.
    ///
    /// States and districts have to remove what fees put in the way of homeless children
    /// (42 U.S.C. 11432(g)(1)(I)); for children in foster care and of migratory families the plan
    /// sets the same.
    package var isFreeOfFees: Bool {
        urgentGrounds.contains { [.homeless, .foster, .migratory].contains($0) }
    }
}
