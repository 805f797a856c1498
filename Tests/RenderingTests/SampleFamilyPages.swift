import Casework
import Rendering
import Vocabulary

extension Samples {
    static let familyPages: [SamplePage] = [
        SamplePage(name: "family", page: FamilyPage(path: "/familia"), signedIn: false),
        SamplePage(
            name: "family-wrong",
            page: FamilyPage(
                path: "/family",
                form: Form(
                    [.number: "RQ-7Q4K9-2PMXC", .familyYear: "2012", .slipCode: "bcfg hjkm"],
                    problems: [FieldProblem(.slipCode, .slipWrong)]
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "family-found",
            page: FamilyPage(
                path: "/familia",
                found: FoundForFamily(
                    number: number,
                    spanish: familyWords(in: .spanish),
                    english: familyWords(in: .english)
                )
            ),
            signedIn: false
        ),
        SamplePage(
            name: "slip-none",
            page: SlipPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                spanishPath: "/familia",
                englishPath: "/family"
            ),
            door: .requests
        ),
        SamplePage(
            name: "slip",
            page: SlipPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                spanishPath: "/familia",
                englishPath: "/family",
                madeAt: time("2026-05-18", 9, 20),
                slip: SlipToPrint(code: "BCFG-HJKM")
            ),
            door: .requests
        ),
        familyMail("family-mail", .nobody),
        familyMail("family-mail-waits", .waits(email: "familia@correo.example"), isWaiting: true),
        familyMail(
            "family-mail-refused",
            .refused(at: time("2026-05-20", 10, 1)),
            isReady: true,
            form: Form(
                [.familyEmail: "familia@"],
                problems: [
                    FieldProblem(.familyEmail, .familyEmailMalformed),
                    FieldProblem(.familyConsent, .familyConsentMissing),
                ]
            )
        ),
        familyMail(
            "family-mail-told",
            .told(at: time("2026-05-20", 10, 1)),
            isPossible: false,
            isReady: true
        ),
        SamplePage(
            name: "card-ask",
            page: CardPage(
                path: "/requests/RQ-7Q4K9-2PMXC/card",
                backPath: "/requests/RQ-7Q4K9-2PMXC",
                studentName: "Marisol Reyes Ortega",
                purposes: Choice.list(LookupPurpose.allCases, chosen: []),
                isUnknown: true,
                form: Form(problems: [FieldProblem(.purpose, .purposeMissing)])
            ),
            door: .requests
        ),
        SamplePage(
            name: "family-copy",
            page: TakeCopyPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                form: Form(
                    problems: [
                        FieldProblem(
                            .familyCopy,
                            .familyCopyNotAsked(school: "Cedar East High School")
                        )
                    ]
                )
            ),
            door: .requests
        ),
        SamplePage(
            name: "card",
            page: CardPage(
                path: "/locator/people/one/1/card",
                backPath: "/locator/people/one/1",
                card: CardToPrint(number: StudentRecordNumber(bits: 0x7A5_33F1_92AB))
            ),
            door: .locator
        ),
    ]

    static func familyWords(in language: Language) -> FamilyWords {
        guard let renderer = try? shared.get() else { return FamilyWords(stage: "", next: "") }
        return FamilyWords(
            stage: renderer.sentence(FamilyStage.asked, in: language),
            next: renderer.sentence(FamilyNext.by(day: day("2026-05-20")), in: language)
        )
    }

    private static func familyMail(
        _ name: String,
        _ standing: FamilyMailWord,
        isWaiting: Bool = false,
        isPossible: Bool = true,
        isReady: Bool = false,
        form: Form = .empty
    ) -> SamplePage {
        SamplePage(
            name: name,
            page: FamilyMailPage(
                number: number,
                studentName: "Marisol Reyes Ortega",
                standing: standing,
                isWaiting: isWaiting,
                isPossible: isPossible,
                isReady: isReady,
                form: form
            ),
            door: .requests
        )
    }
}
