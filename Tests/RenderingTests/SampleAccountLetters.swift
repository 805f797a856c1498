import Casework
import Rendering

extension Samples {
    /// Why files that came by mail were not taken.
    static let everyRefusal = MailedFiles.Refusal.allCases

    /// To people who sign in and to operators.
    static let accountLetters: [(name: String, letter: any Rendering.Letter)] =
        operatorLetters
        + Casework.Letter.AccountNews.allCases.map { news in
            (
                "account-\(news)",
                AccountLetter(
                    recipient: "Ana Treviño",
                    news: news,
                    link: "https://records.ayuda.example/account/recover",
                    installation: installation
                )
            )
        }

    /// On Mondays, to an office.
    static let mondayLetters: [(name: String, letter: any Rendering.Letter)] = [
        (
            "waiting",
            WaitingLetter(
                recipient: "Ana Treviño",
                organization: "Cedar East High School",
                count: 2,
                rows: ["2026-05-18", "2026-05-20"].map {
                    WaitingLine(
                        number: number,
                        requester: "Oak Valley High School",
                        askedOn: day($0)
                    )
                },
                code: "HJTRWK",
                link: link,
                installation: installation
            )
        )
    ]

    private static let troubles: [OperatorTrouble] = [
        .certificateExpires(days: 14), .mailStuck(count: 3), .pushFailing(count: 1),
        .sealingStuck(count: 2), .quarantined(count: 1),
        .diskFilling(percent: 86), .backupMissed(days: 8),
    ]

    private static let operatorLetters: [(name: String, letter: any Rendering.Letter)] =
        troubles.enumerated().map { number, trouble in
            (
                "operator-\(number)",
                OperatorLetter(
                    trouble: trouble,
                    command: "mochila doctor",
                    link: "https://records.ayuda.example/",
                    installation: installation
                )
            )
        }
}
