import BundleFormat
import HostileInput
import SeededNumbers
import Testing

@Suite("Seal check") struct SealCheckTests {
    @Test(arguments: Vector.all)
    func `judges what the stock program writes`(vector: Vector) throws {
        #expect(verdict(on: try vector.bytes) == vector.outcome)
    }

    @Test func `the list of vectors is not empty`() {
        #expect(Vector.all.count > 20)
    }

    @Test(arguments: [false, true])
    func `reads our own form with definite and with indefinite lengths`(isIndefinite: Bool) throws {
        var message = BER.Message()
        message.isIndefinite = isIndefinite

        let check = try SealCheck(SeekableBytes(message.bytes))

        #expect(check.recipients.map(\.identifier) == [BER.issuerAndSerial(1)])
        #expect(check.recipients.map(\.kind) == [.ecdh])
        #expect(check.ciphertext.byteCount == 10)
        let content = message.bytes[Int(check.ciphertext.start)..<Int(check.ciphertext.end)]
        #expect(Array(content) == Array("ciphertext".utf8))
    }

    @Test func `both forms give the same nonce, tag and keys`() throws {
        var message = BER.Message()
        let definite = try SealCheck(SeekableBytes(message.bytes))
        message.isIndefinite = true
        message.content = BER.indefinite(0xA0, BER.definite(0x04, [1, 2, 3]))
        let indefinite = try SealCheck(SeekableBytes(message.bytes))

        #expect(indefinite.nonce == definite.nonce)
        #expect(indefinite.tag == definite.tag)
        #expect(indefinite.recipients == definite.recipients)
        #expect(definite.nonce == message.nonce)
        #expect(definite.tag == Array(message.tag.dropFirst(2)))
    }

    @Test(arguments: 0...20)
    func `only a tag of 16 bytes will do`(length: Int) {
        var message = BER.Message()
        message.tag = BER.definite(0x04, [UInt8](repeating: 8, count: length))

        #expect(verdict(on: message.bytes) == (length == 16 ? "opens" : "shortTag"))
    }

    @Test func `a tag with a needlessly long length is refused`() {
        var message = BER.Message()
        message.tag = [0x04, 0x81, 16] + [UInt8](repeating: 8, count: 16)
        #expect(verdict(on: message.bytes) == "shortTag")
    }

    @Test(arguments: 0...20)
    func `only a nonce of 12 bytes will do`(length: Int) {
        var message = BER.Message()
        message.nonce = [UInt8](repeating: 3, count: length)
        #expect(verdict(on: message.bytes) == (length == 12 ? "opens" : "weakCipher"))
    }

    @Test(
        arguments: [[], [0x02, 1, 12], [0x02, 1, 4], [0x02, 2, 0, 16], [0x02, 1, 17]] as [[UInt8]]
    )
    func `the length of the tag must be said and be 16`(length: [UInt8]) {
        var message = BER.Message()
        message.tagLength = length
        #expect(verdict(on: message.bytes) == "weakCipher")
    }

    @Test(arguments: [UInt8(0x06), 0x1A, 0x02, 0x2A, 0x2F])
    func `other ciphers are refused`(last: UInt8) {
        var message = BER.Message()
        message.cipher = BER.aes256GCM.dropLast() + [last]
        #expect(verdict(on: message.bytes) == "weakCipher")
    }

    @Test(arguments: 0...4)
    func `only key transport and key agreement address a recipient`(choice: UInt8) {
        var message = BER.Message()
        // [2] shared key, [3] password, [4] other; beside a recipient of the right kind.
        message.recipients.append(BER.definite(0xA0 | choice, [0x02, 1, 0]))
        #expect(verdict(on: message.bytes) == "forbiddenRecipient")
    }

    @Test func `a seal without recipients is refused`() {
        var message = BER.Message()
        message.recipients = []
        #expect(verdict(on: message.bytes) == "noRecipient")
    }

    @Test(arguments: [(100, "opens"), (101, "tooManyRecipients"), (400, "tooManyRecipients")])
    func `at most a hundred recipients`(count: Int, expected: String) {
        for isIndefinite in [false, true] {
            var message = BER.Message()
            message.isIndefinite = isIndefinite
            message.recipients = (0..<count).map { BER.ecdh(UInt8($0 % 100)) }
            #expect(verdict(on: message.bytes) == expected)
        }
    }

