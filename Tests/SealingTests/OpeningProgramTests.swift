import BundleFormat
import Casework
import Foundation
import Sealing
import SeededNumbers
import Testing
import Vocabulary

/// The confined program: what it opens, what it cannot do, and what becomes of it when it does not
/// do what it should.
@Suite("The program that opens bundles", .disabled(if: isUnderSanitizer))
struct OpeningProgramTests {
    private let scene: Scene
    private let program: OpeningProgram

    init() throws {
        scene = try Scene()
        program = try openingProgram()
    }

    @Test(arguments: KeyKind.allCases)
    func `opens what it is handed, and the files come out whole`(kind: KeyKind) throws {
        let scene = try Scene(kind: kind)
        try scene.seal()

        let signed = try open(in: scene)

        #expect(signed.manifest.request == (try Scene.number()))
        for (file, kept) in zip(signed.manifest.attachments, Scene.files) {
            #expect(try scene.folder.read("opened/\(file.name)") == kept.bytes)
        }
        #expect(!scene.folder.exists("scratch"))
    }

    @Test func `a seal that lies encrypted at rest is copied still sealed, and the copy goes`()
        throws
    {
        try scene.seal()
        let bytes = try scene.folder.read("bundle.cms")
        let opened = try opener().open(
            BytesReader(bytes),
            with: [scene.school],
            at: Scene.now,
            scratch: scene.folder.file("scratch"),
            into: try OpenedFolder(scene.folder.file("opened"))
        )
        #expect(opened.manifest.request == (try Scene.number()))
        #expect(!scene.folder.exists("scratch"))
    }

