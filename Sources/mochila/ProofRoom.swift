import BundleFormat
import Casework
import RecordExchange
import Sealing
import Synchronization
import Vocabulary

/// Checks bundles and printed records that somebody shows, by what `mochila verify` does.
struct ProofRoom: ProofChecker {
    let desk: Desk
    let keys: GatewayKeys

    func receiver() -> any ProofReceiver { ProofDrop(room: self) }

    fileprivate func verdict(on file: ShownFile.Content) async throws -> CheckedProof {
        do {
            if file.beginning.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
                return try await bundle(in: try reader(of: file))
            }
            if file.beginning.starts(with: "%PDF-".utf8) {
                return try await paper(in: try reader(of: file))
            }
            guard file.beginning.first == 0x30 else { throw ProofRefusal.foreign }
            return try await sealed(file)
        } catch let failure as BundleFailure {
            throw ProofRefusal(failure)
        }
    }

    private func reader(of file: ShownFile.Content) throws -> PlainFileReader {
        guard let reader = file.reader else { throw ProofRefusal.tooLarge }
        return reader
    }

    private func bundle(in file: PlainFileReader) async throws -> CheckedProof {
        let now = desk.time.now()
        let signed = try await SealingRoom.run {
            try verifier().verify(archive: file, at: now)
        }
        return try await proof(of: signed, as: .bundle)
    }

    /// A seal shows nothing from outside, so it is known by its digest; where it is sealed to the
    /// gateway itself, as the copies are that families carry, it is opened and forgotten.
    private func sealed(_ file: ShownFile.Content) async throws -> CheckedProof {
        if let known = try await desk.sealedBundle(file.digest.description) {
            return CheckedProof(
                kind: .sealed,
                number: known.number,
                signer: "",
                sender: known.sender,
                recipient: known.recipient,
                at: known.at,
                standing: known.standing
            )
        }
        guard let reader = file.reader else { throw ProofRefusal.sealedElsewhere }
        let now = desk.time.now()
        do {
            let signed = try await SealingRoom.run {
                try verifier().verify(sealed: reader, with: try keys.reloaded().opening, at: now)
            }
            return try await proof(of: signed, as: .sealed)
        } catch BundleFailure.wrongKey {
            throw ProofRefusal.sealedElsewhere
        }
    }

    private func paper(in file: PlainFileReader) async throws -> CheckedProof {
        let now = desk.time.now()
        let paper = try await SealingRoom.run {
            guard let bytes = try file.whole(upTo: SignedPaper.longest) else {
                throw BundleFailure.tooLarge
            }
            return try SignedPaper(
                bytes,
                trust: [keys.authority],
                at: now,
                by: .besideThisProgram()
            )
        }
        let signer = paper.signer.certificate
        var parties: (sender: String, recipient: String)?
        if let number = paper.number { parties = try await desk.parties(of: number) }
        return CheckedProof(
            kind: .paper,
            number: paper.number,
            signer: signer.commonName,
            sender: parties?.sender ?? "",
            recipient: parties?.recipient ?? "",
            at: paper.at,
            signedAt: paper.signer.signedAt,
            standing: try await desk.standing(
                ofPaper: paper.number,
                madeAt: paper.at,
                signedBy: signer.fingerprint.description,
                asGateway: isOwnSigner(signer)
            )
        )
    }

    /// `nil` where one of ours that cannot be read may have been it; `doctor` names that one.
    private func isOwnSigner(_ signer: Certificate) -> Bool? {
        try? keys.isOwnSigner(signer.fingerprint)
    }

    private func verifier() throws -> BundleVerifier {
        BundleVerifier(trust: [keys.authority], program: try .besideThisProgram())
    }

    private func proof(
        of signed: SignedManifest,
        as kind: CheckedProof.Kind
    ) async throws -> CheckedProof {
        let manifest = signed.manifest
        return CheckedProof(
            kind: kind,
            number: manifest.request,
            signer: signed.signer.commonName,
            sender: manifest.sender.name,
            recipient: manifest.recipient.name,
            at: manifest.madeAt,
            signedAt: signed.signedAt,
            standing: try await desk.standing(
                of: Self.identifier(of: manifest),
                in: manifest.request,
                from: manifest.sender.organization,
                with: Set(manifest.attachments.map(\.digest.description)),
                signedBy: signed.signer.fingerprint.description,
                asGateway: isOwnSigner(signed.signer)
            )
        )
    }

    // Apart, since no identifier's bits go through an asynchronous function (decision 8).
    private static func identifier(of manifest: BundleManifest) -> RecordBundle.ID {
        RecordBundle.ID(rawValue: manifest.bundle.rawValue)
    }
}

/// One file of somebody's.
private final class ProofDrop: ProofReceiver {
    private let room: ProofRoom
    private let received = Mutex<ShownFile.Content?>(nil)

    init(room: ProofRoom) {
        self.room = room
    }

    func verdict() async throws -> CheckedProof {
        guard let file = received.withLock({ $0 }) else { throw ProofRefusal.foreign }
        return try await room.verdict(on: file)
    }

    func receive(name: String, limit: Int64) async throws -> any IncomingFile {
        Incoming(file: try ShownFile(), drop: self)
    }

    private struct Incoming: IncomingFile {
        private static let id = DroppedFile.ID(rawValue: 0)

        let file: ShownFile
        let drop: ProofDrop

        func write(_ bytes: UnsafeRawBufferPointer) async throws { try file.write(bytes) }

        func finish() async throws -> DroppedFile {
            let content = try file.finish()
            drop.received.withLock { $0 = content }
            return DroppedFile(
                id: Self.id,
                name: "",
                mediaType: "",
                byteCount: content.byteCount,
                digest: content.digest
            )
        }

        func abandon() async {}
    }
}

extension ProofRefusal {
    fileprivate init(_ failure: BundleFailure) {
        self =
            switch failure {
            case .notABundle, .manifest: .foreign
            case .truncated: .cut
            case .tooLarge: .tooLarge
            case .weakSeal, .archive, .unsafeName, .tampered, .files, .recipientsDiffer: .changed
            case .signature(.wrong), .signature(.malformed): .changed
            case .signature, .signerExpired, .otherSigner, .otherRecipient, .otherRequest:
                .untrusted
            case .wrongKey: .sealedElsewhere
            case .diskFull, .destination, .unreadable, .opener: .notNow
            }
    }
}
