import Casework
import Rendering

extension Samples {
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

    private static let troubles: [OperatorTrouble] = [
        .certificateExpires(days: 14), .mailStuck(count: 3), .pushFailing(count: 1),
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
