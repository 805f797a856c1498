import Casework
import RecordExchange
import StudentRecords
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite("Files that come by mail") struct MailedFilesTests {
    /// A gateway with a request at the Maple School, and where its mail comes in.
    private struct Scene {
        let world: World
        let drop = PDFDrop()
        let request: RecordRequest
        let asked: OutgoingMail

        init(faxes: [EmailAddress] = []) async throws {
            world = try await World(on: "2026-05-18", faxSenders: faxes)
            request = try await world.file()
            asked = try #require(world.mails(to: Cast.mapleOffice).first)
        }

        func take(
            _ text: String,
            finding: (@Sendable (DroppedFile.ID) async throws -> String?)? = nil
        ) async throws -> MailTaken {
            let slot = MailSlot(desk: world.desk, drop: drop, finding: finding)
            let taken = try await slot.take(InboundMail(parsing: Array(text.utf8)))
            try await world.settle()
            return taken
        }

        func reply(
            _ files: [String] = ["%PDF-1"],
            id: String = "a@maple.example",
            _ headers: String = ""
        ) -> String {
            "In-Reply-To: <\(asked.messageID)>\n" + Self.letter(files, id: id, headers)
        }

        static func letter(
            _ files: [String],
            id: String = "a@maple.example",
            _ headers: String = ""
        ) -> String {
            let parts = files.enumerated().map { number, content in
                """
                --x
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="Paloma \(number).pdf"

                \(content)

                """
            }
            return """
                Message-ID: <\(id)>
                \(headers)Content-Type: multipart/mixed; boundary=x

                --x

                See what is attached.

                """ + parts.joined() + "--x--\n"
        }

        var notices: [OutgoingMail] { world.mails(to: Cast.mapleOffice, named: "filesByMail") }

        func waiting(_ answerer: Answerer) async throws -> [DroppedFile] {
            try await world.desk.mailedFiles(answerer.inquiry, by: answerer).flatMap(\.files)
        }
    }

    @Test func `what is attached waits, is told of once, and is an answer once it is confirmed`()
        async throws
    {
        let scene = try await Scene()
        let world = scene.world
        #expect(
            try await world.step("mail") {
                try await scene.take(scene.reply(["%PDF-1", "%PDF-2"]))
            }
                == .noted
        )
        #expect(scene.notices.count == 1)
        #expect(scene.drop.files.count == 2)
        #expect(try await world.state(of: scene.request) == .requested)
        #expect(try await world.everything().bundles.isEmpty)
        let kinds = try await world.story(of: scene.request).events.map(\.kind)
        #expect(kinds.contains(.filesByMail(organization: Cast.maple)))

        world.clock.advance(bySeconds: 60)
        // A second mail: they wait together, and nothing more is written.
        #expect(try await scene.take(scene.reply(["%PDF-3"], id: "b@maple.example")) == .noted)
        #expect(scene.notices.count == 1)

        let answerer = try await world.open()
        let files = try await scene.waiting(answerer)
        #expect(files.map(\.name) == ["Paloma 0.pdf", "Paloma 1.pdf", "Paloma 0.pdf"])
        let chosen = Array(files.prefix(2))
        let bundle = try await world.step("confirm") {
            try await world.desk.answer(
                answerer.inquiry,
                confirming: Set(chosen.map(\.id)),
                with: Self.submission(chosen),
                by: answerer
            )
        }
        #expect(bundle.files.map(\.id) == chosen.map(\.id.description))
        #expect(try await scene.waiting(answerer).map(\.id) == [files[2].id])
        #expect(
            try await world.store.read { try $0.filesInUse() }
                == Set(files.map(\.id.description))
        )
    }

    @Test func `the same mail a second time changes nothing and leaves no file behind`()
        async throws
    {
        let scene = try await Scene()
        _ = try await scene.take(scene.reply())
        let before = try await scene.world.everything()
        let files = scene.drop.files
        #expect(try await scene.take(scene.reply()) == .repeated)
        #expect(try await scene.world.everything() == before)
        #expect(scene.drop.files == files)
    }

    @Test func `the same mail after its files were sent does not bring them back`() async throws {
        let scene = try await Scene()
        _ = try await scene.take(scene.reply())
        let answerer = try await scene.world.open()
        let files = try await scene.waiting(answerer)
        func answer() async throws {
            _ = try await scene.world.desk.answer(
                answerer.inquiry,
                confirming: Set(files.map(\.id)),
                with: Self.submission(files),
                by: answerer
            )
        }
        try await answer()
        let before = try await scene.world.everything()
        #expect(try await scene.take(scene.reply()) == .repeated)
        #expect(try await scene.waiting(answerer).isEmpty)
        // Nor does the page that was still open.
        await #expect(throws: CaseworkFailure.notPossibleNow) { try await answer() }
        #expect(
            try await scene.world.everything().bundles.map(\.id) == before.bundles.map(\.id)
        )
    }

    @Test func `what is thrown away is gone, and a later mail is told of again`() async throws {
        let scene = try await Scene()
        _ = try await scene.take(scene.reply())
        let answerer = try await scene.world.open()
        let files = try await scene.waiting(answerer).map(\.id)
        let gone = try await scene.world.desk.discardMailed(
            Set(files),
            of: answerer.inquiry,
            by: answerer
        )
        #expect(gone == files)
        #expect(try await scene.world.store.read { try $0.filesInUse() }.isEmpty)
        await #expect(throws: CaseworkFailure.notPossibleNow) {
            try await scene.world.desk.discardMailed(
                Set(files),
                of: answerer.inquiry,
                by: answerer
            )
        }
        _ = try await scene.take(scene.reply(["%PDF-9"], id: "c@maple.example"))
        #expect(scene.notices.count == 2)
        #expect(Set(scene.notices.map(\.messageID)).count == 2)
    }

    @Test func `what cannot be taken is said once, and nothing of it is kept`() async throws {
        let scene = try await Scene()
        #expect(try await scene.take(scene.reply(["MZ", ""])) == .noted)
        #expect(scene.drop.files.isEmpty)
        #expect(scene.notices.count == 1)
        #expect(scene.notices.first?.plainText.contains("kept: 0") == true)
        #expect(scene.notices.first?.plainText.contains("typeNotAllowed") == true)
        #expect(scene.notices.first?.plainText.contains("Paloma 0") == false)
        _ = try await scene.take(scene.reply(["MZ"], id: "d@maple.example"))
        #expect(scene.notices.count == 1)
        let answerer = try await scene.world.open()
        let mails = try await scene.world.desk.mailedFiles(answerer.inquiry, by: answerer)
        #expect(
            mails.flatMap(\.refused).map(\.reason) == [.typeNotAllowed, .empty, .typeNotAllowed]
        )
    }

    @Test func `a scanner that finds something, or does not answer, lets nothing through`()
        async throws
    {
        struct Silent: Error {}
        let scene = try await Scene()
        let before = try await scene.world.everything()
        await #expect(throws: Silent.self) {
            try await scene.take(scene.reply(["%PDF-1", "%PDF-2"])) { _ in throw Silent() }
        }
        #expect(try await scene.world.everything() == before)
        #expect(scene.drop.files.isEmpty)
        #expect(try await scene.take(scene.reply()) { _ in "Test.Virus" } == .noted)
        #expect(scene.drop.files.isEmpty)
        let answerer = try await scene.world.open()
        let mails = try await scene.world.desk.mailedFiles(answerer.inquiry, by: answerer)
        #expect(mails.flatMap(\.refused).map(\.reason) == [.unclean])
        #expect(try await scene.waiting(answerer).isEmpty)
    }

    @Test func `what the scanner finds something in is locked up, the rest of the mail waits`()
        async throws
    {
        let scene = try await Scene()
        let count = Counter()
        let mail = scene.reply(["%PDF-1", "%PDF-2"])
        #expect(
            try await scene.take(mail) { _ in count.next() == 1 ? "Test.Virus" : nil } == .noted
        )
        let locked = try await scene.world.desk.quarantined()
        #expect(locked.map(\.file.name) == ["Paloma 0.pdf"])
        #expect(locked.map(\.bundle) == [nil])
        #expect(scene.drop.locked == Set(locked.map(\.id)))
        let answerer = try await scene.world.open()
        #expect(try await scene.waiting(answerer).map(\.name) == ["Paloma 1.pdf"])
        // The same mail again brings nothing in, and nothing out.
        #expect(try await scene.take(mail) { _ in "Test.Virus" } == .repeated)
        #expect(try await scene.world.desk.quarantined() == locked)
        #expect(scene.drop.files.count == 1)

        try await scene.world.desk.releaseQuarantined(locked[0].id)
        try await scene.world.settle()
        let again = try await scene.world.open()
        #expect(
            Set(try await scene.waiting(again).map(\.name)) == ["Paloma 0.pdf", "Paloma 1.pdf"]
        )
        let mails = try await scene.world.desk.mailedFiles(again.inquiry, by: again)
        #expect(mails.flatMap(\.refused).isEmpty)
        #expect(scene.notices.count == 2)
    }

    /// Counts from 1.
    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    @Test func `a full disk takes nothing of a mail, which comes again`() async throws {
        let scene = try await Scene()
        let before = try await scene.world.everything()
        scene.drop.isFull = true
        await #expect(throws: FileRefusal.diskFull) { try await scene.take(scene.reply()) }
        #expect(try await scene.world.everything() == before)
        scene.drop.isFull = false
        #expect(try await scene.take(scene.reply()) == .noted)
    }

    @Test(arguments: ["Auto-Submitted: auto-replied\n", "Precedence: bulk\n"])
    func `a machine's mail brings no file and no answer`(header: String) async throws {
        let scene = try await Scene()
        _ = try await scene.take(scene.reply(["%PDF-1"], header))
        #expect(scene.drop.files.isEmpty)
        #expect(scene.notices.isEmpty)
    }

    @Test func `no more waits for one inquiry than somebody looks through`() async throws {
        let scene = try await Scene()
        for number in 0..<4 {
            let files = (0..<20).map { "%PDF-\(number)-\($0)" }
            _ = try await scene.take(scene.reply(files, id: "\(number)@maple.example"))
        }
        #expect(scene.drop.files.count == MailedFiles.mostFiles)
        #expect(scene.notices.count == 1)
    }

    @Test func `after a month what nobody confirmed is gone`() async throws {
        let scene = try await Scene()
        _ = try await scene.take(scene.reply())
        #expect(try await scene.world.desk.forgetMailedFiles().isEmpty)
        scene.world.clock.advance(bySeconds: MailedFiles.patience)
        let answerer = Answerer.staff(Cast.clerk.actor)
        let inquiry = try await scene.world.inquiry(of: scene.request).id
        #expect(try await scene.world.desk.mailedFiles(inquiry, by: answerer).isEmpty)
        #expect(try await scene.world.desk.forgetMailedFiles() == Array(scene.drop.files))
        #expect(try await scene.world.store.read { try $0.filesInUse() }.isEmpty)
    }

    // MARK: Without a mail of ours that it answers

    @Test func `a scanner at the office finds the request by its number in the address`()
        async throws
    {
        let scene = try await Scene()
        let number = scene.request.number.description.filter { $0 != "-" }
        let office = Cast.mapleOffice.email.description.uppercased()
        let headers =
            "From: Copier <\(office)>\nTo: records+\(number.lowercased())@mochila.example\n"
        #expect(try await scene.take(Scene.letter(["%PDF-1"], headers)) == .noted)
        #expect(scene.drop.files.count == 1)
        // Its words are not the school's: anybody who saw the number could have written them.
        let kinds = try await scene.world.story(of: scene.request).events.map(\.kind)
        let isReply = kinds.contains { if case .mailReply = $0 { true } else { false } }
        #expect(!isReply)
    }

    @Test func `a fax finds the request by its subject, and its school says whether it is theirs`()
        async throws
    {
        let fax = EmailAddress.of("fax", at: "lines")
        let scene = try await Scene(faxes: [fax])
        let headers =
            "From: <\(fax)>\nSubject: Fax \(scene.request.number)\nAuto-Submitted: auto-generated\n"
        #expect(try await scene.take(Scene.letter(["%PDF-1"], headers)) == .noted)
        // The word goes to the school and not to the machine.
        #expect(scene.notices.count == 1)
        #expect(scene.world.mails(to: fax).isEmpty)
        #expect(try await scene.waiting(scene.world.open()).count == 1)
    }

    @Test(arguments: ["stranger@maple.example", "registrar@oak.example"])
    func `nobody else can leave files by knowing the number`(sender: String) async throws {
        let scene = try await Scene()
        let before = try await scene.world.everything()
        let headers = "From: \(sender)\nSubject: \(scene.request.number)\n"
        #expect(try await scene.take(Scene.letter(["%PDF-1"], headers)) == .unrelated)
        #expect(try await scene.world.everything() == before)
        #expect(scene.drop.files.isEmpty)
    }

    // MARK: Who sees them

    @Test func `a colleague sees what they mailed and the office what it mailed`() async throws {
        let scene = try await Scene()
        _ = try await scene.take(scene.reply())
        let clerk = Answerer.staff(Cast.clerk.actor)
        let inquiry = try await scene.world.inquiry(of: scene.request).id
        #expect(try await scene.world.desk.mailedFiles(inquiry, by: clerk).count == 1)
        for other in [Cast.registrar, Cast.texas] {
            await #expect(throws: CaseworkFailure.notFound) {
                try await scene.world.desk.mailedFiles(inquiry, by: .staff(other.actor))
            }
        }
    }

    private static func submission(_ files: [DroppedFile]) -> AnswerSubmission {
        AnswerSubmission(
            parts: [.init(part: .transcript, status: .sent)],
            files: files,
            isComplete: true,
            name: "Ana",
            title: "",
            note: "",
            asCertifyingOfficial: false
        )
    }
}
