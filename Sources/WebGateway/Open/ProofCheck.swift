import Casework
import Hummingbird
import Rendering
import Synchronization
import Vocabulary

/// Somebody shows a bundle or a printed record.
extension OpenRoom {
    func checkProof(_ visit: Visit) async throws -> Response {
        try limits.proof(from: visit.address)
        try proofGate.enter(visit.address)
        defer { proofGate.leave(visit.address) }
        let receiver = proofs.receiver()
        let upload = try await visit.upload().receive(
            into: receiver,
            limits: .init(
                total: Self.largestProof + (64 << 10),
                file: Self.largestProof,
                files: 1,
                field: 4 << 10
            )
        )
        var form = Form()
        var shown: ShownProof?
        if upload.refusals.isEmpty, !upload.files.isEmpty {
            do {
                shown = view(of: try await receiver.verdict())
            } catch let refusal as ProofRefusal {
                form.problems = [FieldProblem(.shownFile, refusal.trouble)]
            }
        } else {
            form.problems = [FieldProblem(.shownFile, .shownFileMissing)]
        }
        return frame.page(
            CheckNumberPage(form: form, proof: shown),
            visit,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
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

/// How many files are looked at at a time: one from each address, and four in all, since each
/// stands in memory.
package final class ProofGate: Sendable {
    private static let most = 4
    private let inside = Mutex<Set<String>>([])

    package init() {}

    func enter(_ address: ClientAddress) throws(GatewayFailure) {
        let isIn = inside.withLock { inside in
            guard inside.count < Self.most else { return false }
            return inside.insert("\(address)").inserted
        }
        guard isIn else { throw .tooManyTries(seconds: 10) }
    }

    func leave(_ address: ClientAddress) {
        inside.withLock { _ = $0.remove("\(address)") }
    }
}
