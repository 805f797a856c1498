import Casework
import DropLayout
import Intake
import RecordExchange
import Sealing
import Vocabulary

/// Sealed bundles that come over HTTPS: opened, checked and filed as those that are dropped.
extension DropRoom: SealedIntake {
    func take(
        _ sealed: any ProtectedFileReader,
        from id: Partner.ID
    ) async throws -> SealedReceiptText {
        do {
            return try await taken(sealed, from: id)
        } catch BundleFailure.diskFull {
            throw FileRefusal.diskFull
        } catch {
            throw SealedBundleDrop.refusal(for: error)
        }
    }

    private func taken(
        _ sealed: any ProtectedFileReader,
        from id: Partner.ID
    ) async throws -> SealedReceiptText {
        guard let partner = try await desk.store.read({ try $0.partner(id) }), partner.isActive
        else { throw CaseworkFailure.notFound }
        let copy = try await blocking { () -> Copy in
            let sink = try bundles.create()
            var offset: Int64 = 0
            while true {
                let piece = try sealed.read(from: offset, upTo: 1 << 20)
                if piece.isEmpty { break }
                try piece.withUnsafeBytes { try sink.write($0) }
                offset += Int64(piece.count)
            }
            let file = try sink.finish()
            let digest = try PlainFileReader(path: bundles.path(of: file.id)).digest()
            return Copy(
                file: file,
                digest: digest,
                trial: "\(partner.account) \(digest)"
            )
        }
        defer { try? bundles.remove(copy.file.id) }
        var verdict = try await verdict(on: copy, from: partner)
        // Its sender said that this is all of it: there is nothing to resume.
        if case .incomplete = verdict { verdict = .refused(.init(.truncated)) }
        let receipt = try await receipt(of: copy, verdict, partner)
        let text = receipt.json
        let signed = try await blocking { try receipts.sign(Array(text.utf8)) }
        guard case .refused(let reason) = verdict else {
            return SealedReceiptText(
                verdict: .accepted,
                reason: nil,
                explanation: "",
                text: text,
                signature: signed.signatureText
            )
        }
        return SealedReceiptText(
            verdict: .refused,
            reason: reason.word,
            explanation: "\(reason.whatHappened) \(reason.whatIsKept) \(reason.whatToDo)",
            text: text,
            signature: signed.signatureText
        )
    }

    func digest(of file: any ProtectedFileReader) async throws -> SHA256Digest {
        try await blocking { try RunningDigest.digest(of: file) }
    }
}
