package import BundleFormat
import COpenSSL
package import Vocabulary

/// A manifest whose signature holds.
package struct SignedManifest: Hashable, Sendable {
    package let manifest: BundleManifest
    package let signer: Certificate
    /// Of the manifest's bytes: the same however often and to whomever it is sealed, so it tells a
    /// repeat from something new.
    package let digest: SHA256Digest
}

/// Verifies manifests against authorities.
struct ManifestVerifier {
    let trust: [Certificate]
    let instant: Instant

    /// Checks the signature before the manifest is parsed.
    func verify(_ content: [UInt8], signature: [UInt8]) throws -> SignedManifest {
        let (outcome, signer) = try check(content, signature, at: instant)
        if outcome == Int32(MOCHILA_VERIFY_EXPIRED) {
            // The manifest's own date may be asked only because what fails anyway can but fail
            // in a kinder way.
            guard let manifest = try? BundleManifest(parsing: content),
                try check(content, signature, at: manifest.madeAt).outcome
                    == Int32(MOCHILA_VERIFY_DONE)
            else { throw BundleFailure.signature(.expired) }
            throw BundleFailure.signerExpired
        }
        guard let signer else { throw BundleFailure.signature(Self.problem(outcome)) }
        do {
            let manifest = try BundleManifest(parsing: content)
            return SignedManifest(manifest: manifest, signer: signer, digest: try sha256(content))
        } catch let malformed as BundleManifest.Malformed {
            throw BundleFailure.manifest(malformed.problems)
        }
    }

    private func check(
        _ content: [UInt8],
        _ signature: [UInt8],
        at instant: Instant
    ) throws -> (outcome: Int32, signer: Certificate?) {
        var made = mochila_bytes()
        let outcome = trust.map(\.der).withPointers { roots, counts in
            mochila_cms_verify(
                signature,
                signature.count,
                content,
                content.count,
                roots,
                counts,
                roots.count,
                instant.millisecondsSince1970 / 1_000,
                &made
            )
        }
        guard outcome == Int32(MOCHILA_VERIFY_DONE) else { return (outcome, nil) }
        defer { mochila_bytes_free(made) }
        let der = Array(UnsafeBufferPointer(start: made.bytes, count: made.count))
        return (outcome, try Certificate(der: der))
    }

    private static func problem(_ outcome: Int32) -> BundleFailure.SignatureProblem {
        switch Int(outcome) {
        case MOCHILA_VERIFY_NOT_ONE_SIGNER: .notOneSigner
        case MOCHILA_VERIFY_WEAK: .weak
        case MOCHILA_VERIFY_UNTRUSTED: .untrusted
        case MOCHILA_VERIFY_NOT_YET_VALID: .notYetValid
        case MOCHILA_VERIFY_WRONG_PURPOSE: .wrongPurpose
        case MOCHILA_VERIFY_SIGNATURE_WRONG: .wrong
        default: .malformed
        }
    }
}
