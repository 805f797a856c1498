import Foundation
import PaperFormat
import Sealing
import Testing
import Vocabulary

/// The program that prints: what it cannot do, and what becomes of a page when it does not do what
/// it should.
@Suite("The program that prints", .disabled(if: isUnderSanitizer))
final class PrintingProgramTests {
    private let program: PrintingProgram
    private let folder: URL

    init() throws {
        program = try printingProgram()
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mochila-printing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

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
        (UInt8(2), "make a file"), (3, "open a socket"), (4, "fork"), (5, "run another program"),
    ])
    func `cannot do it`(number: UInt8, what: String) throws {
        // It is refused, or the kernel ends the process; never done.
        #expect(try program.exercise(number) != true, "\(what)")
    }

    @Test(arguments: [(UInt8(1), "open a file"), (9, "look at its own process")])
    func `cannot look beyond the fonts where the kernel tells folders apart`(
        number: UInt8,
        what: String
    ) throws {
        guard try program.confinement().contains(.landlock) else { return }
        #expect(try program.exercise(number) != true, "\(what)")
    }

    @Test func `can read how fonts are set up, which it must`() throws {
        #expect(try program.exercise(10) == true)
    }

    @Test(arguments: [
        (UInt8(6), "of its own"), (12, "shared"), (13, "growing downwards"), (14, "in a file"),
    ])
    func `gets no more memory than its limit, of whatever kind`(number: UInt8, kind: String) throws
    {
        #expect(try program.exercise(number) != true, "\(kind)")
    }

    @Test func `is ended when it hangs`() throws {
        var hasty = program
        hasty.silence = 1
        #expect(throws: PrintingFailure.program(.outOfTime)) { try hasty.exercise(7) }
    }

    @Test func `a crash is an answer, and the next page is printed all the same`() throws {
        #expect(try program.exercise(11) == nil)
        #expect(try program.printed(Papers.record()).starts(with: "%PDF".utf8))
    }

    @Test func `pages that are printed at once do not disturb each other`() async throws {
        let record = Papers.record()
        let alone = try program.printed(record)
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<6 { group.addTask { [program] in try program.printed(record) } }
            for try await page in group { #expect(page == alone) }
        }
    }

    // MARK: Orders and programs that are not what they should be

    @Test func `a page longer than anybody prints is refused before anything is started`() {
        let long = String(repeating: "palabra ", count: PrintOrder.mostBytes / 8)
        #expect(throws: PrintingFailure.tooLong) {
            try PrintingProgram(path: "/nowhere").printed(Papers.record(heading: long))
        }
    }

    @Test func `an order that breaks the rules is refused in the program too`() {
        let table = PrintedRecord.Table(title: "", head: ["a", "b"], rows: [["c"]])
        #expect(throws: PrintingFailure.refused) {
            try program.printed(Papers.record(table: table))
        }
    }

    /// A shell script as a program.
    ///
    /// Another program puts it in its place: while a test beside this one starts a process, that
    /// process holds what this one is writing, and the kernel starts no file that is being written.
    private func script(_ commands: String) throws -> PrintingProgram {
        let text = folder.appendingPathComponent("text")
        try Data("#!/bin/sh\n\(commands)\n".utf8).write(to: text)
        let place = Process()
        place.executableURL = URL(fileURLWithPath: "/bin/sh")
        place.arguments = ["-c", "cp text broken && chmod 700 broken"]
        place.currentDirectoryURL = folder
        try place.run()
        place.waitUntilExit()
        #expect(place.terminationStatus == 0)
        return PrintingProgram(path: folder.appendingPathComponent("broken").path)
    }

    private static let head = #"cat <&3 >/dev/null; printf '\0\0\0\037"#

    private static let failures: [(commands: String, failure: PrintingFailure)] = [
        ("exit 0", .program(.crashed)), ("kill -SEGV $$", .program(.crashed)),
        ("kill -KILL $$", .program(.crashed)),
        ("cat <&3 >/dev/null; cat /dev/zero >&3", .program(.garbage)),
        ("cat <&3 >/dev/null; exec sleep 600", .program(.outOfTime)),
        ("\(head)X\\0\\0\\0\\0' >&3", .program(.garbage)),
        ("\(head)P\\0\\0\\0\\0' >&3", .program(.garbage)),
        ("\(head)P\\377\\377\\377\\377' >&3", .program(.garbage)),
        ("\(head)P\\0\\0\\0\\011%%PDF' >&3", .program(.crashed)),
        ("\(head)P\\0\\0\\0\\004%%PDF and more' >&3", .program(.garbage)),
        ("\(head)T\\0\\0\\0\\001\\001' >&3", .program(.garbage)),
        ("\(head)N\\0\\0\\0\\0' >&3", .refused), ("\(head)D\\0\\0\\0\\0' >&3", .notDrawn),
    ]

    @Test(arguments: failures)
    func `a program that fails is a page less and no hang`(
        commands: String,
        failure: PrintingFailure
    ) throws {
        var broken = try script(commands)
        // Only where silence is the point may a busy machine be slower than this.
        broken.silence = failure == .program(.outOfTime) ? 1 : 300
        broken.patience = 300
        #expect(throws: failure) { try broken.printed(Papers.record()) }
        #expect(!failure.explanation.isEmpty)
    }

    @Test func `what is no PDF of ours is not signed, whoever says that it is one`() throws {
        let keys = try Papers.keys()
        let broken = try script(Self.head + #"P\0\0\0\010%%PDF-1.7' >&3"#)
        #expect(throws: PrintingFailure.unknownForm) {
            try broken.signed(Papers.record(), by: keys.signing)
        }
    }

    @Test func `a missing program is called that`() throws {
        let nowhere = PrintingProgram(path: folder.appendingPathComponent("nowhere").path)
        #expect(throws: PrintingFailure.program(.missing)) { try nowhere.confinement() }
        #expect(throws: PrintingFailure.program(.missing)) {
            try nowhere.printed(Papers.record())
        }
        #expect(PrintingFailure.program(.missing).explanation == "mochila-print is missing")
    }
}