    @Test func `verifies an opened folder and an archive`() throws {
        try scene.seal()
        try open(in: scene)
        let verifier = BundleVerifier(trust: [scene.keys.authority], program: program)
        #expect(throws: Never.self) {
            try verifier.verify(folder: scene.folder.file("opened"), at: Scene.now)
        }
        let writer = try PlainFileWriter(creating: scene.folder.file("plain.zip"))
        _ = try BundleSealer(signer: scene.keys.signing).archive(try scene.draft(), into: writer)
        let archive = try PlainFileReader(path: scene.folder.file("plain.zip"))
        #expect(throws: Never.self) { try verifier.verify(archive: archive, at: Scene.now) }
        #expect(throws: BundleFailure.signature(.untrusted)) {
            try BundleVerifier(trust: [scene.school.certificate], program: program)
                .verify(archive: archive, at: Scene.now)
        }
    }

    @Test func `gives the same refusals as the rules give in this process`() throws {
        try scene.seal()
        let good = try scene.folder.read("bundle.cms")
        var generator = SeededGenerator(seed: 5)
        for round in 0..<40 {
            var bytes = good
            switch round {
            case 0: bytes += [0]
            case 1: bytes = []
            case 2: bytes = Array("%PDF".utf8)
            case 3...20:
                bytes[Int.random(in: 0..<min(600, bytes.count), using: &generator)] ^=
                    1 << UInt8.random(in: 0...7, using: &generator)
            case 21...30:
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1
            default: bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &generator)))
            }
            _ = try scene.folder.write(bytes, to: "changed.cms")
            let within = Result { try scene.open("changed.cms", into: "within") }
            let outside = Result { try open("changed.cms", in: scene, into: "outside") }
            #expect(failure(within) == failure(outside), "\(round)")
            #expect(failure(outside) != nil, "\(round)")
            #expect(!scene.folder.exists("outside"))
        }
        #expect(throws: BundleFailure.wrongKey) { try open(in: scene, with: []) }
    }

    // MARK: What confines it

    @Test func `says what confines it, and on this kernel that is everything`() throws {
        let confinement = try program.confinement()
        #expect(confinement.isSuperset(of: [.descriptors, .limits, .privileges, .systemCalls]))
        // Landlock is not in every kernel's list of modules.
        if FileManager.default.fileExists(atPath: "/sys/kernel/security/landlock") {
            #expect(confinement == .all)
        }
    }

    @Test(arguments: [
        (UInt8(1), "open a file"), (2, "make a file"), (3, "open a socket"), (4, "fork"),
        (5, "run another program"), (9, "look at its own process"),
    ])
    func `cannot do it`(number: UInt8, what: String) throws {
        // It is refused, or the kernel ends the process; never done.
        #expect(try program.exercise(number) != true, "\(what)")
    }

    @Test(arguments: [
        (UInt8(6), "of its own"), (10, "shared"), (11, "growing downwards"), (12, "in a file"),
    ])
    func `gets no more memory than its limit, of whatever kind`(number: UInt8, kind: String) throws
    {
        #expect(try program.exercise(number) != true, "\(kind)")
    }

    @Test(arguments: [UInt8(7), 8])
    func `is ended when it hangs, busy or idle`(number: UInt8) throws {
        var hasty = program
        hasty.silence = 1
        let start = ContinuousClock.now
        #expect(throws: BundleFailure.opener(.outOfTime)) { try hasty.exercise(number) }
        #expect(ContinuousClock.now - start < .seconds(300))
    }

    @Test func `an archive that would fill the disk is refused within its limits`() throws {
        try scene.seal()
        _ = try scene.folder.run(
            """
            openssl cms -decrypt -inform DER -in bundle.cms -inkey school.key -recip school.pem \
                -binary -out bundle.zip && mkdir whole && cd whole && unzip -q ../bundle.zip \
                && head -c 300000000 /dev/zero > record.html \
                && python3 -c "import zipfile
            with zipfile.ZipFile('../bomb.zip', 'w', zipfile.ZIP_DEFLATED) as z:
                for n in ('manifest.json', 'manifest.p7s', 'record.html'): z.write(n)"
            cd .. && openssl cms -encrypt -binary -outform DER -in bomb.zip -out bomb.cms \
                -aes-256-gcm -recip school.pem -keyopt ecdh_kdf_md:sha256
            """
        )
        #expect(throws: BundleFailure.archive(.bomb)) { try open("bomb.cms", in: scene) }
    }

    // MARK: Programs that are not what they should be

    /// A shell script as a program.
    ///
    /// Another program puts it in its place: while a test beside this one starts a process, that
    /// process holds what this one is writing, and the kernel starts no file that is being written.
    private func script(_ commands: String, named name: String) throws -> String {
        _ = try scene.folder.write(Array("#!/bin/sh\n\(commands)".utf8), to: "\(name).text")
        let placed = try scene.folder.run("cp \(name).text \(name) && chmod 700 \(name)")
        #expect(placed.status == 0)
        return scene.folder.file(name)
    }

    @Test(arguments: [
        ("exit 0", BundleFailure.opener(.crashed)), ("kill -SEGV $$", .opener(.crashed)),
        ("kill -KILL $$", .opener(.crashed)), ("cat /dev/zero >&3", .opener(.garbage)),
        ("printf 'o\\0\\0\\0\\0' >&3; exec sleep 60", .files(.order)),
        ("printf 'd\\377\\377\\377\\377' >&3; exec sleep 60", .opener(.garbage)),
        ("printf 'd\\0\\0\\0\\001x' >&3; exec sleep 60", .opener(.garbage)),
        ("printf 'e\\0\\0\\0\\0' >&3; exec sleep 60", .opener(.garbage)),
        ("printf 'f\\0\\0\\0\\003abc' >&3; exec sleep 60", .opener(.garbage)),
        ("printf 'r\\0\\0\\0\\001\\0' >&3; exec sleep 60", .opener(.garbage)),
        ("printf 'x\\0\\0\\0\\003abc' >&3; exec sleep 60", .opener(.garbage)),
        ("exec sleep 60", .opener(.outOfTime)),
    ])
    func `a program that fails is a refusal and no hang`(
        script: String,
        failure: BundleFailure
    ) throws {
        try expectFailure(of: "\(Self.confined)\n\(script)\n", failure)
    }

    @Test(arguments: [
        ("exit 0", BundleFailure.opener(.crashed)),
        ("printf 'o\\0\\0\\0\\0' >&3; exec sleep 60", .opener(.garbage)),
        ("printf 'c\\0\\0\\0\\001\\037' >&3; exec sleep 60", .opener(.garbage)),
        ("exec sleep 60", .opener(.outOfTime)),
    ])
    func `a program that does not say first what confines it is asked nothing`(
        script: String,
        failure: BundleFailure
    ) throws {
        try expectFailure(of: "\(script)\n", failure)
    }

    private func expectFailure(of script: String, _ failure: BundleFailure) throws {
        try scene.seal()
        var broken = OpeningProgram(path: try self.script(script, named: "broken"))
        // Only where silence is the point may a busy machine be slower than this.
        broken.silence = failure == .opener(.outOfTime) ? 1 : 60
        #expect(throws: failure) {
            try open(in: scene, by: broken)
        }
        #expect(!scene.folder.exists("opened"))
    }

    /// Says that everything confines it.
    private static let confined = said(Confinement.all.rawValue)

    private static func said(_ confinement: UInt32) -> String {
        let octal = String(confinement, radix: 8)
        return "printf 'c\\0\\0\\0\\004\\0\\0\\0\\\(octal)' >&3"
    }

    @Test(arguments: [Confinement.descriptors, .limits, .privileges, .all])
    func `nothing is handed to a program that is not confined as it must be`(
        lacking: Confinement
    ) throws {
        try scene.seal()
        let there = Confinement.all.subtracting(lacking).rawValue
        let heard = scene.folder.file("heard")
        let loose = try script("\(Self.said(there))\nexec cat <&3 >\(heard)\n", named: "loose")
        #expect(throws: BundleFailure.opener(.unconfined)) {
            try open(in: scene, by: OpeningProgram(path: loose))
        }
        let bytes = (try? scene.folder.read("heard")) ?? []
        #expect(bytes.isEmpty)
        #expect(!scene.folder.exists("opened"))
    }

    @Test func `what only some kernels have is not demanded`() {
        #expect(Confinement.needed.isDisjoint(with: [.landlock, .systemCalls]))
    }

    @Test func `a program that was taken over cannot pass off other content`() throws {
        // It hands out a whole archive of its own making, under a manifest that nobody signed for
        // it, and says that all is well.
        try scene.seal()
        let signed = try open(in: scene, into: "true")
        let manifest = try scene.folder.read("true/manifest.json")
        let signature = try scene.folder.read("true/manifest.p7s")
        var talk = Frames()
        talk.add("c", [0, 0, 0, UInt8(Confinement.all.rawValue)])
        talk.add("r", [0] + (try identifiers(of: signed)))
        talk.file("manifest.json", manifest)
        talk.file("manifest.p7s", signature)
        var sums = try scene.folder.read("true/SHA256SUMS")
        sums[0] ^= 1
        talk.file("SHA256SUMS", sums)
        talk.add("o", [])
        _ = try scene.folder.write(talk.bytes, to: "talk")
        // The signature is checked in another process, which nothing has taken over.
        let evil = try script(
            """
            cd \(scene.folder.path)
            [ -e begun ] && exec \(program.path)
            touch begun
            cat talk >&3
            exec sleep 60
            """,
            named: "evil"
        )
        #expect(throws: BundleFailure.files(.changed)) {
            try open(in: scene, by: OpeningProgram(path: evil))
        }
        #expect(!scene.folder.exists("opened"))
    }

    @Test func `a missing program is called that`() throws {
        try scene.seal()
        #expect(throws: BundleFailure.opener(.missing)) {
            try OpeningProgram(path: scene.folder.file("nowhere")).confinement()
        }
        #expect(throws: BundleFailure.opener(.missing)) {
            try open(in: scene, by: OpeningProgram(path: scene.folder.file("nowhere")))
        }
    }

    // MARK: Helpers

    private func opener() -> BundleOpener {
        BundleOpener(trust: [scene.keys.authority], program: program)
    }

    @discardableResult
    private func open(
        _ name: String = "bundle.cms",
        in scene: Scene,
        with keys: [KeyPair]? = nil,
        by program: OpeningProgram? = nil,
        into target: String = "opened"
    ) throws -> SignedManifest {
        let program = program ?? self.program
        return try BundleOpener(trust: [scene.keys.authority], program: program).open(
            try PlainFileReader(path: scene.folder.file(name)),
            with: keys ?? [scene.school],
            at: Scene.now,
            scratch: scene.folder.file("scratch"),
            into: try OpenedFolder(scene.folder.file(target))
        )
    }

    private func failure(_ result: Result<SignedManifest, any Error>) -> BundleFailure? {
        if case .failure(let error) = result { return error as? BundleFailure }
        return nil
    }

    private func identifiers(of signed: SignedManifest) throws -> [UInt8] {
        signed.manifest.certificates.flatMap(\.identifier.bytes)
    }
}

/// What the confined program would say.
private struct Frames {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ kind: Character, _ payload: [UInt8]) {
        let count = withUnsafeBytes(of: UInt32(payload.count).bigEndian) { Array($0) }
        bytes += Array(String(kind).utf8) + count + payload
    }

    mutating func file(_ name: String, _ content: [UInt8]) {
        let size = withUnsafeBytes(of: Int64(content.count).bigEndian) { Array($0) }
        add("f", size + name.utf8)
        if !content.isEmpty { add("d", content) }
        add("e", [])
    }
}