    @Test func `fields that nothing of ours writes are refused`() {
        var message = BER.Message()
        message.attributes = BER.definite(0xA1, [0x30, 0])
        #expect(verdict(on: message.bytes) == "unexpectedField")
        message = BER.Message()
        message.unauthenticated = BER.definite(0xA2, [0x30, 0])
        #expect(verdict(on: message.bytes) == "unexpectedField")
        message = BER.Message()
        message.originatorInfo = BER.definite(0xA0, [0x30, 0])
        #expect(verdict(on: message.bytes) == "unexpectedField")
        message = BER.Message()
        message.version = [0x02, 1, 2]
        #expect(verdict(on: message.bytes) == "unexpectedField")
        message = BER.Message()
        message.contentType[10] = 2
        #expect(verdict(on: message.bytes) == "otherContentType")
    }

    @Test(arguments: [false, true], [1, 2, 100, 70_000])
    func `nothing may follow`(isIndefinite: Bool, count: Int) {
        var message = BER.Message()
        message.isIndefinite = isIndefinite
        message.trailing = [UInt8](repeating: 0, count: count)
        #expect(verdict(on: message.bytes) == "trailingBytes")
    }

    @Test(arguments: ["p256-definite.cms", "p256-streamed.cms", "rsa-streamed.cms"])
    func `every shorter file is refused`(name: String) throws {
        let whole = try Vector.named(name).bytes
        for count in 0..<whole.count {
            #expect(verdict(on: Array(whole.prefix(count))) != "opens", "\(count)")
        }
    }

    @Test func `ciphertext comes in one piece or in plain segments`() {
        let segment = BER.definite(0x04, [1, 2, 3])
        let good = [
            BER.definite(0x80, []), BER.definite(0xA0, segment + segment),
            BER.indefinite(0xA0, segment + segment), BER.indefinite(0xA0, []),
        ]
        let bad = [
            BER.definite(0xA0, BER.definite(0xA4, segment)),
            BER.indefinite(0xA0, BER.indefinite(0x24, segment)),
            BER.definite(0xA0, BER.definite(0x02, [1])),
        ]
        for content in good {
            var message = BER.Message()
            message.content = content
            #expect(verdict(on: message.bytes) == "opens")
        }
        for content in bad {
            var message = BER.Message()
            message.content = content
            #expect(verdict(on: message.bytes) == "badSegments")
        }
    }

    @Test func `a flood of tiny segments is refused`() {
        var message = BER.Message()
        message.content = BER.indefinite(0xA0, Array((0..<5_000).map { _ in [4, 1, 7] }.joined()))
        #expect(verdict(on: message.bytes) == "badSegments")
        message.content = BER.indefinite(
            0xA0,
            Array(
                (0..<500).map { _ in BER.definite(4, [UInt8](repeating: 7, count: 512)) }.joined()
            )
        )
        #expect(verdict(on: message.bytes) == "opens")
    }

    @Test func `a file that is too large is refused before it is read`() {
        let source = SeekableBytes(byteCount: BundleLimits.sealedBytes + 1) { _, _ in nil }
        #expect(throws: SealRefusal.tooLarge) { try SealCheck(source) }
    }

    @Test func `a source that fails is no damaged file`() {
        let source = SeekableBytes(byteCount: 100) { _, _ in nil }
        #expect(throws: SealRefusal.unreadable) { try SealCheck(source) }
    }

    @Test(arguments: ["p256-definite.cms", "p384-streamed.cms", "two-recipients.cms", "cbc.cms"])
    func `no mutant breaks the parser or smuggles anything through`(name: String) throws {
        let original = try Vector.named(name).bytes
        var generator = SeededGenerator(seed: 20_261_121)
        for round in 0..<20_000 {
            let mutant = generator.mutant(of: original)
            guard let check = try? SealCheck(SeekableBytes(mutant)) else { continue }
            // Whatever passes has the one cipher, a whole tag, and ciphertext inside the file.
            #expect(check.tag.count == 16 && check.nonce.count == 12, "\(round)")
            #expect(mutant.firstRange(of: BER.aes256GCM) != nil, "\(round)")
            #expect(check.ciphertext.end <= Int64(mutant.count), "\(round)")
            #expect(check.ciphertext.byteCount <= check.ciphertext.end - check.ciphertext.start)
            #expect((1...100).contains(check.recipients.count), "\(round)")
        }
    }

    @Test func `random bytes are refused`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...64, using: &generator)
            let bytes = (0..<count).map { _ in
                Bool.random(using: &generator)
                    ? UInt8.random(in: 0...255, using: &generator)
                    : [0x30, 0x80, 0xA0, 0x31, 0x04, 0].randomElement(using: &generator) ?? 0
            }
            #expect(verdict(on: bytes) != "opens")
        }
    }

    private func verdict(on bytes: [UInt8]) -> String {
        do {
            _ = try SealCheck(SeekableBytes(bytes))
            return "opens"
        } catch {
            return "\(error)"
        }
    }
}
