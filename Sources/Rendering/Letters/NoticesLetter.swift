package import Casework
package import Vocabulary

/// What else there is for somebody who had enough single mails that day.
package struct NoticesLetter: Letter {
    package static let template = "notices"

    package let recipient: String
    package let count: Int
    package let rows: [NoticeLine]
    /// Opens the first line, with the link; empty for whoever signs in.
    package let code: String
    package let link: String
    package let installation: Installation

    package init(
        recipient: String,
        count: Int,
        rows: [NoticeLine],
        code: String,
        link: String,
        installation: Installation
    ) {
        self.recipient = recipient
        self.count = count
        self.rows = rows
        self.code = code
        self.link = link
        self.installation = installation
    }
}

/// One request in it, or several without a number.
package struct NoticeLine: Hashable, Sendable {
    package let number: RequestNumber?
    package let notice: NoticeWord

    package init(number: RequestNumber?, notice: NoticeWord) {
        self.number = number
        self.notice = notice
    }

    package init(_ row: Casework.Letter.NoticeRow) {
        self.init(number: row.number, notice: NoticeWord(row))
    }
}

/// What a line says, with the school on the other side.
package enum NoticeWord: Hashable, Sendable, Worded {
    package static let words = "noticeLine"

    case remind(school: String)
    case escalate(school: String)
    case questionAnswered(school: String)
    case message(school: String)
    case cancelAsked(school: String)
    case extended(school: String)
    case filed(school: String)
    case news(school: String)
    case ready(school: String)
    case bounced(school: String)
    case assigned(count: Int)

    init(_ row: Casework.Letter.NoticeRow) {
        let school = row.school
        self =
            switch row.notice {
            case .remind: .remind(school: school)
            case .escalate: .escalate(school: school)
            case .questionAnswered: .questionAnswered(school: school)
            case .message: .message(school: school)
            case .cancelAsked: .cancelAsked(school: school)
            case .extended: .extended(school: school)
            case .filed: .filed(school: school)
            case .news: .news(school: school)
            case .ready: .ready(school: school)
            case .bounced: .bounced(school: school)
            case .assigned: .assigned(count: row.count)
            }
    }
}
