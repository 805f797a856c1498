import Casework
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// Writes a request's timeline as the steps of the tracker: past, now and still to come.
struct StepBook {
    let story: RequestStory
    let renderer: Renderer
    let language: Language

    /// What is shown, and what is folded away (mails and technical events).
    func steps(
        at local: (Instant) -> LocalTime
    ) -> (shown: [TrackStep], folded: [TrackStep]) {
        var shown: [TrackStep] = []
        var folded: [TrackStep] = []
        var arrived: Set<Inquiry.ID?> = []
        for event in story.events {
            let step = step(for: event, at: local(event.at))
            var isFolded = isTechnical(event.kind)
            // The first mail of an inquiry that arrived is a step; receipts and reminders are not.
            if case .mailAccepted = event.kind, !isFolded {
                isFolded = !arrived.insert(event.inquiry).inserted
            }
            if isFolded { folded.append(step) } else { shown.append(step) }
        }
        if !story.state.isTerminal, let last = shown.popLast() { shown.append(last.asNow) }
        return (shown + toCome, folded)
    }

    private func isTechnical(_ kind: TimelineEvent.Kind) -> Bool {
        switch kind {
        case .mailQueued, .mailDelayed, .sealed, .newLinkSent, .familyMailQueued,
            .familyMailDelayed:
            true
        case .mailAccepted(let role, _): role != .recordsOffice
        default: false
        }
    }

    private func name(_ organization: OrganizationID) -> String {
        story.names[organization] ?? organization.description
    }

    private func school(_ id: SchoolID) -> String { story.schools[id]?.name ?? name(.school(id)) }

    private func step(for event: TimelineEvent, at time: LocalTime) -> TrackStep {
        let (heading, detail, note) = words(for: event.kind)
        return TrackStep(
            phase: .past,
            heading: heading,
            detail: detail,
            note: note,
            at: time,
            person: event.person
        )
    }

