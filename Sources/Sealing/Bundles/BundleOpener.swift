import BundleFormat
package import Casework
package import Vocabulary

/// What whoever opens a bundle knows about it beforehand.
package struct BundleExpectation: Hashable, Sendable {
    /// Any of these organisations, as the directory writes them; `nil` for anybody.
    package var recipients: Set<String>?
    package var request: RequestNumber?
    /// The signer's certificate; `nil` for anybody whom the authority certifies.
    package var signer: SHA256Digest?

    package init(
        recipients: Set<String>? = nil,
        request: RequestNumber? = nil,
        signer: SHA256Digest? = nil
    ) {
        self.recipients = recipients
        self.request = request
        self.signer = signer
    }

    func check(_ signed: SignedManifest) throws {
        if let signer, signed.signer.fingerprint != signer { throw BundleFailure.otherSigner }
        if let recipients, !recipients.contains(signed.manifest.recipient.organization) {
            throw BundleFailure.otherRecipient
        }
        if let request, signed.manifest.request != request { throw BundleFailure.otherRequest }
    }
}

/// Opens sealed bundles.
///
/// Structure, tag, signature, recipients and every digest are checked before anything is
/// published. On the way the archive lies encrypted on disk under a key that only this process
/// has. The calls block: run them on a thread of their own.
package struct BundleOpener: Sendable {
    private let trust: [Certificate]

    /// `trust` are the authorities whose signers are believed.
    package init(trust: [Certificate]) {
        self.trust = trust
    }

    /// Opens a sealed file.
    ///
    /// `keys` are those it may be sealed to, the current one first. `scratch` is a path where
    /// nothing is, for the encrypted archive, and is removed afterwards. `destination` is published
    /// after success and abandoned after failure. Throws `BundleFailure`.
    package func open(
        _ sealed: any ProtectedFileReader,
        with keys: [KeyPair],
        expecting expectation: BundleExpectation = BundleExpectation(),
        at instant: Instant,
        scratch: String,
        into destination: any OpenedFiles
    ) throws -> SignedManifest {
        do {
            let signed = try reading(sealed, keys, expectation, instant, scratch, destination)
            try atDestination { try destination.publish() }
            return signed
        } catch {
            destination.abandon()
            throw BundleFailure(any: error)
        }
    }

    private func reading(
        _ sealed: any ProtectedFileReader,
        _ keys: [KeyPair],
        _ expectation: BundleExpectation,
        _ instant: Instant,
        _ scratch: String,
        _ destination: any OpenedFiles
    ) throws -> SignedManifest {
        let input = try SealedInput(sealed)
        let key = try input.opener(among: keys)
        let archive = try atDestination { try ScratchArchive(creating: scratch) }
        try input.decrypt(with: key) { piece in try atDestination { try archive.write(piece) } }
        let content = try atDestination { try archive.finish() }
        return try withExtendedLifetime(archive) {
            try BundleReading(trust: trust, instant: instant)
                .read(content, into: destination) { signed in
                    try Self.checkRecipients(signed.manifest, of: input, opener: key)
                    try expectation.check(signed)
                }
        }
    }

    /// The seal's recipients must be exactly those the sender signed: else somebody who received
    /// the record has sealed it again, or somebody else can read along.
    private static func checkRecipients(
        _ manifest: BundleManifest,
        of input: SealedInput,
        opener: KeyPair
    ) throws {
        let sealed = try input.recipients.map { try sha256($0.identifier) }
        let signed = manifest.certificates.map(\.identifier)
        guard Set(sealed) == Set(signed), sealed.count == signed.count,
            manifest.certificates.contains(try opener.certificate.recipientEntry())
        else { throw BundleFailure.recipientsDiffer }
    }
}

extension BundleFailure {
    /// Whatever else can go wrong while opening, in the words of this type.
    init(any error: any Error) {
        self =
            switch error {
            case let failure as BundleFailure: failure
            case FileRefusal.diskFull: .diskFull
            case is ArchiveFailure: .archive(.inconsistent)
            default: .unreadable
            }
    }
}

/// Tells what fails where a bundle goes from what fails where it comes from.
func atDestination<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let failure as FileFailure {
        throw BundleFailure.destination(failure)
    }
}
