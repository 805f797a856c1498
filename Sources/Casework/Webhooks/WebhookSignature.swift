import RecordExchange
package import Vocabulary

/// The three headers that Standard Webhooks 1.0 asks for.
package enum WebhookSignature {
    /// `id` is the same each time a message is tried; `instant` is that of the attempt.
    ///
    /// One signature for each secret that counts, so that a receiver may change over at its
    /// leisure.
    package static func headers(
        id: String,
        at instant: Instant,
        body: [UInt8],
        secrets: [Webhook.Secret],
        by source: any SecretSource
    ) -> [(name: String, value: String)] {
        let seconds = String(instant.millisecondsSince1970 / 1_000)
        let signed = Array("\(id).\(seconds).".utf8) + body
        let signatures = secrets.map { secret in
            "v1," + code(of: signed, key: secret.key.revealed, by: source)
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", seconds),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }

    /// A secret as its receiver keeps it: `whsec_` and base 64.
    package static func text(of secret: Webhook.Secret) -> Redacted<String> {
        Redacted("whsec_" + base64(secret.key.revealed))
    }

    /// HMAC-SHA-256 (RFC 2104), in base 64.
    package static func code(
        of message: [UInt8],
        key: [UInt8],
        by source: any SecretSource
    ) -> String {
        let block = 64
        var padded = key.count > block ? source.digest(of: key).bytes : key
        padded += [UInt8](repeating: 0, count: block - padded.count)
        let inner = source.digest(of: padded.map { $0 ^ 0x36 } + message).bytes
        return base64(source.digest(of: padded.map { $0 ^ 0x5C } + inner).bytes)
    }

    /// RFC 4648, with padding.
    static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = 0
            for offset in 0..<3 {
                bits = bits << 8 | (offset < group.count ? Int(group[start + offset]) : 0)
            }
            for place in 0..<4 {
                let letter = letters[bits >> (18 - 6 * place) & 63]
                text.append(place <= group.count ? letter : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
