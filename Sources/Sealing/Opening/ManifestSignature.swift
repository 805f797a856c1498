package import BundleFormat
import COpenSSL
package import Vocabulary

/// Whose signature something has.
package struct Signer: Hashable, Sendable {
    package let certificate: Certificate
    /// Where the certificate, or its authority's, has expired since: when it was made, by the
    /// signer's own clock, under the signature; `nil` where all of them are valid still.
    package let signedAt: Instant?
}

/// What becomes of a signature whose signer's certificate has expired since.
package enum ExpiredSigner: Hashable, Sendable {
    /// As new it comes too late: for what is taken in.
    case refused
    /// It holds if it held when it was made: for what is kept and looked at again.
    case heldWhenSigned
}

/// A manifest whose signature holds.
package struct SignedManifest: Hashable, Sendable {
    package let manifest: BundleManifest
    package let signer: Certificate
    /// See `Signer.signedAt`.
    package let signedAt: Instant?
    /// Of the manifest's bytes: the same however often and to whomever it is sealed, so it tells a
    /// repeat from something new.
    package let digest: SHA256Digest
}

extension Signer {
    /// `signedAt`: seconds since 1970, 0 where nothing has expired.
    init(der: [UInt8], signedAt seconds: Int64) throws {
        certificate = try Certificate(der: der)
        signedAt = seconds == 0 ? nil : Instant(millisecondsSince1970: seconds * 1_000)
    }
}

/// What became of one detached signature.
enum SignatureVerdict {
    case good(Signer)
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
        var signedAt: Int64 = 0
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
                &made,
                &signedAt
            )
        }
        guard outcome == Int32(MOCHILA_VERIFY_DONE) else { return .bad(problem(outcome)) }
        defer { mochila_bytes_free(made) }
        let der = Array(UnsafeBufferPointer(start: made.bytes, count: made.count))
        guard let signer = try? Signer(der: der, signedAt: signedAt) else {
            return .bad(.malformed)
        }
        return .good(signer)
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
    var expired: ExpiredSigner = .refused

    /// Checks the signature before the manifest is parsed.
    func verify(_ content: [UInt8], signature: [UInt8]) throws -> SignedManifest {
        let signer: Signer
        switch try check(content, signature, at: instant) {
        case .good(let found): signer = found
        case .bad(let problem): throw BundleFailure.signature(problem)
        }
        guard signer.signedAt == nil || expired == .heldWhenSigned else {
            throw BundleFailure.signerExpired
        }
        do {
            let manifest = try BundleManifest(parsing: content)
            return SignedManifest(
                manifest: manifest,
                signer: signer.certificate,
                signedAt: signer.signedAt,
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
