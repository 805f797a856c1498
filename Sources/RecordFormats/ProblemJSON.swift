import StudentRecords
import Vocabulary

/// A problem as `record.json` lists it.
struct ProblemJSON: Encodable {
    let place: String
    let element: Int?
    let found: String
    let allowed: String
    /// What the allowed kind says more: tokens, days or words.
    let among: [String]?

    init(_ problem: RecordProblem) {
        place = problem.place
        element = problem.element?.rawValue
        found = problem.found
        let (kind, more): (String, [String]?) =
            switch problem.allowed {
            case .oneOf(let tokens): ("oneOf", tokens)
            case .between(let first, let last):
                ("between", [first?.description ?? "", last?.description ?? ""])
            case .structure(let form): ("structure", [form.description] + form.number)
            case let other: (Self.plain.first { $0.value == other }?.key ?? "structure", nil)
            }
        (allowed, among) = (kind, more)
    }

    fileprivate static let plain: [String: Allowed] = [
        "date": .date, "month": .month, "year": .year, "flag": .flag, "stateCode": .stateCode,
        "zip": .zip, "phone": .phone, "amount": .amount, "percentage": .percentage,
        "shortText": .shortText, "schoolNumber": .schoolNumber, "once": .once, "element": .element,
    ]
}

extension RecordProblem {
    /// `nil` for what does not say where it is and what would be right.
    init?(json value: JSONValue) {
        guard let place = value["place"]?.text, let kind = value["allowed"]?.text else {
            return nil
        }
        let among = (value["among"]?.list ?? []).prefix(200).compactMap(\.text)
            .map { $0.shown(atMost: 200) }
        let allowed: Allowed
        switch kind {
        case "oneOf": allowed = .oneOf(among)
        case "between" where among.count == 2:
            allowed = .between(CivilDate(iso8601: among[0]), CivilDate(iso8601: among[1]))
        case "structure": allowed = .structure(FileForm(json: Array(among)))
        default:
            guard let plain = ProblemJSON.plain[kind] else { return nil }
            allowed = plain
        }
        self.init(
            value["element"]?.text.flatMap { Int($0) }.flatMap(Element.init(rawValue:)),
            at: place,
            found: value["found"]?.text ?? "",
            allowed: allowed
        )
    }
}

extension FileForm {
    /// The number in its words, once more by itself.
    fileprivate var number: [String] {
        switch self {
        case .cells(let number), .wellFormed(line: let number): ["\(number)"]
        case .rule, .words: []
        }
    }

    fileprivate init(json: [String]) {
        let words = json.first ?? ""
        let forms = json.dropFirst().first.flatMap { Int($0) }.map {
            [Self.cells($0), .wellFormed(line: $0)]
        }
        let numbered = forms?.first { $0.description == words }
        self = numbered ?? Rule(rawValue: words).map(Self.rule) ?? .words(words)
    }
}
