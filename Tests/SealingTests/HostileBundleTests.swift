import BundleFormat
import Casework
import Foundation
import Sealing
import SeededNumbers
import Testing
import Vocabulary

/// No bundle of a corpus of hostile ones gets in, whatever stock OpenSSL says to it.
@Suite("Hostile bundles") struct HostileBundleTests {
    private let corpus: HostileCorpus

    init() throws {
        corpus = try HostileCorpus.shared.get()
    }

    @Test(arguments: HostileCorpus.Class.allCases)
    func `none of this class is accepted, in this process or by the program`(
        kind: HostileCorpus.Class
    ) throws {
        let samples = corpus.samples.filter { $0.kind == kind }
        #expect(!samples.isEmpty, "\(kind)")
        for (position, sample) in samples.enumerated() {
            let within = outcome(of: sample.bytes, by: nil)
            #expect(within != nil, "\(sample) was opened")
            // The program follows the same rules; some of each class show that it does.
            guard position < 4, !isUnderSanitizer else { continue }
            let outside = outcome(of: sample.bytes, by: try openingProgram())
            #expect(outside == within, "\(sample)")
            // A refusal, and not a program that was brought down.
            if case .opener = outside { Issue.record("\(sample): \(String(describing: outside))") }
        }
    }

    @Test func `the good ones between them are accepted`() throws {
        #expect(corpus.good.count >= 4)
        for bytes in corpus.good {
            #expect(outcome(of: bytes, by: nil) == nil)
            if isUnderSanitizer { continue }
            #expect(outcome(of: bytes, by: try openingProgram()) == nil)
        }
    }

    @Test func `stock tools accept what these classes hold, so the corpus has teeth`() throws {
        let samples = corpus.samples.filter { stockClasses.contains($0.kind) }
        var accepted: Set<HostileCorpus.Class> = []
        for sample in samples where !accepted.contains(sample.kind) {
            if try isAcceptedByStockTools(sample) { accepted.insert(sample.kind) }
        }
        #expect(accepted == stockClasses)
    }

    @Test func `a flipped bit anywhere is refused`() throws {
        var generator = SeededGenerator(seed: 20_261_121)
        var refused = 0
        let rounds = 3_000
        for bytes in corpus.good.prefix(3) {
            for round in 0..<(rounds / 3) {
                var changed = bytes
                // Header and end are where the structure is.
                let place =
                    round % 4 == 0
                    ? Int.random(in: 0..<changed.count, using: &generator)
                    : round % 4 == 1
                        ? changed.count - 1 - Int.random(in: 0..<40, using: &generator)
                        : Int.random(in: 0..<600, using: &generator)
                changed[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                guard outcome(of: changed, by: nil) != nil else {
                    Issue.record("a bit of byte \(place) may be changed")
                    continue
                }
                refused += 1
            }
        }
        print(
            "hostile bundles: \(corpus.samples.count) and \(refused) with a flipped bit, 0 accepted"
        )
        #expect(refused == rounds)
    }

    // MARK: Helpers

    private let stockClasses: Set<HostileCorpus.Class> = [
        .otherPartnersSignature, .surreptitiousForwarding, .extraRecipient, .duplicateRecipient,
        .weakDigest, .weakCipher, .weakKeyAgreement, .passwordRecipient, .sharedKeyRecipient,
        .trailingOutside, .trailingInside, .shortTag, .lyingTagLength, .manySigners,
        .oversizedRecipients, .strangeFields, .tinySegments, .indefiniteAbuse, .otherExpectation,
    ]

    private func outcome(of bytes: [UInt8], by program: OpeningProgram?) -> BundleFailure? {
        do {
            let name = corpus.scene.folder.file("sample-\(UUID().uuidString)")
            defer { unlink(name) }
            try Data(bytes).write(to: URL(fileURLWithPath: name))
            _ = try BundleOpener(trust: [corpus.scene.keys.authority], program: program).open(
                try PlainFileReader(path: name),
                with: [corpus.scene.school],
                expecting: corpus.expectation,
                at: Scene.now,
                scratch: name + ".scratch",
                into: Nowhere()
            )
            return nil
        } catch {
            return error as? BundleFailure ?? .unreadable
        }
    }

    /// Decrypts, unpacks and verifies as `OPEN-ME.txt` says.
    private func isAcceptedByStockTools(_ sample: HostileCorpus.Sample) throws -> Bool {
        _ = try corpus.scene.folder.write(sample.bytes, to: "stock.cms")
        return try corpus.scene.folder.run(
            """
            rm -rf stock stock.zip
            openssl cms -decrypt -inform DER -in stock.cms -inkey school.key -recip school.pem \
                -binary -out stock.zip && unzip -q stock.zip -d stock && cd stock && \
            openssl cms -verify -inform DER -in manifest.p7s -content manifest.json -binary \
                -CAfile ../ca.pem -out /dev/null
            """
        ).status == 0
    }
}

/// Files that are hashed and forgotten.
private struct Nowhere: OpenedFiles {
    func makeWriter(for name: ArchiveName) throws -> any ProtectedFileWriter {
        let path = NSTemporaryDirectory() + "mochila-hostile-" + UUID().uuidString
        let writer = try PlainFileWriter(creating: path)
        // Without a name it is gone when it is closed.
        unlink(path)
        return writer
    }

    func publish() {}
    func abandon() {}
}
