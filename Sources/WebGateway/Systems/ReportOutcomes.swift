import Casework
import Hummingbird
import RecordExchange
import StudentRecords
import Vocabulary

/// What became of the credits, said by the receiving school's own system; who sent them reads it
/// with the inquiry.
extension SystemRoom {
    /// The most courses of one call.
    private static let mostLines = 1_000

    func outcomes(_ visit: SystemVisit) async throws -> Response {
        .json(try await said(try number(visit), visit))
    }

    /// The same statement twice is one; an earlier one stays.
    func reportOutcome(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        let bundle: RecordBundle.ID = try visit.identifier("bundle")
        let draft = try visit.read { reader in
            let enrolledOn = Self.day("enrolledOn", &reader)
            let placedOn = Self.day("placedOn", &reader)
            var lines = reader.objects("lines", atMost: Self.mostLines, Self.course)
            if reader.has("whole") {
                if !lines.isEmpty { reader.note("whole", "goes without lines only") }
                lines = [reader.object("whole", Self.whole)]
            }
            if enrolledOn == nil, placedOn == nil, lines.isEmpty {
                reader.note("lines", "is missing, where no day is given")
            }
            return OutcomeDraft(enrolledOn: enrolledOn, placedOn: placedOn, lines: lines)
        }
        try await desk.recordOutcome(
            draft,
            of: bundle,
            in: number,
            by: visit.actor
        )
        return .json(try await said(number, visit))
    }

    private func said(
        _ number: RequestNumber,
        _ visit: SystemVisit
    ) async throws -> SystemView.List<SystemView.Outcome> {
        let outcomes = try await desk.creditOutcomes(
            of: try visit.identifier("bundle"),
            in: number,
            by: visit.actor
        )
        return .init(items: outcomes.map(SystemView.Outcome.init), next: nil)
    }

    private static func day(_ name: String, _ reader: inout JSONReader) -> CivilDate? {
        let text = reader.text(name)
        guard !text.isEmpty else { return nil }
        let day = CivilDate(iso8601: text)
        if day == nil { reader.note(name, "must be a date such as 2026-08-20") }
        return day
    }

    private static func amount(_ name: String, _ reader: inout JSONReader) -> Hundredths? {
        let text = reader.text(name)
        guard !text.isEmpty else { return nil }
        let amount = Hundredths(text)
        if amount == nil { reader.note(name, "must be an amount such as \"0.50\"") }
        return amount
    }

    private static func course(_ reader: inout JSONReader) -> CreditLine {
        let line = CreditLine(
            course: reader.text("title", isRequired: true, limit: OutcomeDraft.longestText),
            detail: reader.text("detail", limit: OutcomeDraft.longestText),
            sent: amount("sent", &reader),
            accepted: amount("accepted", &reader),
            reason: reader.choice("reason"),
            note: reader.text("note", limit: OutcomeDraft.longestText)
        )
        explain(line, &reader)
        return line
    }

    /// Of a record whose courses stand in files that are no data.
    private static func whole(_ reader: inout JSONReader) -> CreditLine {
        let verdict = reader.choice("verdict", of: CreditLine.Verdict.self, isRequired: true)
        let accepted = amount("accepted", &reader)
        if verdict != .partly, accepted != nil { reader.note("accepted", "goes with partly only") }
        let line = CreditLine(
            whole: verdict,
            accepted: accepted,
            reason: reader.choice("reason"),
            note: reader.text("note", limit: OutcomeDraft.longestText)
        )
        explain(line, &reader)
        return line
    }

    private static func explain(_ line: CreditLine, _ reader: inout JSONReader) {
        switch line.fault {
        case .reasonMissing:
            reader.note("reason", "is missing: not all of it counts; with other, say why in note")
        case .moreThanSent: reader.note("note", "is missing: more counts than was sent")
        case nil: break
        }
    }
}
