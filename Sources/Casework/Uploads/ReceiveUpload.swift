package import RecordExchange
package import Vocabulary

/// What a system wants to send in pieces.
package enum UploadPurpose: Hashable, Sendable {
    case sealedBundle
    case records(Inquiry.ID)
}

extension Desk {
    /// Begins an upload, within the quota of the organisation it counts towards.
    ///
    /// `length`: of the whole in bytes, where it is known; `limit`: the most that is taken.
    /// Throws `UploadRefusal`; then nothing was kept.
    package func beginUpload(
        _ purpose: UploadPurpose,
        mediaType: String,
        length: Int64?,
        digest: SHA256Digest?,
        limit: Int64,
        by actor: Actor
    ) async throws -> PartialUpload {
        guard mediaType.utf8.count <= 200 else { throw CaseworkFailure.tooLong }
        if let length, length > limit { throw UploadRefusal.tooLarge(limit: limit) }
        return try await write { transaction in
            let (target, organization) = try transaction.target(of: purpose, by: actor)
            let upload = PartialUpload(
                id: transaction.secrets.makeIdentifier(),
                account: actor.id,
                organization: organization,
                target: target,
                mediaType: mediaType,
                length: length,
                digest: digest,
                at: transaction.now
            )
            try transaction.checkQuota(of: organization, files: 1, bytes: length ?? 0)
            try transaction.session.save(upload)
            return upload
        }
    }

    /// An upload of this account's own.
    package func partialUpload(
        _ id: PartialUpload.ID,
        of account: StaffID
    ) async throws -> PartialUpload {
        try await read { try $0.partialUpload(id, of: account) }
    }

    /// The pieces of an upload, in order.
    package func pieces(of id: PartialUpload.ID) async throws -> [PartialUpload.Piece] {
        try await store.read { try $0.pieces(of: id) }
    }

    /// Notes the length of the whole, which the sender has found out meanwhile.
    package func noteLength(
        _ length: Int64,
        of id: PartialUpload.ID,
        by account: StaffID,
        limit: Int64
    ) async throws -> PartialUpload {
        guard length <= limit else { throw UploadRefusal.tooLarge(limit: limit) }
        return try await write { transaction in
            var upload = try transaction.openUpload(id, of: account)
            guard upload.length ?? length == length, upload.offset <= length else {
                throw UploadRefusal.lengthContradicted
            }
            guard upload.length == nil else { return upload }
            try transaction.checkQuota(
                of: upload.organization,
                files: 0,
                bytes: length - upload.reserved
            )
            upload.length = length
            try transaction.session.save(upload)
            return upload
        }
    }

    /// Adds what lies in the drop as the bytes from `offset` on.
    ///
    /// Throws `UploadRefusal`; the file is then nobody's and its caller removes it.
    package func add(
        _ piece: PartialUpload.Piece,
        at offset: Int64,
        to id: PartialUpload.ID,
        by account: StaffID,
        limit: Int64
    ) async throws -> PartialUpload {
        try await write { transaction in
            var upload = try transaction.openUpload(id, of: account)
            guard upload.offset == offset else {
                throw UploadRefusal.wrongOffset(expected: upload.offset)
            }
            guard upload.pieces < PartialUpload.mostPieces else {
                throw UploadRefusal.tooManyPieces
            }
            guard piece.byteCount <= limit - offset else {
                throw UploadRefusal.tooLarge(limit: limit)
            }
            let end = offset + piece.byteCount
            if let length = upload.length {
                guard end <= length else { throw UploadRefusal.lengthContradicted }
            } else {
                try transaction.checkQuota(
                    of: upload.organization,
                    files: 0,
                    bytes: piece.byteCount
                )
            }
            try transaction.session.append(piece, numbered: upload.pieces, to: id)
            upload.pieces += 1
            upload.offset = end
            upload.expiresAt = transaction.now.advanced(bySeconds: PartialUpload.patience)
            try transaction.session.save(upload)
            return upload
        }
    }

