import Casework
package import RecordExchange
package import Rendering
import StudentRecords
package import Vocabulary

/// What somebody typed about the credits of an answer, read against what was sent.
///
/// Every problem at once, and nothing decided that was not said.
package struct OutcomeForm {
    package private(set) var enrolledOn: CivilDate?
    package private(set) var placedOn: CivilDate?
    package private(set) var lines: [CreditLine] = []
    package private(set) var problems: [FieldProblem] = []
    private let typed: FormFields

    /// `sent` are the courses as they were sent, of which the first `listed` stand on the page.
    package init(_ typed: FormFields, sent: [CreditLine], listed: Int) {
        self.typed = typed
        let reason = CreditLine.Reason(rawValue: typed[.creditReason])
        let note = typed[.creditNote]
        if note.utf8.count > OutcomeDraft.longestText {
            let limit = OutcomeDraft.longestText
            problems.append(FieldProblem(.creditNote, .tooLong(limit: limit)))
        }
        switch CreditChoice(rawValue: typed[.creditChoice]) {
        case nil: problems.append(FieldProblem(.creditChoice, .creditChoiceMissing))
        case .undecided: lines = []
        case .asSent:
            // Of a course in progress there is nothing yet that could count as sent.
            lines = sent.filter { $0.sent != nil }
                .map { $0.decided(accepted: $0.sent, reason: nil, note: "") }
            if lines.isEmpty { lines = [CreditLine(whole: .accepted, note: note)] }
        case .some(.none):
            lines = sent.filter { $0.sent != .zero }
                .map { $0.decided(accepted: .zero, reason: reason, note: note) }
            if lines.isEmpty {
                lines = [CreditLine(whole: .notAccepted, reason: reason, note: note)]
            }
            explain()
        case .partly:
            readTotal(reason, note)
            explain()
        case .except: readCourses(Array(sent.prefix(listed)), countsRest: true)
        case .byCourse: readCourses(Array(sent.prefix(listed)), countsRest: false)
        }
    }

    /// The two days, each of which may be left out: between the student's birth and today.
    package mutating func readDays(from first: CivilDate, to today: CivilDate) {
        enrolledOn = day(
            .enrolledOn,
            [.enrolledMonth, .enrolledDay, .enrolledYear],
            (.enrolledImpossible, .enrolledInFuture),
            first...max(first, today)
        )
        placedOn = day(
            .placedOn,
            [.placedMonth, .placedDay, .placedYear],
            (.placedImpossible, .placedInFuture),
            first...max(first, today)
        )
    }

    private mutating func day(
        _ field: FieldName,
        _ boxes: [FieldName],
        _ troubles: (impossible: FieldTrouble, inFuture: FieldTrouble),
        _ allowed: ClosedRange<CivilDate>
    ) -> CivilDate? {
        switch RequestDraft.date(
            month: typed[boxes[0]],
            day: typed[boxes[1]],
            year: typed[boxes[2]]
        ) {
        case .missing: return nil
        case .impossible: problems.append(FieldProblem(field, troubles.impossible))
        case .day(let day):
            if allowed.contains(day) { return day }
            let isLate = day > allowed.upperBound
            problems.append(FieldProblem(field, isLate ? troubles.inFuture : troubles.impossible))
        }
        return nil
    }

    /// Whoever takes less than was sent says why.
    private mutating func explain() {
        guard lines.contains(where: { $0.fault == .reasonMissing }) else { return }
        problems.append(FieldProblem(.creditReason, .creditReasonMissing))
    }

    private mutating func readTotal(_ reason: CreditLine.Reason?, _ note: String) {
        let text = typed[.acceptedCredits].trimmed
        guard let accepted = Hundredths(text), accepted > .zero else {
            let trouble: FieldTrouble = text.isEmpty ? .creditsMissing : .creditsUnreadable
            problems.append(FieldProblem(.acceptedCredits, trouble))
            return
        }
        lines = [CreditLine(whole: .partly, accepted: accepted, reason: reason, note: note)]
    }

    /// `countsRest`: what nobody typed an amount for counts as it was sent.
    private mutating func readCourses(_ sent: [CreditLine], countsRest: Bool) {
        for (offset, course) in sent.enumerated() {
            let index = offset + 1
            let input = OutcomeCourse.input(index)
            func refuse(_ trouble: FieldTrouble) {
                problems.append(FieldProblem(.acceptedCredits, trouble, at: input))
            }
            let text = (typed[input] ?? "").trimmed
            let note = typed[OutcomeCourse.saidInput(index)] ?? ""
            if note.utf8.count > OutcomeDraft.longestText {
                refuse(.tooLong(limit: OutcomeDraft.longestText))
            }
            let reason = typed[OutcomeCourse.reasonInput(index)]
                .flatMap(CreditLine.Reason.init(rawValue:))
            var accepted = countsRest ? course.sent : nil
            if !text.isEmpty {
                accepted = Hundredths(text)
                if accepted == nil { refuse(.courseCreditsUnreadable(course: course.title)) }
            } else if reason != nil {
                refuse(.courseCreditsMissing(course: course.title))
            }
            // Of a course in progress there is nothing yet that could count as sent.
            if countsRest, course.sent == nil, text.isEmpty, note.isEmpty { continue }
            let line = course.decided(accepted: accepted, reason: reason, note: note)
            switch line.fault {
            case .reasonMissing: refuse(.courseReasonMissing(course: course.title))
            case .moreThanSent: refuse(.moreThanSent(course: course.title))
            case nil: break
            }
            lines.append(line)
        }
        if lines.isEmpty { problems.append(FieldProblem(.creditChoice, .creditChoiceMissing)) }
    }
}

extension CreditLine {
    /// The same course with what was decided.
    fileprivate func decided(accepted: Hundredths?, reason: Reason?, note: String) -> Self {
        Self(
            course: title,
            detail: detail,
            sent: sent,
            accepted: accepted,
            reason: accepted == nil ? nil : reason,
            note: note
        )
    }
}

extension String {
    /// Without spaces at both ends.
    fileprivate var trimmed: String {
        String(
            decoding: utf8.drop { $0 == 32 }.reversed().drop { $0 == 32 }.reversed(),
            as: UTF8.self
        )
    }
}
