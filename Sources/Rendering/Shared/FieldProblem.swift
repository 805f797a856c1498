package import StudentRecords
package import Vocabulary

/// What is wrong with one field, and what to do about it.
package struct FieldProblem: Hashable, Sendable {
    package let field: FieldName
    package let trouble: FieldTrouble
    /// The input itself, where a field has several: only that one is marked.
    package let input: String?

    package init(_ field: FieldName, _ trouble: FieldTrouble, at input: String? = nil) {
        self.field = field
        self.trouble = trouble
        self.input = input
    }
}

/// Every trouble a form can be in; the words are in the catalogue under `trouble`.
package enum FieldTrouble: Hashable, Sendable, Worded {
    package static let words = "trouble"

    // Text
    case missing
    case tooLong(limit: Int)
    case controlCharacter
    // Names and the student
    case givenMissing, surnameMissing
    case birthDateMissing, birthDateImpossible, birthDateInFuture, birthDateTooLongAgo
    case gradeUnknown, studentNumberTooLong, purposeMissing, mixedAlphabets
    // The request
    case requestMissing, requestChanged
    case viewNameMissing, tooManyViews, whoMissing, whoLeft, addressElsewhere
    case claimsFull
    case listEmpty
    case tooManyRows(limit: Int)
    case notRows(line: Int)
    case columnsMissing(columns: String)
    case statedPlaceMissing, placeMissing, schoolUnknown, usesMissing, startDateImpossible
    case messageTooLong(limit: Int)
    case askMissing, enoughAskedToday
    case duplicateReasonMissing, searchTooShort
    // Signing in
    case emailCameBack
    case emailMissing, emailMalformed, emailTaken, passwordMissing, signInFailed
    case signInLocked(until: LocalTime)
    case oneTimeCodeMissing, oneTimeCodeWrong, oneTimeCodeUsed
    case passwordTooShort(minimum: Int)
    case passwordTooCommon, passwordsDiffer
    // The answer link and its files
    case linkCodeMissing
    case linkCodeWrong(left: Int)
    case filesMissing
    case mailedFilesMissing
    case fileEmpty(file: String)
    case fileTooLarge(file: String, limit: ByteCount)
    case fileTypeNotAllowed(file: String)
    case fileLettersNotKnown(file: String)
    case fileCutShort(file: String)
    case diskFull
    case completeMissing, partsMissing, reasonMissing, noteMissing
    case nothingToSend, keeperMissing, feesHoldNothing
    // What was typed in
    case doseUnreadable(found: String)
    case doseImpossible(day: CivilDate)
    case courseUnreadable(row: Int, found: String)
    case courseTitleMissing(row: Int)
    case partNotSaid(part: RecordPart)
    case nothingTyped
    case elementWrong(element: Element, found: String, allowed: AllowedWord)
    case elementSaidTwice(element: Element)
    // A promised day
    case promiseMissing, promiseImpossible, promiseInPast
    case promiseTooFar(latest: CivilDate)
    case notAfterPromise(day: CivilDate)
    case waitsMissing
    // A part passed on
    case colleagueNameMissing, colleagueEmailMissing, colleaguesEnough
    case colleagueElsewhere(endings: String)
    // Numbers and people
    case numberMalformed, numberMistyped, numberUnknown
    case slipWrong, slipNumberMistyped, familyYearMalformed, slipCodeMissing
    case familyCopyMissing, familyCopyNotOurs, familyCopyWithdrawn, familyCopyOtherStudent
    case familyCopyNotAsked(school: String)
    case familyEmailMissing, familyEmailMalformed, familyConsentMissing
    case receiptFilesMissing, receiptNotOurs
    case shownFileMissing, shownFileForeign, shownFileCut, shownFileChanged, shownFileUntrusted
    case shownFileTooLarge, shownFileSealed, shownFileNotNow, shownFileTooSlow
    case textUnprintable
    case roleMissing, organizationMissing, phoneMalformed
    case nameMissing, searchMissing
    // Papers by post, and away
    case mailedMissing, mailedImpossible, mailedInPast, backMissing, backImpossible, backInPast
    case dayTooFar(latest: CivilDate)
    // Calendars
    case closureKindMissing, firstDayMissing, lastDayMissing, firstDayImpossible
    case lastDayImpossible, dayPast, lastBeforeFirst, closureTooLong
    // What came before
    case earlierPurposeMissing
    case recalledMissing, correctionMissing
    // What became of the credits
    case creditChoiceMissing, creditReasonMissing, creditsMissing, creditsUnreadable
    case courseCreditsUnreadable(course: String)
    case courseCreditsMissing(course: String)
    case courseReasonMissing(course: String)
    case moreThanSent(course: String)
    case enrolledImpossible, enrolledInFuture, placedImpossible, placedInFuture
    // What a state says of records
    case rulePhaseMissing, certifierMissing, citationMissing
    case limitDaysImpossible, limitUnitMissing, limitCitationMissing, limitsEnough
    // A graduation plan
    case planNameMissing, planYearMissing, planYearImpossible, planYearsReversed, planEmpty
    case planCitationMissing, plansEnough, planChanged
    case planYearsOverlap(plan: String)
    case planCreditsUnreadable(subject: String)
    case planCreditsMissing(subject: String)
    case planNameUnusable(subject: String)
    case planAreasUnknown(subject: String)
    case planSubjectTwice(subject: String)
    // People of the locator
    case proposalReasonMissing, entriesMissing
    case recordNumberMalformed, recordNumberMistyped, recordNumberUnknown
    case alreadyProposed
    // Feeds
    case feedNameUnusable, feedNameTaken, feedMappingUnusable, feedFileMissing, feedModeMissing
    case feedBusy
    case schoolNumbersMalformed(row: Int)
}
