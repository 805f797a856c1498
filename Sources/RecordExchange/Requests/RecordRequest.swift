package import StudentRecords
package import Vocabulary

/// A person who signs in; the account itself is kept by the use cases.
package enum Staff {}

/// Identifies a staff account.
package typealias StaffID = Identifier<Staff>

/// One student, one requesting school, the parts asked for.
///
/// Its state is never stored: it is derived from its inquiries, its bundles and, at the end, its
/// conclusion (`RequestState.derive`).
package struct RecordRequest: Hashable, Sendable, Codable {
    package typealias ID = Identifier<RecordRequest>

    /// How a request ended.
    ///
    /// Terminal: nothing is accepted afterwards.
    package struct Conclusion: Hashable, Sendable, Codable {
        /// The five ends.
        package enum Kind: String, Sendable, CaseIterable, Codable {
            case completed, cancelled, closedUnfilled, closedDuplicate, enteredInError
        }

        package let kind: Kind
        /// Absent only where the kind says it all.
        package let reason: ReasonCode?
        package let note: String
        package let at: Instant

        package init(kind: Kind, reason: ReasonCode?, note: String = "", at: Instant) {
            self.kind = kind
            self.reason = reason
            self.note = note
            self.at = at
        }
    }

    /// Why nobody could be asked when it was filed: a task for a state contact.
    package struct UnnamedSchool: Hashable, Sendable, Codable {
        package enum Kind: String, Sendable, CaseIterable, Codable {
            case outsideUnitedStates, unknown
        }

        package let kind: Kind
        /// What the family says of the last school, as the requester wrote it; may be empty.
        package let told: String

        package init(kind: Kind, told: String = "") {
            self.kind = kind
            self.told = told
        }
    }

    package let id: ID
    package let number: RequestNumber
    package let requester: SchoolID
    /// The requester's state: its contact owns the request when no school is left to ask.
    package let requesterState: StateCode
    package let filedBy: StaffID
    package let student: StudentIdentity
    /// Cumulative: graduation implies placement implies enrollment.
    package private(set) var uses: [RecordUse]
    package private(set) var parts: [RecordPart]
    package private(set) var urgentGrounds: [UrgentGround]
    /// What the requester wants the holder to know; shown only after the code was typed.
    package let message: String
    /// The day the student starts or started at the requester.
    package let startDate: CivilDate?
    package let filedAt: Instant
    /// The day of filing at the requester's school.
    package let filedOn: CivilDate
    /// The request this one reopens.
    package let reopens: ID?
    /// The requester wants it stopped while a holder is already working on it.
    package var cancelRequested: ReasonCode?
    /// The requester asked several schools at once.
    package var asksInParallel: Bool?
    package var conclusion: Conclusion?
    /// `nil` where the requester named a school.
    package var unnamedSchool: UnnamedSchool?
    /// The request that goes on in its place, where it ended as a duplicate.
    package private(set) var mergedInto: ID?

    package init(
        id: ID,
        number: RequestNumber,
        requester: SchoolID,
        requesterState: StateCode,
        filedBy: StaffID,
        student: StudentIdentity,
        uses: [RecordUse],
        parts: [RecordPart],
        urgentGrounds: [UrgentGround] = [],
        message: String = "",
        startDate: CivilDate? = nil,
        filedAt: Instant,
        filedOn: CivilDate,
        reopens: ID? = nil
    ) {
        self.id = id
        self.number = number
        self.requester = requester
        self.requesterState = requesterState
        self.filedBy = filedBy
        self.student = student
        self.uses = uses
        self.parts = parts
        self.urgentGrounds = urgentGrounds
        self.message = message
        self.startDate = startDate
        self.filedAt = filedAt
        self.filedOn = filedOn
        self.reopens = reopens
    }

    package var isOpen: Bool { conclusion == nil }

    /// Asks for everything that `other` asks for as well.
    package mutating func takeOver(wishesOf other: Self) {
        uses = RecordUse.allCases.filter { uses.contains($0) || other.uses.contains($0) }
        parts = RecordPart.allCases.filter { parts.contains($0) || other.parts.contains($0) }
        urgentGrounds += other.urgentGrounds.filter { !urgentGrounds.contains($0) }
        if unnamedSchool == nil { unnamedSchool = other.unnamedSchool }
    }

    /// Is urgent on one ground more; one that it has already changes nothing.
    package mutating func addGround(_ ground: UrgentGround) {
        if !urgentGrounds.contains(ground) { urgentGrounds.append(ground) }
    }

    /// Ends as a duplicate of `survivor`, for good.
    package mutating func end(asDuplicateOf survivor: Self, at instant: Instant) {
        mergedInto = survivor.id
        conclusion = Conclusion(kind: .closedDuplicate, reason: .duplicateRequest, at: instant)
    }

    /// After its end an answer that comes late is still wanted, and opens a linked request.
    ///
    /// A student who never came, a wrong school and a slip of the hand are different: there,
    /// records would go to a school that has no business with the child.
    package var welcomesLateAnswers: Bool {
        conclusion?.kind == .completed || conclusion?.kind == .closedUnfilled
    }
}
