/// Why a file is not a seal that we open.
///
/// OpenSSL takes most of these; each is a way to weaken a seal or to hide something in it.
package enum SealRefusal: Error, Hashable, Sendable, CaseIterable {
    /// The file cannot be read.
    case unreadable
    case tooLarge
    /// It ends before its structure does.
    case truncated
    /// It goes on after its structure ends.
    case trailingBytes
    /// It is not the structure of a sealed bundle at all.
    case notASeal
    /// It is a CMS message of another kind: signed, enveloped without authentication, encrypted
    /// with a password.
    case otherContentType
    /// The content is not encrypted by AES-256-GCM with a 12-byte nonce and a 16-byte tag.
    case weakCipher
    /// The tag is not 16 bytes long. OpenSSL 3.0 accepts one cut down to four, which is forged in
    /// 2^32 tries.
    case shortTag
    /// A recipient is not addressed by ECDH with SHA-256 and AES-256 key wrap, or RSA-OAEP with
    /// SHA-256: a password, a shared key, PKCS #1 v1.5, SHA-1.
    case forbiddenRecipient
    case noRecipient
    case tooManyRecipients
    /// It has attributes or certificates, which nothing of ours writes.
    case unexpectedField
    /// The ciphertext comes in too many or nested pieces.
    case badSegments
}
