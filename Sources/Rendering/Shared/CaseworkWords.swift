package import Casework
package import RecordExchange

// What the use cases say, in this room's wording.

extension NextStep {
    /// The one next date and who acts on it.
    package init(_ outlook: Casework.Letter.Outlook) {
        self.init(
            outlook.next,
            state: outlook.state,
            holder: outlook.holder,
            district: outlook.district,
            stateName: outlook.stateName
        )
    }

    /// `holder`, `district` and `stateName` as people write them; `people`: who at the holder has
    /// what is missing of a request that was sent in part.
    package init(
        _ next: Casework.NextStep?,
        state: RequestState,
        holder: String,
        people: [String] = [],
        district: String,
        stateName: String
    ) {
        guard let next, !state.isTerminal else {
            self = state == .completed ? .received : .closed
            return
        }
        switch next.owner {
        case .requester:
            switch state {
            case .question: self = .answerQuestion(holder: holder)
            case .delivered: self = .acceptRecords(day: next.on)
            default: self = .downloadRecords(holder: holder)
            }
        case .summerContacts: self = .weAskNow(holder: holder)
        case .district: self = .districtTakesOver(district: district, day: next.on)
        case .stateContact:
            switch next.step {
            case nil: self = .stateLooksForSchool(state: stateName)
            case .cap: self = .capOn(state: stateName, day: next.on)
            case .remindState: self = .stateIsReminded(state: stateName, day: next.on)
            default: self = .stateTakesOver(state: stateName, day: next.on)
            }
        case .holder:
            let hasRest = state == .partlySent && !people.isEmpty
            switch next.step {
            // Only this step is a mail to them.
            case .remind where hasRest:
                self = .restWith(
                    people: people.joined(separator: ", "),
                    holder: holder,
                    day: next.on
                )
            case .askBackup: self = .weAskBackup(holder: holder, day: next.on)
            case .remind, .remindLaw, .remindLawHalfway:
                self = .weRemind(holder: holder, day: next.on)
            case .promiseDue where state == .onHold:
                self = .onHold(holder: holder, day: next.on)
            case .promiseDue: self = .promised(holder: holder, day: next.on)
            case .extensionDue: self = .extended(holder: holder, day: next.on)
            case .confirmCancel: self = .holderConfirmsCancel(holder: holder, day: next.on)
            default:
                self =
                    state == .partlySent
                    ? .restFollows(holder: holder) : .weAskNow(holder: holder)
            }
        }
    }
}

extension NewsWord {
    init(_ news: Casework.Letter.News) {
        switch news {
        case .question: self = .question
        case .needsUntil(let day): self = .promised(day: day)
        case .extended(let day): self = .extended(day: day)
        case .paperMailed(let day): self = .paperMailed(day: day)
        case .noRecords: self = .noRecords
        case .restNotComing: self = .restNotComing
        case .movedOn(let school): self = .movedOn(school: school)
        case .movedOnPerhaps(let school): self = .movedOnPerhaps(school: school)
        case .keptElsewhere(let keeper): self = .keptElsewhere(keeper: keeper)
        case .onHold(let condition): self = condition.until.map { .onHold(day: $0) } ?? .onHoldOpen
        case .noLocationLeft(let state): self = .noLocationLeft(state: state)
        }
    }
}

extension StuckReason {
    /// Why a request waits.
    package init(_ why: WhyStuck) {
        switch why {
        case .schoolClosed(let day?): self = .closedUntil(day: day)
        case .schoolClosed(nil): self = .closedNoDate
        case .mailBounced: self = .mailBounced
        case .openedNotAnswered: self = .openedNotAnswered
        case .onHold: self = .onHold
        case .partlySent: self = .partlySent
        case .noReceipt: self = .noReceipt
        case .notOpened: self = .notOpened
        case .noContact: self = .noContact
        case .promised(let day): self = .promised(day: day)
        case .extended(let day): self = .extended(day: day)
        case .noSchoolLeft: self = .noSchool
        case .outsideUnitedStates: self = .outsideUnitedStates
        case .schoolUnknown: self = .schoolUnknown
        case .questionToRequester: self = .waitingForRequester
        }
    }
}

extension LookupPurpose: Worded {
    package static let words = "purposeOf"
}

extension PeoplePurpose: Worded {
    package static let words = "peoplePurpose"
}

extension RoleWord {
    package init(_ role: StaffRole) {
        switch role {
        case .registrar: self = .registrar
        case .counselor: self = .counselor
        case .recordsClerk: self = .recordsClerk
        case .district: self = .district
        case .stateContact: self = .stateContact
        case .administrator: self = .administrator
        case .auditor: self = .auditor
        }
    }
}

extension Audience {
    init(_ role: Contact.Role) {
        switch role {
        case .recordsOffice: self = .recordsOffice
        case .backup: self = .backup
        case .summer: self = .summerContact
        case .district: self = .district
        case .project: self = .project
        case .stateContact: self = .stateContact
        // Written to by a letter of its own, and reminded like the office it is in.
        case .colleague: self = .recordsOffice
        }
    }
}

extension CheckedProof.Kind: Worded {
    package static let words = "proofKind"
}

extension ProofStanding: Worded {
    package static let words = "proofStanding"
}
