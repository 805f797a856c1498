import Casework
import RecordExchange
import Vocabulary

extension MemoryCaseSession {
    func partialUpload(_ id: PartialUpload.ID) throws -> PartialUpload? { state.partialUploads[id] }

    func partialUploads(of organization: OrganizationID) throws -> [PartialUpload] {
        state.partialUploads.values.filter { $0.organization == organization }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    func partialUploads(expiredBy instant: Instant, limit: Int) throws -> [PartialUpload] {
        state.partialUploads.values.filter { $0.expiresAt <= instant }
            .sorted { ($0.expiresAt, $0.id) < ($1.expiresAt, $1.id) }
            .prefix(limit).map { $0 }
    }

    func save(_ upload: PartialUpload) throws {
        try require(state.accounts[upload.account] != nil, "partial_uploads.account")
        try change { $0.partialUploads[upload.id] = upload }
    }

    func deletePartialUpload(_ id: PartialUpload.ID) throws {
        try change { state in
            state.partialUploads[id] = nil
            state.uploadPieces[id] = nil
        }
    }

    func pieces(of upload: PartialUpload.ID) throws -> [PartialUpload.Piece] {
        state.uploadPieces[upload] ?? []
    }

    func append(
        _ piece: PartialUpload.Piece,
        numbered number: Int,
        to upload: PartialUpload.ID
    ) throws {
        try require(state.partialUploads[upload] != nil, "upload_pieces.upload")
        try refuse(number < (state.uploadPieces[upload] ?? []).count, "upload piece")
        try change { $0.uploadPieces[upload, default: []].append(piece) }
    }

    func deletePieces(of upload: PartialUpload.ID) throws {
        try change { $0.uploadPieces[upload] = nil }
    }
}