    /// Keeps how the whole was answered; the pieces are no longer needed.
    ///
    /// `length`: how long it was in the end, where it came in one go.
    ///
    /// - Returns: the pieces' files, which its caller removes.
    package func noteAnswered(
        _ id: PartialUpload.ID,
        _ answer: PartialUpload.Answer,
        length: Int64? = nil
    ) async throws -> [DroppedFile.ID] {
        try await write { transaction in
            guard var upload = try transaction.session.partialUpload(id), upload.answer == nil,
                upload.cancelledAt == nil
            else { return [] }
            let pieces = try transaction.session.pieces(of: id)
            upload.length = length ?? upload.offset
            upload.answer = answer
            upload.expiresAt = transaction.now.advanced(bySeconds: PartialUpload.memory)
            try transaction.session.save(upload)
            try transaction.session.deletePieces(of: id)
            return pieces.map(\.file)
        }
    }

    /// Gives an upload up: what has come of it is gone.
    ///
    /// How much that was still counts towards the day, or whoever cancels could send for ever;
    /// `arrived` says it for what came in one go, of which no piece is on file.
    ///
    /// - Returns: the pieces' files, which its caller removes.
    package func cancelUpload(
        _ id: PartialUpload.ID,
        arrived: Int64? = nil,
        by account: StaffID
    ) async throws -> [DroppedFile.ID] {
        try await write { transaction in
            var upload = try transaction.partialUpload(id, of: account)
            let pieces = try transaction.session.pieces(of: upload.id)
            upload.length = arrived ?? upload.offset
            upload.cancelledAt = transaction.now
            upload.expiresAt = max(
                transaction.now,
                upload.createdAt.advanced(bySeconds: PartialUpload.day)
            )
            try transaction.session.save(upload)
            try transaction.session.deletePieces(of: upload.id)
            return pieces.map(\.file)
        }
    }

    /// Forgets uploads whose time is over: abandoned ones with what has come of them, and answers
    /// that were kept long enough.
    ///
    /// - Returns: the pieces' files, which its caller removes.
    package func forgetExpiredUploads(limit: Int = 1_000) async throws -> [DroppedFile.ID] {
        try await write { transaction in
            let session = transaction.session
            let expired = try session.partialUploads(expiredBy: transaction.now, limit: limit)
            return try expired.flatMap { upload in
                let pieces = try session.pieces(of: upload.id)
                try session.deletePartialUpload(upload.id)
                return pieces.map(\.file)
            }
        }
    }
}

extension CaseTransaction {
    /// Whose upload it is looks the same from outside as that there is none.
    fileprivate func partialUpload(
        _ id: PartialUpload.ID,
        of account: StaffID
    ) throws -> PartialUpload {
        guard let upload = try session.partialUpload(id), upload.account == account,
            now < upload.expiresAt, upload.cancelledAt == nil
        else { throw CaseworkFailure.notFound }
        return upload
    }

    fileprivate func openUpload(
        _ id: PartialUpload.ID,
        of account: StaffID
    ) throws -> PartialUpload {
        let upload = try partialUpload(id, of: account)
        guard upload.answer == nil else { throw UploadRefusal.finished }
        return upload
    }

    fileprivate func target(
        of purpose: UploadPurpose,
        by actor: Actor
    ) throws -> (PartialUpload.Target, OrganizationID) {
        switch purpose {
        case .records(let id):
            let inquiry = try inquiry(id, answerableBy: .staff(actor))
            return (.records(id), inquiry.holder)
        case .sealedBundle:
            let partner = try actor.organizations(as: StaffRole.answerers)
                .lazy.compactMap { try session.partners(of: $0).first }.first
            guard let partner else { throw UploadRefusal.notAPartner }
            return (.sealedBundle(partner.id), partner.organization)
        }
    }

    /// Throws where so much more does not fit.
    fileprivate func checkQuota(
        of organization: OrganizationID,
        files: Int64,
        bytes: Int64
    ) throws {
        let limits = try session.partners(of: organization).first?.limits ?? [:]
        let dayAgo = now.advanced(bySeconds: -PartialUpload.day)
        var use = StorageQuota.Use()
        for upload in try session.partialUploads(of: organization) {
            if upload.createdAt > dayAgo {
                use.filesToday += 1
                use.bytesToday += upload.reserved
            }
            guard upload.answer == nil, upload.cancelledAt == nil, now < upload.expiresAt else {
                continue
            }
            use.files += 1
            use.bytes += upload.reserved
        }
        guard StorageQuota(limits).admits(files: files, bytes: bytes, beside: use) else {
            throw UploadRefusal.quotaUsedUp
        }
    }
}
