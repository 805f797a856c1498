import Casework
import RecordExchange
import TestSupport
import Vocabulary

/// Files that came by mail: seen, sent and thrown away by whoever may answer.
extension Trial {
    /// The first file that a new memory drop takes.
    private static let firstMailed: DroppedFile.ID = .numbered(500_001)
    private static let mailedFile = DroppedFile(
        id: firstMailed,
        name: "a.pdf",
        mediaType: "application/pdf",
        byteCount: 6,
        digest: ReferenceSHA256.digest(of: Array("%PDF-1".utf8))
    )

    /// The holder's office mailed a file, which waits to be confirmed.
    private static let mailed: @Sendable (World) async throws -> Subject = { world in
        let subject = try await filed(world)
        try await world.settle()
        let asked = world.mails(to: Cast.mapleOffice).first?.messageID ?? ""
        let reply =
            "In-Reply-To: <\(asked)>\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nHere.\n"
            + "--x\nContent-Type: application/pdf; name=a.pdf\n\n%PDF-1\n--x--\n"
        _ = try await MailSlot(desk: world.desk, drop: PDFDrop(), finding: nil)
            .take(InboundMail(parsing: Array(reply.utf8)))
        return subject
    }

    static let overMail: [Self] =
        confirming("staff", [Cast.clerk, Cast.mapleDistrict]) { .staff($0) }
        + confirming("stateContact", [Cast.california]) { .stateContact($0) }

    private static func confirming(
        _ way: String,
        _ permitted: [StaffAccount],
        _ answerer: @escaping @Sendable (Actor) -> Answerer
    ) -> [Self] {
        [
            Self(name: "mailedFiles by \(way)", permitted: permitted, prepare: mailed) {
                _ = try await $0.mailedFiles($1.inquiry, by: answerer($2))
            },
            Self(name: "answer confirming by \(way)", permitted: permitted, prepare: mailed) {
                _ = try await $0.answer(
                    $1.inquiry,
                    confirming: [firstMailed],
                    with: AnswerSubmission(
                        parts: [],
                        files: [mailedFile],
                        isComplete: true,
                        name: "Ana",
                        title: "",
                        note: "",
                        asCertifyingOfficial: false
                    ),
                    by: answerer($2)
                )
            },
            Self(name: "discardMailed by \(way)", permitted: permitted, prepare: mailed) {
                _ = try await $0.discardMailed([firstMailed], of: $1.inquiry, by: answerer($2))
            },
        ]
    }
}
