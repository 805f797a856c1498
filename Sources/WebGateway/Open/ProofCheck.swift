import Casework
import Hummingbird
import Rendering
import Synchronization
import Vocabulary

/// Somebody shows a bundle or a printed record.
extension OpenRoom {
    func checkProof(_ visit: Visit) async throws -> Response {
        try limits.proof(from: visit.address)
        var form = Form()
        var shown: ShownProof?
        var status = HTTPResponse.Status.ok
        do {
            let proof = try await proofTurns.receiving(from: visit.address) {
                try await verdict(visit)
            }
            shown = view(of: proof)
        } catch let refusal as ProofRefusal {
            form.problems = [FieldProblem(.shownFile, refusal.trouble)]
            status = .unprocessableContent
        } catch is NothingShown {
            form.problems = [FieldProblem(.shownFile, .shownFileMissing)]
            status = .unprocessableContent
        } catch is UploadPace.TooSlow {
            form.problems = [FieldProblem(.shownFile, .shownFileTooSlow)]
            // At a 408 browsers send the whole file again by themselves.
            status = .unprocessableContent
        }
        return frame.page(CheckNumberPage(form: form, proof: shown), visit, status: status)
    }

    private struct NothingShown: Error {}

    /// Receives the file and judges it; others are judged while it comes.
    private func verdict(_ visit: Visit) async throws -> CheckedProof {
        let receiver = proofs.receiver()
        let upload = try await visit.upload().receive(
            into: receiver,
            limits: .init(
                total: Self.largestProof + (64 << 10),
                file: Self.largestProof,
                files: 1,
                field: 4 << 10
            ),
            pace: limits.proofPace()
        )
        guard upload.refusals.isEmpty, !upload.files.isEmpty else { throw NothingShown() }
        return try await proofTurns.judging { try await receiver.verdict() }
    }

    /// A sealed bundle of the largest size, whose digest is told without keeping it.
    private static let largestProof: Int64 = 1 << 30

    private func view(of proof: CheckedProof) -> ShownProof {
        ShownProof(
            kind: proof.kind,
            standing: proof.standing,
            number: proof.number?.description ?? "",
            signer: proof.signer,
            sender: proof.sender,
            recipient: proof.recipient,
            at: desk.time.local(proof.at, in: StaffRoom.capital),
            signedAt: proof.signedAt.map { desk.time.local($0, in: StaffRoom.capital) }
        )
    }
}

extension ProofRefusal {
    fileprivate var trouble: FieldTrouble {
        switch self {
        case .foreign: .shownFileForeign
        case .cut: .shownFileCut
        case .changed: .shownFileChanged
        case .untrusted: .shownFileUntrusted
        case .tooLarge: .shownFileTooLarge
        case .sealedElsewhere: .shownFileSealed
        case .notNow: .shownFileNotNow
        }
    }
}
