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

/// What became of one detached signature.
enum SignatureVerdict {
    /// The signer's certificate, as DER.
    case good(signer: [UInt8])
    case bad(BundleFailure.SignatureProblem)
}

/// Checks detached signatures: the dangerous part, which parses what somebody sent.
enum DetachedSignature {
    static func check(
        _ signature: [UInt8],
        over content: [UInt8],
        trust: [[UInt8]],
        at instant: Instant
    ) -> SignatureVerdict {
        do {
            _ = try SignatureCheck(signature)
        } catch {
            return .bad(problem(error))
        }
        var made = mochila_bytes()
        let outcome = trust.withPointers { roots, counts in
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
        guard outcome == Int32(MOCHILA_VERIFY_DONE) else { return .bad(problem(outcome)) }
        defer { mochila_bytes_free(made) }
        return .good(signer: Array(UnsafeBufferPointer(start: made.bytes, count: made.count)))
    }

    private static func problem(_ refusal: SignatureRefusal) -> BundleFailure.SignatureProblem {
        switch refusal {
        case .tooLarge, .malformed, .tooManyCertificates: .malformed
        case .notOneSigner: .notOneSigner
        case .weak: .weak
        }
    }

    private static func problem(_ outcome: Int32) -> BundleFailure.SignatureProblem {
        switch Int(outcome) {
        case MOCHILA_VERIFY_NOT_ONE_SIGNER: .notOneSigner
        case MOCHILA_VERIFY_WEAK: .weak
        case MOCHILA_VERIFY_UNTRUSTED: .untrusted
        case MOCHILA_VERIFY_EXPIRED: .expired
        case MOCHILA_VERIFY_NOT_YET_VALID: .notYetValid
        case MOCHILA_VERIFY_WRONG_PURPOSE: .wrongPurpose
        case MOCHILA_VERIFY_SIGNATURE_WRONG: .wrong
        default: .malformed
        }
    }
}

/// Verifies manifests against authorities.
struct ManifestVerifier {
    let trust: [Certificate]
    let instant: Instant
    /// Where the signature is parsed.
    let program: OpeningProgram?

    /// Checks the signature before the manifest is parsed.
    func verify(_ content: [UInt8], signature: [UInt8]) throws -> SignedManifest {
        let signer: [UInt8]
        switch try check(content, signature, at: instant) {
        case .good(let der): signer = der
        case .bad(.expired):
            // The manifest's own date may be asked only because what fails anyway can but fail
            // in a kinder way.
            guard let manifest = try? BundleManifest(parsing: content),
                case .good = try check(content, signature, at: manifest.madeAt)
            else { throw BundleFailure.signature(.expired) }
            throw BundleFailure.signerExpired
        case .bad(let problem): throw BundleFailure.signature(problem)
        }
        do {
            let manifest = try BundleManifest(parsing: content)
            return SignedManifest(
                manifest: manifest,
                signer: try Certificate(der: signer),
                digest: try sha256(content)
            )
        } catch let malformed as BundleManifest.Malformed {
            throw BundleFailure.manifest(malformed.problems)
        }
    }

    private func check(
        _ content: [UInt8],
        _ signature: [UInt8],
        at instant: Instant
    ) throws -> SignatureVerdict {
        let roots = trust.map(\.der)
        guard let program else {
            return DetachedSignature.check(signature, over: content, trust: roots, at: instant)
        }
        return try program.check(signature, over: content, trust: roots, at: instant)
    }
}