    private func words(
        for kind: TimelineEvent.Kind
    ) -> (StepHeading, StepDetail, note: String) {
        switch kind {
        case .filed(let uses):
            let words = uses.map { renderer.sentence($0, in: language) }.joined(separator: ", ")
            return (.requestSent, .askedFor(uses: words), "")
        case .asked(_, let id, let closedUntil):
            return (
                .schoolFound(school: school(id)), closedUntil == nil ? .none : .closedNoClock, ""
            )
        case .mailQueued(let role, let organization, _):
            let role = renderer.sentence(role, in: language)
            return (.mailSent(organization: name(organization)), .toRole(role: role), "")
        case .mailAccepted(_, let organization):
            return (.mailArrived(organization: name(organization)), .mailAcceptedByServer, "")
        case .mailDelayed(let organization):
            return (.mailDelayed(organization: name(organization)), .mailTriedAgain, "")
        case .mailRefused(let organization):
            return (.mailBounced(organization: name(organization)), .none, "")
        case .openedByPerson(let organization):
            return (.openedByPerson(organization: name(organization)), .none, "")
        case .promised(let day, let note): return (.promised(day: day), .none, note)
        case .extended(let day, let note): return (.extended(day: day), .none, note)
        case .paperMailed(let day, let note): return (.paperMailed(day: day), .paperArrives, note)
        case .questionAsked(let note): return (.questionAsked, .none, note)
        case .askedAbout(let reason, let note):
            let words = renderer.sentence(reason, in: language)
            return (.questionAsked, .reason(reason: words), note)
        case .questionAnswered(let note): return (.questionAnswered, .none, note)
        case .messageToHolder(let note): return (.messageToHolder, .none, note)
        case .notFilled(let reason, let note, let organization):
            let words = renderer.sentence(reason, in: language)
            return (
                .notFilled(organization: name(organization)), .reason(reason: words), note
            )
        case .restNotComing(let parts, let reason, let note, let organization):
            let words = renderer.sentence(reason, in: language)
            let names = parts.map { renderer.sentence($0, in: language) }.joined(separator: ", ")
            return (
                .restNotComing(organization: name(organization)),
                parts.isEmpty ? .reason(reason: words) : .gaps(parts: names, reason: words), note
            )
        case .movedOn(let id): return (.movedOn(school: school(id)), .none, "")
        case .closedForGood(let keeper): return (.closedForGood(keeper: name(keeper)), .none, "")
        case .recordsAdded(_, let files, _, let certification, let complete):
            let detail = StepDetail.certifiedBy(
                name: certification.name,
                title: certification.title
            )
            let heading: StepHeading =
                complete ? .recordsAdded(files: files) : .someRecordsAdded(files: files)
            return (heading, detail, "")
        case .sealed: return (.sealed, .checkedAndSigned, "")
        case .pushed(_, let organization):
            return (.pushed(organization: name(organization)), .pushedSealed, "")
        case .pushFailing(_, let organization, let trouble):
            return (
                .pushFailing(organization: name(organization)), .pushTrouble(trouble: trouble), ""
            )
        case .viewed: return (.viewed, .none, "")
        case .received: return (.received, .none, "")
        case .ladder(let step, _, let organization): return (rung(step, organization), .none, "")
        case .schoolClosed(let day?): return (.schoolClosedUntil(day: day), .closedNoClock, "")
        case .schoolClosed(nil): return (.schoolClosed, .closedNoClock, "")
        case .schoolOpened: return (.schoolOpened, .none, "")
        case .stateActed: return (.stateActed, .none, "")
        case .callLogged(let note): return (.callLogged, .none, note)
        case .noLocationLeft: return (.noLocationLeft, .none, "")
        case .rejected(let reason, let note):
            return (.rejected, .reason(reason: renderer.sentence(reason, in: language)), note)
        case .recalled(_, let side, let note):
            let words = renderer.sentence(side, in: language)
            return (.recalled, .recalledBy(side: words), note)
        case .destroyed(_, let forSchool):
            return (forSchool ? .destroyedAtSchool : .destroyed, .none, "")
        case .replaced: return (.replaced, .none, "")
        case .destructionMissing(_, let copies):
            return (.destructionMissing(copies: copies), .none, "")
        case .concluded(let kind, let reason, let note):
            let detail = reason.map {
                StepDetail.reason(reason: renderer.sentence($0, in: language))
            }
            return (conclusion(kind), detail ?? .none, note)
        case .joined: return (.joined, .none, "")
        case .wrongContact(let organization):
            return (.wrongContact(organization: name(organization)), .none, "")
        case .newLinkSent(let organization):
            return (.newLinkSent(organization: name(organization)), .none, "")
        case .held(let condition, let note):
            let words = renderer.sentence(condition.code, in: language)
            let heading = condition.until.map { StepHeading.heldUntil(day: $0) } ?? .held
            return (heading, .waitsFor(condition: words), note)
        case .holdPassed: return (.holdPassed, .none, "")
        case .cancelAsked(let reason):
            let words = renderer.sentence(reason, in: language)
            return (.cancelAsked, .reason(reason: words), "")
        case .cancelOverruled: return (.cancelOverruled, .none, "")
        case .lateAnswer(let number): return (.lateAnswer(number: number), .none, "")
        case .reopened(let number): return (.reopened(number: number), .none, "")
        case .asksAgain(let number): return (.asksAgain(number: number), .none, "")
        case .mergedInto(let number): return (.mergedInto(number: number), .none, "")
        case .tookOver(let number): return (.tookOver(number: number), .none, "")
        case .toldToCollect: return (.toldToCollect, .none, "")
        case .receiptMissing: return (.receiptMissing, .none, "")
        case .receiptBad: return (.receiptBad, .none, "")
        case .creditsDecided: return (.creditsDecided, .none, "")
        case .familyMailQueued: return (.familyMailQueued, .none, "")
        case .familyMailAccepted: return (.familyMailAccepted, .none, "")
        case .familyMailDelayed: return (.familyMailDelayed, .mailTriedAgain, "")
        case .familyMailRefused: return (.familyMailRefused, .none, "")
        case .outOfOffice(let organization, let day?):
            return (
                .outOfOfficeUntil(organization: name(organization), day: day), .none, ""
            )
        case .outOfOffice(let organization, nil):
            return (.outOfOffice(organization: name(organization)), .none, "")
        case .mailReply(let organization, let note):
            return (.mailReply(organization: name(organization)), .none, note)
        case .filesByMail(let organization):
            return (.filesByMail(organization: name(organization)), .none, "")
        case .filesHeld(let organization):
            return (.filesHeld(organization: name(organization)), .none, "")
        case .passedOn(let parts, let organization):
            let words = parts.map { renderer.sentence($0, in: language) }
                .joined(separator: ", ")
            return (.passedOn(organization: name(organization)), .passedParts(parts: words), "")
        }
    }

