import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func mailedFiles(_ id: MailedFiles.ID) throws -> MailedFiles? { state.mailedFiles[id] }

    func mailedFiles(of inquiry: Inquiry.ID) throws -> [MailedFiles] {
        state.mailedFiles.values.filter { $0.inquiry == inquiry }
            .sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }
    }

    func mailedFiles(expiredBy instant: Instant, limit: Int) throws -> [MailedFiles] {
        state.mailedFiles.values.filter { $0.expiresAt <= instant }
            .sorted { ($0.expiresAt, $0.id) < ($1.expiresAt, $1.id) }
            .prefix(limit).map { $0 }
    }

    func save(_ mailed: MailedFiles) throws {
        try require(state.inquiries[mailed.inquiry] != nil, "mailed_files.inquiry")
        try change { $0.mailedFiles[mailed.id] = mailed }
    }

    func deleteMailedFiles(_ id: MailedFiles.ID) throws {
        try change { $0.mailedFiles[id] = nil }
    }
}
