import Casework
import Foundation
import Persistence
import RecordExchange
import SQLiteDatabase
import StudentRecords
import TestSupport

/// A database in a folder of its own, which is removed with its last reference.
final class TestDatabase: Sendable {
    let folder: URL
    let file: SQLiteFile

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "mochila-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = try SQLiteFile(path: folder.appending(path: "mochila.sqlite").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func openedStore(fields: any FieldProtection = ScramblingFields()) async throws -> SQLCaseStore
    {
        try await SQLCaseStore.opened(file, fields: fields)
    }

    /// Statements that no port offers, as other hands would run them.
    func tamper(_ statement: String) async throws {
        try await file.write { try $0.run(script: statement) }
    }

    /// Every byte of every file in the folder, journal included.
    func allBytes() throws -> Data {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
            .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }
}

extension CaseSession {
    /// One row of everything a case can leave behind.
    func saveWholeCase(_ number: Int = 1, student: String = "Paloma") throws {
        let request = RecordRequest.filed(
            number,
            student: .sample(given: student),
            message: "\(student) moved."
        )
        let inquiry = Inquiry.asked(number, of: request).after(.open, .sendAll)
        let bundle = RecordBundle.answered(number, to: inquiry, files: ["\(student).pdf"])
        try save(request)
        try save(inquiry)
        try setTimer(inquiry.id, due: .noon("2026-05-20"))
        try save(AnswerLink.issued(number, for: inquiry))
        try save(bundle)
        try save(
            Delivery(
                id: .numbered(number),
                bundle: bundle.id,
                request: request.id,
                recipient: School.oak.organization,
                way: .web,
                at: .noon("2026-05-19")
            )
        )
        try append(
            TimelineEvent(
                id: .numbered(number),
                request: request.id,
                inquiry: inquiry.id,
                at: .noon("2026-05-19"),
                kind: .questionAsked(note: "Is \(student) a twin?"),
                person: "Rosa"
            )
        )
        try append(
            DisclosureRecord(
                id: .numbered(number),
                request: request.id,
                bundle: bundle.id,
                at: .noon("2026-05-19"),
                holder: bundle.holder,
                recipient: School.oak.organization,
                person: "Rosa",
                way: .web,
                parts: [.transcript],
                uses: [.enrollment],
                extent: "\(student).pdf"
            )
        )
        try enqueue(
            Effect(
                id: .numbered(number),
                work: .mail(.sample(text: "About \(student)"), about: .init(letter: "ask")),
                due: .noon("2026-05-18")
            )
        )
        var draft = RequestDraft(
            id: .numbered(number),
            owner: .numbered(900),
            requester: School.oak.id,
            at: .noon("2026-05-18")
        )
        draft.given = student
        try save(draft)
        try save([.sample(number, student: .sample(given: student))])
    }
}
