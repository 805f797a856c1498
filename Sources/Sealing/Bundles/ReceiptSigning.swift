package import BundleFormat
import FoundationEssentials
package import Vocabulary

/// A receipt with its detached signature, as two small files that stock tools check.
///
/// `openssl cms -verify -inform DER -in R.p7s -content R.json -binary -CAfile ca.pem -out /dev/null`
package struct SignedReceipt: Hashable, Sendable {
    /// JSON.
    package let text: [UInt8]
    /// CMS, DER.
    package let signature: [UInt8]

    package init(text: [UInt8], signature: [UInt8]) {
        self.text = text
        self.signature = signature
    }

    /// The signature in base 64, for places that take text only.
    package var signatureText: String { Data(signature).base64EncodedString() }

    /// Signs with the gateway's signing key.
    package init(_ receipt: DeliveryReceipt, by signer: KeyPair, at instant: Instant) throws {
        try self.init(receipt.bytes, by: signer, at: instant)
    }

    /// Signs a receipt that is written already.
    package init(_ text: [UInt8], by signer: KeyPair, at instant: Instant) throws {
        self.text = text
        signature = try signer.signature(over: text, at: instant)
    }

    /// Whose signature it is, where it holds; throws `BundleFailure.signature`.
    ///
    /// One that was made while its signer's certificate was valid holds later as well: see
    /// `Signer.signedAt`.
    /// `program` is the confined one that parses; without it, that happens in this process, which
    /// is for receipts of our own.
    package func signer(
        trust: [Certificate],
        at instant: Instant,
        by program: OpeningProgram? = nil
    ) throws -> Signer {
        let roots = trust.map(\.der)
        let verdict =
            if let program {
                try program.check(signature, over: text, trust: roots, at: instant)
            } else {
                DetachedSignature.check(signature, over: text, trust: roots, at: instant)
            }
        switch verdict {
        case .good(let signer): return signer
        case .bad(let problem): throw BundleFailure.signature(problem)
        }
    }
}
