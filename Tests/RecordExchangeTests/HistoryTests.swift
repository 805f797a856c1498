import Foundation
import RecordExchange
import Testing
import Vocabulary

/// What happened to one inquiry, with what it led to then.
///
/// A file is added for every kind of life and for every bug, and never changed: today's code must
/// bring a request that is already on its way to where the code of its filing would have.
private struct History {
    /// One line of a file.
    struct Line: Codable, Equatable {
        let on: String
        /// An event of the lifecycle, a rung of the ladder, or `asked`.
        let what: String
        var by: String?
        var reason: String?
        var promisedFor: String?
        var status: String?
        var level: Int?
        /// What would happen next by itself.
        var next: String?
    }

    /// The first line of a file: the calendar of the school.
    struct Opening: Codable {
        let closed: [[String]]
    }

    let calendar: SchoolCalendar
    let lines: [Line]

    init(_ text: String) throws {
        let rows = text.split(separator: "\n").map { Data($0.utf8) }
        let opening = try JSONDecoder().decode(Opening.self, from: try #require(rows.first))
        calendar = SchoolCalendar(
            recesses: try opening.closed.map { days in
                SchoolCalendar.Recess(
                    kind: .summer,
                    name: "",
                    first: try day(days[0]),
                    last: try day(days[1])
                )
            }
        )
        lines = try rows.dropFirst().map { try JSONDecoder().decode(Line.self, from: $0) }
    }

    /// The same lines with what today's code makes of them.
    func replayed() throws -> [Line] {
        let asked = try #require(lines.first)
        var inquiry = try Fixture.inquiry(
            clock: InquiryClock(askedOn: try day(asked.on), calendar: calendar)
        )
        return try lines.map { line in
            let date = try day(line.on)
            if let step = Ladder.Step(rawValue: line.what) {
                let due = try #require(next(of: inquiry), "nothing is due on \(line.on)")
                #expect(due.step == step && due.on <= date, "\(due.on) \(due.step)")
                inquiry.clock.take(step, on: date, calendar: calendar)
                if step == .promiseDue, inquiry.status == .accepted {
                    _ = try inquiry.apply(.comeDue, by: .system, at: Fixture.instant)
                }
            } else if line.what != "asked" {
                try apply(line, to: &inquiry, on: date)
            }
            var result = line
            result.status = inquiry.status.rawValue
            result.level = inquiry.clock.level.rawValue
            result.next = next(of: inquiry).map { "\($0.on) \($0.step)" }
            return result
        }
    }

    private func apply(_ line: Line, to inquiry: inout Inquiry, on date: CivilDate) throws {
        let event = try #require(InquiryLifecycle.Event(rawValue: line.what))
        let actor = try #require(InquiryLifecycle.Actor(rawValue: line.by ?? "holder"))
        let facts = Inquiry.Facts(
            reason: try line.reason.map { try #require(ReasonCode(rawValue: $0)) },
            promisedFor: try line.promisedFor.map { try day($0) }
        )
        let effects = try inquiry.apply(event, by: actor, facts, at: Fixture.instant)
        if effects.contains(.restartClock), inquiry.status != .accepted {
            inquiry.clock.restart(on: date, calendar: calendar)
        }
    }

    private func next(of inquiry: Inquiry) -> Ladder.Due? {
        Ladder.next(inquiry.clock, calendar: calendar, policy: .standard)
    }
}

@Suite("Histories") struct HistoryTests {
    private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/histories")

    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(".jsonl") }.sorted()
    }()

    @Test func `there are histories`() {
        #expect(Self.names.count >= 8)
    }

    @Test(arguments: names)
    func `a recorded life is lived the same way today`(name: String) throws {
        let file = Self.folder.appendingPathComponent(name)
        let text = try String(contentsOf: file, encoding: .utf8)
        let history = try History(text)
        let replayed = try history.replayed()
        // A new file has no outcomes yet; one that has them is never written again.
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1",
            history.lines.allSatisfy({ $0.status == nil })
        {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            let opening = text.split(separator: "\n").prefix(1).map(String.init)
            let lines = try replayed.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
            try (opening + lines).joined(separator: "\n").appending("\n")
                .write(to: file, atomically: true, encoding: .utf8)
            Issue.record("\(name) was written; look at it and run the tests again")
            return
        }

        for (then, now) in zip(history.lines, replayed) { #expect(now == then) }
    }
}
