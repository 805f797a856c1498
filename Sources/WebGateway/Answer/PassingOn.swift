import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// What an answer form says of a colleague: the parts they have, and how to reach them.
struct PassingOn: Sendable {
    /// Absent where nothing is passed on, or not yet rightly.
    let passed: PartsPassedOn?
    let problems: [FieldProblem]
    /// Some part is said to be a colleague's.
    let isAsked: Bool

    init(_ fields: FormFields, _ task: AnswerTask) {
        let parts = task.asked.filter {
            fields[PartQuestion.input($0)] == PartAnswer.colleague.rawValue
        }
        isAsked = !parts.isEmpty && !task.colleagueDomains.isEmpty
        guard isAsked else { (passed, problems) = (nil, []); return }
        var problems: [FieldProblem] = []
        let name = fields[.colleagueName]
        if !name.utf8.contains(where: { $0 > 32 }) {
            problems.append(FieldProblem(.colleagueName, .colleagueNameMissing))
        } else if name.utf8.count > Self.longestName {
            problems.append(FieldProblem(.colleagueName, .tooLong(limit: Self.longestName)))
        }
        let typed = fields[.colleagueEmail]
        let email = try? EmailAddress(parsing: typed)
        if !typed.utf8.contains(where: { $0 > 32 }) {
            problems.append(FieldProblem(.colleagueEmail, .colleagueEmailMissing))
        } else if email == nil {
            problems.append(FieldProblem(.colleagueEmail, .emailMalformed))
        } else if let email, !task.colleagueDomains.contains(email.domain) {
            let endings = Self.endings(task)
            problems.append(FieldProblem(.colleagueEmail, .colleagueElsewhere(endings: endings)))
        }
        self.problems = problems
        passed = email.flatMap {
            problems.isEmpty ? PartsPassedOn(parts: parts, name: name, email: $0) : nil
        }
    }

    private static let longestName = 200

    /// What addresses must end in, for reading: `@district.example, @school.example`.
    static func endings(_ task: AnswerTask) -> String {
        task.colleagueDomains.map { "@\($0)" }.joined(separator: ", ")
    }
}

extension AnswerRoom {
    /// Nothing is sent, and a part is passed on: the whole of this answer.
    func passOn(
        _ passed: PartsPassedOn,
        _ task: AnswerTask,
        _ seat: Seat,
        _ fields: FormFields,
        _ frame: Framing
    ) async throws -> Response {
        do {
            try await desk.passOn(passed, of: seat.inquiry, by: seat.answerer)
        } catch CaseworkFailure.notPossibleNow {
            let problem = FieldProblem(.colleagueEmail, .colleaguesEnough)
            let page = recordsPage(task, seat, answers: fields, problems: [problem])
            return frame(page, .unprocessableContent)
        }
        let outcome = AnswerOutcome.passedOn(colleague: passed.name)
        return frame(done(task, seat, outcome, canAnswerStill: true), .ok)
    }
}
