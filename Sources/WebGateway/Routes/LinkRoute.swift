/// Pages for whoever typed the code of an answer link.
///
/// They can answer one inquiry, named in the path so that two open tabs cannot be mixed up, and
/// read no record back.
package enum LinkRoute: String, RouteTable {
    case records, sendRecords, receipt
    case elements, sendElements
    case mailed, sendMailed, discardMailed
    case none, submitNone
    case moved, submitMoved
    case later, submitLater
    case question, submitQuestion
    case paper, submitPaper, coverSheet
    case away, submitAway
    case submitCancelled
    case recall, submitRecall
    case correct, sendCorrection
    case notMe, submitNotMe

    package var definition: RouteDefinition {
        switch self {
        case .records: .get("/answer/{inquiry}/records")
        case .sendRecords: .upload("/answer/{inquiry}/records")
        case .receipt: .get("/answer/{inquiry}/receipt")
        case .elements: .get("/answer/{inquiry}/elements")
        case .sendElements: .post("/answer/{inquiry}/elements", limit: 256 << 10)
        case .mailed: .get("/answer/{inquiry}/mailed")
        case .sendMailed: .post("/answer/{inquiry}/mailed")
        case .discardMailed: .post("/answer/{inquiry}/mailed/discard")
        case .none: .get("/answer/{inquiry}/none")
        case .submitNone: .post("/answer/{inquiry}/none")
        case .moved: .get("/answer/{inquiry}/moved")
        case .submitMoved: .post("/answer/{inquiry}/moved")
        case .later: .get("/answer/{inquiry}/later")
        case .submitLater: .post("/answer/{inquiry}/later")
        case .question: .get("/answer/{inquiry}/question")
        case .submitQuestion: .post("/answer/{inquiry}/question")
        case .paper: .get("/answer/{inquiry}/paper")
        case .submitPaper: .post("/answer/{inquiry}/paper")
        case .coverSheet: .get("/answer/{inquiry}/cover")
        case .away: .get("/answer/{inquiry}/away")
        case .submitAway: .post("/answer/{inquiry}/away")
        case .submitCancelled: .post("/answer/{inquiry}/cancelled")
        case .recall: .get("/answer/{inquiry}/recall")
        case .submitRecall: .post("/answer/{inquiry}/recall")
        case .correct: .get("/answer/{inquiry}/correct")
        case .sendCorrection: .upload("/answer/{inquiry}/correct")
        case .notMe: .get("/answer/{inquiry}/not-me")
        case .submitNotMe: .post("/answer/{inquiry}/not-me")
        }
    }
}
