import BundleFormat
import Casework
import Intake
import RecordExchange
import Sealing
import Vocabulary

/// Makes and opens the copies that families carry (decision 13).
struct FamilyCopyRoom: FamilyCopies {
    let sealing: SealingRoom
    /// For what a running opening needs.
    let workFolder: String

    private static let legalBasis = "34 CFR 99.10"

    func seal(
        _ order: BundleOrder
    ) async throws -> (reader: any ProtectedFileReader, digest: SHA256Digest) {
        let plans = try await sealing.plans(for: order)
        return try await SealingRoom.run {
            let path = "\(sealing.folder)/\(SystemSecrets().randomBits()).family.part"
            let keys = try sealing.keys.reloaded()
            let recipient = keys.encryption.certificate
            try SealingRoom.refuse([recipient.fingerprint], revokedBy: order)
            let signer = try SealingRoom.signer(for: order, among: keys)
            var draft = try sealing.draft(of: order, by: signer, plans: plans)
            draft.recipient = BundleManifest.Party(
                organization: OpenedCopy.recipient,
                name: "Family"
            )
            draft.legalBasis = Self.legalBasis
            _ = try BundleSealer(signer: signer).seal(draft, to: [recipient], creating: path)
            // The copy is the family's: it is sent from the open file, and none of it is kept. It
            // would be sealed to a key that may be rotated away by the next time.
            defer { try? removeIfThere(path) }
            let reader = try PlainFileReader(path: path)
            return (reader, try reader.digest())
        }
    }

    func open(_ file: DroppedFile.ID) async throws -> OpenedCopy {
        let (signed, files) = try await SealingRoom.run { try unsealed(file) }
        defer { files.abandon() }
        return OpenedCopy(
            number: signed.manifest.request,
            bundle: Self.origin(of: signed.manifest),
            files: try await keep(signed, files),
            signer: signed.signer.fingerprint.description
        )
    }

    func discard(_ files: [DroppedFile]) async {
        for file in files { try? sealing.inbox.remove(file.id) }
    }

    // Apart, since no identifier's bits go through an asynchronous function (decision 8).
    private static func origin(of manifest: BundleManifest) -> RecordBundle.ID {
        RecordBundle.ID(rawValue: manifest.bundle.rawValue)
    }

    private func unsealed(_ file: DroppedFile.ID) throws -> (SignedManifest, OpenedVault) {
        let keys = try sealing.keys.reloaded()
        let scratch = "\(workFolder)/\(SystemSecrets().randomBits())"
        let files = OpenedVault(
            vault: sealing.vault,
            prefix: scratch,
            beside: sealing.inbox
        )
        do {
            let signed = try BundleOpener(
                trust: [keys.authority],
                program: .besideThisProgram()
            ).open(
                try sealing.inbox.open(file),
                with: keys.opening,
                expecting: BundleExpectation(recipients: [OpenedCopy.recipient]),
                at: sealing.time.now(),
                scratch: "\(scratch).zip",
                into: files
            )
            return (signed, files)
        } catch let failure as BundleFailure where !failure.isOurs {
            throw FamilyCopyRefusal.notOurs
        }
    }

    /// Moves what was in it into the inbox, the structured record included.
    private func keep(
        _ signed: SignedManifest,
        _ files: OpenedVault
    ) async throws -> [DroppedFile] {
        let names =
            signed.manifest.attachments.map(\.name)
            + signed.manifest.pages.map(\.name).filter { $0 == .recordData }
        var kept: [DroppedFile] = []
        do {
            for name in names {
                guard let reader = try files.reader(of: name) else { continue }
                let arriving = try await sealing.inbox.receive(
                    name: name.lastComponent,
                    limit: max(1, reader.byteCount)
                )
                var offset: Int64 = 0
                while offset < reader.byteCount {
                    let start = offset
                    let piece = try await SealingRoom.run {
                        try reader.read(from: start, upTo: 1 << 20)
                    }
                    if piece.isEmpty { break }
                    try await arriving.take(piece)
                    offset += Int64(piece.count)
                }
                kept.append(try await arriving.finish())
            }
        } catch {
            await discard(kept)
            if error is FileRefusal { throw FamilyCopyRefusal.notOurs }
            throw error
        }
        return kept
    }
}
