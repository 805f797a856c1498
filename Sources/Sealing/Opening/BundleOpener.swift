package import BundleFormat
package import Casework
package import Vocabulary

/// What whoever opens a bundle knows about it beforehand.
package struct BundleExpectation: Hashable, Sendable {
    /// Any of these organisations, as the directory writes them; `nil` for anybody.
    package var recipients: Set<String>?
    package var request: RequestNumber?
    package var bundle: BundleManifest.ID?
    /// The certificates that the channel's partner signs with; `nil` for anybody whom the
    /// authority certifies.
    package var signers: Set<SHA256Digest>?
    /// The organisations that the channel's partner may speak for; `nil` for anybody.
    package var senders: Set<String>?

    package init(
        recipients: Set<String>? = nil,
        request: RequestNumber? = nil,
        bundle: BundleManifest.ID? = nil,
        signers: Set<SHA256Digest>? = nil,
        senders: Set<String>? = nil
    ) {
        self.recipients = recipients
        self.request = request
        self.bundle = bundle
        self.signers = signers
        self.senders = senders
    }

    func check(_ signed: SignedManifest) throws {
        let manifest = signed.manifest
        if let signers, !signers.contains(signed.signer.fingerprint) {
            throw BundleFailure.otherSigner
        }
        if let senders, !senders.contains(manifest.sender.organization) {
            throw BundleFailure.otherSigner
        }
        if let recipients, !recipients.contains(manifest.recipient.organization) {
            throw BundleFailure.otherRecipient
        }
        if let request, manifest.request != request { throw BundleFailure.otherRequest }
        if let bundle, manifest.bundle != bundle { throw BundleFailure.otherRequest }
    }
}

/// Opens sealed bundles.
///
/// Structure, tag, signature, recipients and every digest are checked before anything is
/// published, and nothing is in clear before the tag is known. The calls block: run them on a
/// thread of their own.
package struct BundleOpener: Sendable {
    private let trust: [Certificate]
    private let program: OpeningProgram?
    private let expired: ExpiredSigner

    /// `trust` are the authorities whose signers are believed.
    ///
    /// `program` is the confined one that parses, decrypts and unzips; without it, that happens in
    /// this process, which is for measurements and for tests of the rules themselves.
    package init(
        trust: [Certificate],
        program: OpeningProgram? = nil,
        expired: ExpiredSigner = .refused
    ) {
        self.trust = trust
        self.program = program
        self.expired = expired
    }

    /// Opens a sealed file.
    ///
    /// `keys` are those it may be sealed to, the current one first. `scratch` is a path where
    /// nothing is: a seal that does not lie in a plain file is copied there, still sealed, for the
    /// confined program. `accept` may refuse what is signed and expected, before any file is
    /// written: a repeat, by its digest. `destination` is published after success and abandoned
    /// after failure. Throws `BundleFailure`, or what `accept` throws.
    package func open(
        _ sealed: any ProtectedFileReader,
        with keys: [KeyPair],
        expecting expectation: BundleExpectation = BundleExpectation(),
        at instant: Instant,
        scratch: String,
        into destination: any OpenedFiles,
        accept: (SignedManifest) throws -> Void = { _ in }
    ) throws -> SignedManifest {
        var refusal: (any Error)?
        do {
            let signed = try withoutActuallyEscaping(accept) { accept in
                try judged(sealed, keys, instant, scratch, destination) { signed in
                    try expectation.check(signed)
                    do { try accept(signed) } catch {
                        refusal = error
                        throw error
                    }
                }
            }
            try atDestination { try destination.publish() }
            return signed
        } catch {
            destination.abandon()
            if let refusal { throw refusal }
            throw BundleFailure(any: error)
        }
    }

    private func judged(
        _ sealed: any ProtectedFileReader,
        _ keys: [KeyPair],
        _ instant: Instant,
        _ scratch: String,
        _ destination: any OpenedFiles,
        accept: @escaping (SignedManifest) throws -> Void
    ) throws -> SignedManifest {
        var judge = BundleJudge(
            verifier: ManifestVerifier(
                trust: trust,
                instant: instant,
                program: program,
                expired: expired
            ),
            keys: keys,
            destination: destination,
            accept: accept
        )
        do {
            let offered = try keys.map { try OpeningKey($0) }
            if let program {
                try program.unpack(sealed, .seal(offered), scratch: scratch, into: &judge)
            } else {
                try Unpacking.seal(sealed, keys: offered, into: &judge)
            }
            return try judge.finish()
        } catch {
            judge.abandon()
            throw error
        }
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
