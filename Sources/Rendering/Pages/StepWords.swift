package import Vocabulary

/// The heading of a step on the tracker.
package enum StepHeading: Hashable, Sendable, Worded {
    package static let words = "step"

    case requestSent
    case schoolFound(school: String)
    case mailSent(organization: String)
    case mailArrived(organization: String)
    case mailDelayed(organization: String)
    case mailBounced(organization: String)
    case openedByPerson(organization: String)
    case reminderSent(organization: String)
    case backupAsked(organization: String)
    case summerContactsAsked
    case districtTold(organization: String)
    case stateTold(organization: String)
    case stateReminded(organization: String)
    case capReached
    case schoolClosed
    case schoolClosedUntil(day: CivilDate)
    case schoolOpened
    case promised(day: CivilDate)
    case extended(day: CivilDate)
    case extensionPassed
    case paperMailed(day: CivilDate)
    case promisePassed
    case questionAsked
    case questionAnswered
    case messageToHolder
    case notFilled(organization: String)
    case restNotComing(organization: String)
    case movedOn(school: String)
    case closedForGood(keeper: String)
    case wrongContact(organization: String)
    case newLinkSent(organization: String)
    case callLogged
    case stateActed
    case noLocationLeft
    case recordsAdded(files: Int)
    case someRecordsAdded(files: Int)
    case sealed
    case pushed(organization: String)
    case pushFailing(organization: String)
    case viewed
    case received
    case rejected
    case recalled
    case destroyed
    case destroyedAtSchool
    case destructionMissing(copies: Int)
    case replaced
    case joined
    case accepted
    case cancelled
    case closedUnfilled
    case closedDuplicate
    case enteredInError
    case cancelAsked
    case cancelOverruled
    case held
    case heldUntil(day: CivilDate)
    case holdPassed
    case lateAnswer(number: RequestNumber)
    case reopened(number: RequestNumber)
    case asksAgain(number: RequestNumber)
    case mergedInto(number: RequestNumber)
    case tookOver(number: RequestNumber)
    case toldToCollect
    case creditsDecided
    case familyMailQueued, familyMailAccepted, familyMailDelayed, familyMailRefused
    case receiptMissing
    case receiptBad
    case outOfOffice(organization: String)
    case outOfOfficeUntil(organization: String, day: CivilDate)
    case mailReply(organization: String)
    case filesByMail(organization: String)
    case filesHeld(organization: String)
    case passedOn(organization: String)
    // To come
    case willOpen, willAddRecords, willDownload
    case willRemind(organization: String)
    case willAskBackup(organization: String)
    case willTellDistrict(organization: String)
    case willTellState(organization: String)
    case willRemindState(organization: String)
    case willReachCap
    case willOpenAgain(organization: String)
    case willComeDue(organization: String)
    case willAskAgain(organization: String)
}

/// One more sentence about a step.
package enum StepDetail: Hashable, Sendable, Worded {
    package static let words = "stepDetail"

    case none
    case askedFor(uses: String)
    case toRole(role: String)
    case mailAcceptedByServer
    case mailTriedAgain
    case closedNoClock
    case reason(reason: String)
    case waitsFor(condition: String)
    case recalledBy(side: String)
    case paperArrives
    case passedParts(parts: String)
    case gaps(parts: String, reason: String)
    case certifiedBy(name: String, title: String)
    case checkedAndSigned
    case pushedSealed
    case pushTrouble(trouble: String)
}

/// What a requester is asked where a holder would send nothing for a reason that may be a
/// misunderstanding.
package enum AskedAbout: String, Hashable, Sendable, CaseIterable, Worded {
    package static let words = "askedAbout"

    case cannotIdentify, needsPermission, stillEnrolledHere, duplicateInquiry
}

/// The one next date and who acts on it.
package enum NextStep: Hashable, Sendable, Worded {
    package static let words = "next"

    case nothing
    case weAskNow(holder: String)
    case weRemind(holder: String, day: CivilDate)
    case weAskBackup(holder: String, day: CivilDate)
    case districtTakesOver(district: String, day: CivilDate)
    case stateTakesOver(state: String, day: CivilDate)
    case stateHasIt(state: String)
    case stateIsReminded(state: String, day: CivilDate)
    case stateMustDecide(state: String)
    case capOn(state: String, day: CivilDate)
    case promised(holder: String, day: CivilDate)
    case extended(holder: String, day: CivilDate)
    case onHold(holder: String, day: CivilDate)
    case schoolOpens(holder: String, day: CivilDate)
    case answerQuestion(holder: String)
    case downloadRecords(holder: String)
    case acceptRecords(day: CivilDate)
    case acceptOrAsk
    case restFollows(holder: String)
    case restWith(people: String, holder: String, day: CivilDate)
    case chooseSchool(state: String)
    case stateLooksForSchool(state: String)
    /// Merged into the one that goes on.
    case goesOn(number: RequestNumber)
    case holderConfirmsCancel(holder: String, day: CivilDate)
    case received
    case closed
}
