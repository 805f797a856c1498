package import RecordExchange
package import StudentRecords
package import Vocabulary

/// One line of a request's story, for people: what the tracker shows.
///
/// The operators' log is another thing; the two never share a line.
package struct TimelineEvent: Hashable, Sendable, Codable {
    package typealias ID = Identifier<TimelineEvent>

    /// What happened.
    package enum Kind: Hashable, Sendable, Codable {
        case filed(uses: [RecordUse])
        case asked(holder: OrganizationID, school: SchoolID, closedUntil: CivilDate?)
        case mailQueued(to: Contact.Role, organization: OrganizationID, letter: String)
        case mailAccepted(to: Contact.Role, organization: OrganizationID)
        case mailDelayed(organization: OrganizationID)
        case mailRefused(organization: OrganizationID)
        case openedByPerson(organization: OrganizationID)
        case promised(day: CivilDate, note: String)
        /// Papers travel by post, mailed on this day.
        case paperMailed(on: CivilDate, note: String)
        case questionAsked(note: String)
        /// The holder would send nothing for this reason, which is asked about first.
        case askedAbout(reason: ReasonCode, note: String)
        case questionAnswered(note: String)
        /// The requester wrote to the holder without having been asked.
        case messageToHolder(note: String)
        case notFilled(reason: ReasonCode, note: String, organization: OrganizationID)
        /// Some was sent; of the rest, these parts, nothing more will come.
        case restNotComing(
            parts: [RecordPart],
            reason: ReasonCode,
            note: String,
            organization: OrganizationID
        )
        case movedOn(to: SchoolID)
        /// The school closed for good, and somebody else keeps its records.
        case closedForGood(keptBy: OrganizationID)
        case recordsAdded(
            bundle: RecordBundle.ID,
            files: Int,
            bytes: Int64,
            by: RecordBundle.Certification,
            complete: Bool
        )
        case sealed(bundle: RecordBundle.ID)
        case pushed(bundle: RecordBundle.ID, to: OrganizationID)
        case pushFailing(bundle: RecordBundle.ID, to: OrganizationID, trouble: String)
        case viewed(bundle: RecordBundle.ID, person: String)
        case received(bundle: RecordBundle.ID)
        case ladder(step: Ladder.Step, level: ClockLevel, organization: OrganizationID)
        case schoolClosed(until: CivilDate?)
        case schoolOpened
        case stateActed(note: String)
        /// The state contact gave the holder time.
        case extended(until: CivilDate, note: String)
        case callLogged(note: String)
        case noLocationLeft
        case rejected(reason: ReasonCode, note: String)
        /// It is another student's: nobody gets it any more.
        case recalled(bundle: RecordBundle.ID, side: Recall.Side, note: String)
        case destroyed(bundle: RecordBundle.ID, forSchool: Bool)
        /// Its sender corrected it: another one counts in its place.
        case replaced(bundle: RecordBundle.ID, by: RecordBundle.ID)
        /// Nobody says of so many copies that they are destroyed.
        case destructionMissing(bundle: RecordBundle.ID, copies: Int)
        case concluded(RecordRequest.Conclusion.Kind, reason: ReasonCode?, note: String)
        case joined(person: String)
        case wrongContact(organization: OrganizationID)
        case newLinkSent(organization: OrganizationID)
        case held(HoldCondition, note: String)
        case holdPassed
        case cancelAsked(reason: ReasonCode)
        case cancelOverruled
        /// An answer that came after the end is in this request.
        case lateAnswer(number: RequestNumber)
        /// Asked again, as this request.
        case reopened(as: RequestNumber)
        /// This request asks again for what that one asked for.
        case asksAgain(for: RequestNumber)
        /// Ended as a duplicate of that request, which goes on.
        case mergedInto(RequestNumber)
        /// Goes on for that request as well.
        case tookOver(RequestNumber)
        case toldToCollect
        /// Nobody took it, however often they were told.
        case receiptMissing(bundle: RecordBundle.ID)
        /// The requester's system could not use it.
        case receiptBad(bundle: RecordBundle.ID, trouble: Receipt.Trouble)
        case outOfOffice(organization: OrganizationID, until: CivilDate?)
        case mailReply(organization: OrganizationID, note: String)
        case filesByMail(organization: OrganizationID)
        /// The scanner found something in files that were sent; they reach nobody.
        case filesHeld(organization: OrganizationID)
        /// Whoever was asked has not all of it; somebody else at the office was asked for the rest.
        case passedOn(parts: [RecordPart], organization: OrganizationID)
        /// The receiving school said what became of the credits of an answer.
        case creditsDecided(bundle: RecordBundle.ID)
        /// The family's own mail; never where to.
        case familyMailQueued, familyMailAccepted, familyMailDelayed, familyMailRefused
    }

    package let id: ID
    package let request: RecordRequest.ID
    package let inquiry: Inquiry.ID?
    package let at: Instant
    package let kind: Kind
    /// The person who acted; empty for the system.
    package let person: String

    package init(
        id: ID,
        request: RecordRequest.ID,
        inquiry: Inquiry.ID?,
        at: Instant,
        kind: Kind,
        person: String = ""
    ) {
        self.id = id
        self.request = request
        self.inquiry = inquiry
        self.at = at
        self.kind = kind
        self.person = person
    }
}
