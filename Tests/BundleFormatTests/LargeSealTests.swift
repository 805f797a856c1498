import BundleFormat
import Synchronization
import Testing

/// Seals of the largest size, which lie nowhere: only what is looked at is made.
@Suite("Large seals") struct LargeSealTests {
    @Test func `a gibibyte in one piece costs a few reads`() throws {
        let source = Virtual(contentBytes: BundleLimits.sealedBytes - 1_000, segment: nil)
        let check = try SealCheck(source.bytes)
        #expect(check.ciphertext.byteCount == BundleLimits.sealedBytes - 1_000)
        #expect(!check.ciphertext.isSegmented)
        #expect(source.reads < 30)
    }

    @Test func `a quarter of a gibibyte in segments costs a small read for each`() throws {
        let source = Virtual(contentBytes: 1 << 28, segment: 4_096)
        let check = try SealCheck(source.bytes)
        #expect(check.ciphertext.byteCount == 1 << 28)
        #expect(source.reads < (1 << 28) / 4_096 + 30)
        #expect(source.bytesRead < source.reads * 600)
    }

    @Test func `a length that lies about the file is refused at once`() {
        let source = Virtual(contentBytes: 1 << 28, segment: nil, missing: 1)
        #expect(throws: SealRefusal.truncated) { try SealCheck(source.bytes) }
        #expect(source.reads < 30)
    }
}

/// A message of our form around content that is only computed where it is read.
private final class Virtual: Sendable {
    private let head: [UInt8]
    private let tail: [UInt8]
    private let contentBytes: Int64
    private let segment: Int64?
    private let missing: Int64
    private let counts = Mutex((reads: 0, bytes: 0))

    var reads: Int { counts.withLock { $0.reads } }
    var bytesRead: Int { counts.withLock { $0.bytes } }

    init(contentBytes: Int64, segment: Int64?, missing: Int64 = 0) {
        var message = BER.Message()
        message.isIndefinite = true
        let mark = Array("MARK-OF-THE-CONTENT".utf8)
        message.content = mark
        let whole = message.bytes
        let place = whole.firstRange(of: mark) ?? 0..<0
        var before = Array(whole[..<place.lowerBound])
        var after = Array(whole[place.upperBound...])
        if segment == nil {
            before +=
                [0x80, 0x84] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: contentBytes >> $0) }
        } else {
            before += [0xA0, 0x80]
            after = [0, 0] + after
        }
        head = before
        tail = after
        self.contentBytes = contentBytes
        self.segment = segment
        self.missing = missing
    }

    /// Of the content with the headers of its segments, four bytes each.
    private var framedBytes: Int64 {
        segment.map { contentBytes / $0 * ($0 + 4) } ?? contentBytes
    }

    var bytes: SeekableBytes {
        let total = Int64(head.count) + framedBytes + Int64(tail.count) - missing
        return SeekableBytes(byteCount: total) { [self] offset, maximum in
            counts.withLock {
                $0.reads += 1
                $0.bytes += maximum
            }
            // Content is all sevens: only what is none is made byte by byte.
            var made = [UInt8](repeating: 7, count: maximum)
            var place = 0
            while place < maximum {
                let at = offset + Int64(place)
                let content = contentLeft(at: at)
                if content == 0 { made[place] = byte(at: at) }
                place += max(1, Int(content))
            }
            return made
        }
    }

    /// How many bytes of content stand here in one piece.
    private func contentLeft(at offset: Int64) -> Int64 {
        let inside = offset - Int64(head.count)
        guard inside >= 0, inside < framedBytes else { return 0 }
        guard let segment else { return framedBytes - inside }
        let place = inside % (segment + 4)
        return place < 4 ? 0 : segment + 4 - place
    }

    private func byte(at offset: Int64) -> UInt8 {
        if offset < Int64(head.count) { return head[Int(offset)] }
        let inside = offset - Int64(head.count)
        guard inside < framedBytes else { return tail[Int(inside - framedBytes)] }
        guard let segment else { return 7 }
        let place = inside % (segment + 4)
        guard place < 4 else { return 7 }
        return [0x04, 0x82, UInt8(segment >> 8), UInt8(segment & 0xFF)][Int(place)]
    }
}