    private func rung(_ step: Ladder.Step, _ organization: OrganizationID) -> StepHeading {
        let name = name(organization)
        return switch step {
        case .askRecordsOffice: .mailSent(organization: name)
        case .askBackup: .backupAsked(organization: name)
        case .remind, .remindLaw, .remindLawHalfway: .reminderSent(organization: name)
        case .tellDistrict: .districtTold(organization: name)
        case .tellState: .stateTold(organization: name)
        case .askSummerContacts: .summerContactsAsked
        case .remindState: .stateReminded(organization: name)
        case .cap: .capReached
        case .changeColumn: .schoolOpened
        case .promiseDue: .promisePassed
        case .extensionDue: .extensionPassed
        case .confirmCancel: .cancelled
        }
    }

    private func conclusion(_ kind: RecordRequest.Conclusion.Kind) -> StepHeading {
        switch kind {
        case .completed: .accepted
        case .cancelled: .cancelled
        case .closedUnfilled: .closedUnfilled
        case .closedDuplicate: .closedDuplicate
        case .enteredInError: .enteredInError
        }
    }

    // MARK: What is still to come

    private var toCome: [TrackStep] {
        switch story.state {
        case .requested, .opened, .accepted, .onHold, .partlySent:
            upcomingRung + [future(.willAddRecords), future(.willDownload)]
        case .endOfLocations, .question: [future(.willAddRecords), future(.willDownload)]
        case .sent: [future(.willDownload)]
        default: []
        }
    }

    /// One next date, and no more: what the ladder does if nobody answers.
    private var upcomingRung: [TrackStep] {
        guard let next = story.next, let step = next.step else { return [] }
        let holder = story.currentSchool?.name ?? ""
        let state =
            story.inquiries.last { $0.isLive }
            .map { name(.state($0.holderState)) } ?? ""
        let heading: StepHeading? =
            switch step {
            case .askBackup: .willAskBackup(organization: holder)
            case .remind, .remindLaw, .remindLawHalfway: .willRemind(organization: holder)
            case .tellDistrict:
                .willTellDistrict(organization: story.currentSchool?.districtName ?? "")
            case .tellState: .willTellState(organization: state)
            case .remindState: .willRemindState(organization: state)
            case .cap: .willReachCap
            // Whoever waits for something promised no day.
            case .promiseDue where story.state == .onHold: .willAskAgain(organization: holder)
            case .promiseDue: .willComeDue(organization: holder)
            case .extensionDue: .willAskAgain(organization: holder)
            case .askRecordsOffice, .askSummerContacts, .changeColumn, .confirmCancel: nil
            }
        return heading.map { [future($0, on: next.on)] } ?? []
    }

    private func future(_ heading: StepHeading, on day: CivilDate? = nil) -> TrackStep {
        TrackStep(phase: .future, heading: heading, on: day)
    }
}

extension TrackStep {
    fileprivate var asNow: TrackStep {
        TrackStep(
            phase: .now,
            heading: heading,
            detail: detail,
            note: note,
            at: at,
            person: person,
            on: on
        )
    }
}
