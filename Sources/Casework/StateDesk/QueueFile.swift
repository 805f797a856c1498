import RecordExchange
import Tabular
import Vocabulary

/// A state's queue as a comma-separated file: what whoever calls down a list needs, and no word of
/// any student.
package struct QueueFile: Sendable {
    package static let head = line([
        "number", "school", "district", "state", "phone", "asked_by", "asked_by_state", "asked_on",
        "working_days", "status", "why", "next_on", "law_until", "urgent", "who",
    ])

    /// One row, with its end.
    package static func line(_ row: QueueRow) -> String {
        line([
            row.number.description,
            row.school?.name ?? "",
            row.school?.districtName ?? "",
            row.school?.state.description ?? "",
            row.phone ?? "",
            row.requester.name,
            row.requester.state.description,
            row.inquiry?.clock.askedOn.description ?? "",
            "\(row.waitedDays)",
            row.state.rawValue,
            row.why.name,
            row.next?.on.description ?? "",
            row.inquiry?.lawfulUntil?.description ?? "",
            row.isUrgent ? "yes" : "",
            row.assignee?.name ?? "",
        ])
    }

    private static func line(_ fields: [String]) -> String {
        SpreadsheetField.line(fields) + "\r\n"
    }
}

extension WhyStuck {
    /// The reason as files name it.
    fileprivate var name: String {
        switch self {
        case .schoolClosed: "schoolClosed"
        case .mailBounced: "mailBounced"
        case .openedNotAnswered: "openedNotAnswered"
        case .notOpened: "notOpened"
        case .noContact: "noContact"
        case .promised: "promised"
        case .extended: "extended"
        case .noSchoolLeft: "noSchoolLeft"
        case .outsideUnitedStates: "outsideUnitedStates"
        case .schoolUnknown: "schoolUnknown"
        case .questionToRequester: "questionToRequester"
        case .onHold: "onHold"
        case .partlySent: "partlySent"
        case .noReceipt: "noReceipt"
        }
    }
}
