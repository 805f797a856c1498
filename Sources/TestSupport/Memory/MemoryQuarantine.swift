import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func quarantinedFile(_ id: DroppedFile.ID) throws -> QuarantinedFile? { state.quarantine[id] }

    func quarantinedFiles(of inquiry: Inquiry.ID) throws -> [QuarantinedFile] {
        state.quarantine.values.filter { $0.inquiry == inquiry }
            .sorted { ($0.foundAt, $0.id) < ($1.foundAt, $1.id) }
    }

    func quarantinedFiles(expiredBy instant: Instant, limit: Int) throws -> [QuarantinedFile] {
        state.quarantine.values.filter { $0.expiresAt <= instant }
            .sorted { ($0.expiresAt, $0.id) < ($1.expiresAt, $1.id) }
            .prefix(limit).map { $0 }
    }

    func save(_ locked: QuarantinedFile) throws {
        try require(state.inquiries[locked.inquiry] != nil, "quarantined_files.inquiry")
        try change { $0.quarantine[locked.id] = locked }
    }

    func deleteQuarantinedFile(_ id: DroppedFile.ID) throws {
        try change { $0.quarantine[id] = nil }
    }
}
