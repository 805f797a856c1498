import Intake
import SeededNumbers
import Testing

@Suite("Type sniffer")
struct TypeSnifferTests {
    @Test(arguments: FileType.allCases)
    func `a file is known by its content`(type: FileType) throws {
        #expect(try sniff(Samples.bytes(of: type)) == type)
    }

    @Test(arguments: Samples.refused)
    func `programs, scripts, pages and archives are refused`(sample: (String, [UInt8])) {
        #expect(throws: TypeSniffer.NotAllowed.self, "\(sample.0)") { try sniff(sample.1) }
    }

    @Test
    func `nothing is of no type`() {
        #expect(throws: TypeSniffer.NotAllowed.self) { try sniff([]) }
    }

    @Test
    func `a verdict does not depend on how the bytes arrive`() throws {
        var generator = SeededGenerator(seed: 11)
        let samples =
            FileType.allCases.map { Samples.bytes(of: $0) } + Samples.refused.map(\.1)

        for bytes in samples {
            let whole = try? sniff(bytes)
            for _ in 0..<(bytes.count > 50_000 ? 3 : 20) {
                let largest = Int.random(in: 1...max(2, bytes.count / 2), using: &generator)
                let pieces = try? sniff(bytes, piecesUpTo: largest, using: &generator)
                #expect(pieces == whole)
            }
        }
    }

    @Test
    func `no bytes make it fail in another way than refusing`() {
        var generator = SeededGenerator(seed: 12)
        let samples = FileType.allCases.map { Samples.bytes(of: $0) }

        for _ in 0..<3_000 {
            guard var bytes = samples.randomElement(using: &generator) else { continue }
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                switch Int.random(in: 0...2, using: &generator) {
                case 0:
                    let position = Int.random(in: 0..<bytes.count, using: &generator)
                    bytes[position] = UInt8.random(in: 0...255, using: &generator)
                case 1:
                    bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
                    bytes.append(UInt8.random(in: 0...255, using: &generator))
                default: bytes += bytes.prefix(20)
                }
            }
            let whole = try? sniff(bytes)
            let pieces = try? sniff(bytes, piecesUpTo: 7, using: &generator)
            #expect(whole == pieces)
        }
    }

    @Test(arguments: [1, 15])
    func `no byte is passed over where little came first and much after it`(first: Int) throws {
        // What makes it no text stands right behind the bytes that are kept of its beginning.
        for place in (64 * 1_024 - first)...(64 * 1_024 + 1) {
            var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 80_000)
            bytes[place] = 0
            var sniffer = TypeSniffer()
            try bytes[..<first].withUnsafeBytes { try sniffer.read($0) }
            #expect(throws: TypeSniffer.NotAllowed.self) {
                try bytes[first...].withUnsafeBytes { try sniffer.read($0) }
                _ = try sniffer.finish()
            }
        }
    }

    @Test
    func `a refusal does not wait for the end of the file`() {
        var sniffer = TypeSniffer()
        let bytes = Samples.text("MZ\u{90}\u{0} and so on for gigabytes")

        #expect(throws: TypeSniffer.NotAllowed.self) {
            try bytes.withUnsafeBytes { try sniffer.read($0) }
        }
    }

    @Test(arguments: FileType.allCases)
    func `every type has a media type and a name ending`(type: FileType) {
        #expect(type.mediaType.contains("/"))
        #expect(!type.nameEndings.isEmpty)
        #expect(type.nameEndings.allSatisfy { $0 == $0.lowercased() })
    }

    private func sniff(_ bytes: [UInt8]) throws -> FileType {
        var sniffer = TypeSniffer()
        try bytes.withUnsafeBytes { try sniffer.read($0) }
        return try sniffer.finish()
    }

    private func sniff(
        _ bytes: [UInt8],
        piecesUpTo largest: Int,
        using generator: inout SeededGenerator
    ) throws -> FileType {
        var sniffer = TypeSniffer()
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 1...largest, using: &generator)))
            try piece.withUnsafeBytes { try sniffer.read($0) }
            rest = rest.dropFirst(piece.count)
        }
        return try sniffer.finish()
    }
}
