/// Pages for whoever typed the code of an answer link.
///
/// They can answer one inquiry, named in the path so that two open tabs cannot be mixed up, and
/// read no record back.
package enum LinkRoute: String, RouteTable {
    case records, sendRecords, receipt
    case noRecords, sayNoRecords
    case movedOn, sayMovedOn
    case moreTime, sayMoreTime
    case question, askQuestion
    case notMe, sayNotMe

    package var definition: RouteDefinition {
        switch self {
        case .records: .get("/answer/{inquiry}/records")
        case .sendRecords: .upload("/answer/{inquiry}/records")
        case .receipt: .get("/answer/{inquiry}/receipt")
        case .noRecords: .get("/answer/{inquiry}/none")
        case .sayNoRecords: .post("/answer/{inquiry}/none")
        case .movedOn: .get("/answer/{inquiry}/moved")
        case .sayMovedOn: .post("/answer/{inquiry}/moved")
        case .moreTime: .get("/answer/{inquiry}/later")
        case .sayMoreTime: .post("/answer/{inquiry}/later")
        case .question: .get("/answer/{inquiry}/question")
        case .askQuestion: .post("/answer/{inquiry}/question")
        case .notMe: .get("/answer/{inquiry}/not-me")
        case .sayNotMe: .post("/answer/{inquiry}/not-me")
        }
    }
}
