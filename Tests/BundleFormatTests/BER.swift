/// Writes BER for tests, as oddly as they want it.
enum BER {
    static func definite(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        switch content.count {
        case ..<0x80: [tag, UInt8(content.count)] + content
        case ..<0x100: [tag, 0x81, UInt8(content.count)] + content
        default:
            [tag, 0x83]
                + [16, 8, 0].map { UInt8(truncatingIfNeeded: content.count >> $0) } + content
        }
    }

    static func indefinite(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag, 0x80] + content + [0, 0]
    }

    static let authEnvelopedData: [UInt8] = [
        0x06, 11, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 23,
    ]
    static let data: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1]
    static let aes256GCM: [UInt8] = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2E]
    static let aes256Wrap: [UInt8] = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2D]

    /// The DER name of somebody, with a serial number.
    static func issuerAndSerial(_ serial: UInt8) -> [UInt8] {
        let name = definite(
            0x30,
            definite(0x31, definite(0x30, [0x06, 3, 0x55, 4, 3, 0x0C, 1, 0x41]))
        )
        return definite(0x30, name + [0x02, 1, serial])
    }

    static func ecdh(_ serial: UInt8) -> [UInt8] {
        let key = definite(
            0xA1,
            definite(0x30, [0x06, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1])
                + definite(0x03, [0, 4] + [UInt8](repeating: 9, count: 64))
        )
        let algorithm = definite(
            0x30,
            [0x06, 6, 0x2B, 0x81, 0x04, 1, 11, 1] + definite(0x30, aes256Wrap)
        )
        let entry = definite(
            0x30,
            issuerAndSerial(serial) + definite(0x04, [UInt8](repeating: 5, count: 40))
        )
        return definite(
            0xA1,
            [0x02, 1, 3] + definite(0xA0, key) + algorithm + definite(0x30, entry)
        )
    }

    /// A message of our form, each piece of which a test may replace.
    struct Message {
        var version: [UInt8] = [0x02, 1, 0]
        var originatorInfo: [UInt8] = []
        var recipients: [[UInt8]] = [ecdh(1)]
        var contentType: [UInt8] = data
        var nonce: [UInt8] = [UInt8](repeating: 3, count: 12)
        var tagLength: [UInt8] = [0x02, 1, 16]
        var cipher: [UInt8] = aes256GCM
        var content: [UInt8] = definite(0x80, Array("ciphertext".utf8))
        var attributes: [UInt8] = []
        var tag: [UInt8] = definite(0x04, [UInt8](repeating: 8, count: 16))
        var unauthenticated: [UInt8] = []
        var isIndefinite = false
        var trailing: [UInt8] = []

        var bytes: [UInt8] {
            let wrap = isIndefinite ? indefinite : definite
            let algorithm = definite(
                0x30,
                cipher + definite(0x30, definite(0x04, nonce) + tagLength)
            )
            let fields =
                version + originatorInfo + wrap(0x31, recipients.flatMap { $0 })
                + wrap(0x30, contentType + algorithm + content) + attributes + tag
                + unauthenticated
            return wrap(0x30, authEnvelopedData + wrap(0xA0, wrap(0x30, fields))) + trailing
        }
    }
}
