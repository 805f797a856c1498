package import Vocabulary

/// A month of a year, as assessments are dated.
package struct YearMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let year: Int
    package let month: Int

    package init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// `2026-04`.
    package var description: String {
        let year = String(year)
        return String(repeating: "0", count: 4 - year.utf8.count) + year
            + (month < 10 ? "-0" : "-") + "\(month)"
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        (lhs.year, lhs.month) < (rhs.year, rhs.month)
    }
}

/// A typed value of one element.
package enum ElementValue: Hashable, Sendable {
    case text(String)
    case date(CivilDate)
    case month(YearMonth)
    case year(Int)
    case code(CodeValue)
    case flag(Bool)
    case amount(Hundredths)

    /// What is written in files, and read back as the same value.
    package var token: String {
        switch self {
        case .text(let text): text
        case .date(let date): date.description
        case .month(let month): month.description
        case .year(let year): String(year)
        case .code(let code): code.token
        case .flag(let flag): flag ? "yes" : "no"
        case .amount(let amount): amount.description
        }
    }
}

/// What would have been read.
package enum Allowed: Hashable, Sendable {
    case date, month, year, flag, stateCode, zip, phone, amount, percentage, shortText
    case oneOf([String])
    case schoolNumber
    /// A day not before and not after these.
    case between(CivilDate?, CivilDate?)
    case once
    case element
    case structure(FileForm)

    /// For logs, tools and the test documents; pages have their own words.
    package var description: String {
        switch self {
        case .date: "a day such as 2026-05-29 or 5/29/2026, with four digits for the year"
        case .month: "a month such as 2026-04 or 4/2026"
        case .year: "a year of four digits"
        case .flag: "yes or no"
        case .stateCode: "a state's two letters"
        case .zip: "a ZIP code of five or nine digits"
        case .phone: "a phone number with its area code"
        case .amount: "a number from 0 with at most two places, such as 0.50"
        case .percentage: "a percentage from 0 to 150 with at most two places"
        case .shortText: "text of at most \(ElementValue.longestText) bytes without line ends"
        case .oneOf(let tokens): "one of \(tokens.joined(separator: ", "))"
        case .schoolNumber: "a school's NCES number of 12 digits"
        case .between(let first?, let last?): "a day from \(first) to \(last)"
        case .between(let first?, nil): "a day from \(first) on"
        case .between(nil, let last?): "a day up to \(last)"
        case .between(nil, nil): "any day"
        case .once: "one entry for the same thing"
        case .element: "the name or number of an element of this group"
        case .structure(let form): form.description
        }
    }
}

extension ElementValue {
    /// The longest text of one value, in UTF-8 bytes.
    package static let longestText = 400

    /// What a text was not.
    package struct Unreadable: Error, Hashable, Sendable {
        package let allowed: Allowed

        package init(allowed: Allowed) { self.allowed = allowed }
    }

    /// Reads a value as schools write it: dates in the American order too, codes without their
    /// zeros or by their label; never guesses.
    package static func read(_ text: String, for element: Element) throws(Unreadable) -> Self {
        let text = text.trimmed
        let definition = element.definition
        guard text.utf8.count <= longestText, !text.hasControl else {
            throw Unreadable(allowed: .shortText)
        }
        switch definition.kind {
        case .text, .identifier, .countryCode: return .text(text)
        case .date:
            return .date(try required(DateText.day(text), .date))
        case .month:
            return .month(try required(DateText.month(text), .month))
        case .year:
            let isYear = text.utf8.count == 4 && text.utf8.allSatisfy { (48...57).contains($0) }
            let year = isYear ? Int(text) : nil
            let plausible = year.flatMap { CivilDate.plausibleYears.contains($0) ? $0 : nil }
            return .year(try required(plausible, .year))
        case .code:
            let allowed = Allowed.oneOf(definition.codes.map { "\($0.token) \($0.label)" })
            return .code(try required(code(text, in: definition.codes), allowed))
        case .flag: return .flag(try required(flag(text), .flag))
        case .stateCode:
            if element == .birthState, (1...40).contains(text.utf8.count) {
                // The report allows a state of another country here, which has no list.
                return .text(StateCode(text)?.description ?? text)
            }
            return .text(try required(StateCode(text), .stateCode).description)
        case .zip: return .text(try required(zip(text), .zip))
        case .phone:
            let digits = text.utf8.count { (48...57).contains($0) }
            guard (7...25).contains(digits) else { throw Unreadable(allowed: .phone) }
            return .text(text)
        case .amount: return .amount(try required(Hundredths(text), .amount))
        case .percentage:
            let bare = text.utf8.last == UInt8(ascii: "%") ? String(text.dropLast()) : text
            let amount = Hundredths(bare.trimmed).flatMap { $0.count <= 15_000 ? $0 : nil }
            return .amount(try required(amount, .percentage))
        }
    }

    private static func required<Value>(
        _ value: Value?,
        _ allowed: Allowed
    ) throws(Unreadable) -> Value {
        guard let value else { throw Unreadable(allowed: allowed) }
        return value
    }

    private static func code(_ text: String, in codes: [CodeValue]) -> CodeValue? {
        func bare(_ text: String) -> String {
            let rest = text.utf8.drop { $0 == 48 }
            return String(decoding: rest, as: UTF8.self)
        }
        if text.utf8.allSatisfy({ (48...57).contains($0) }) {
            return codes.first { $0.code.map(bare) == bare(text) }
        }
        let wanted = text.folded
        if let named = codes.first(where: { $0.label.folded == wanted }) { return named }
        // "A" for "Section A": one letter that only one label ends in.
        guard wanted.utf8.count == 1 else { return nil }
        let lettered = codes.filter { $0.label.folded.hasSuffix(" \(wanted)") }
        return lettered.count == 1 ? lettered.first : nil
    }

    private static func flag(_ text: String) -> Bool? {
        switch text.folded {
        case "yes", "y", "true", "1", "si", "sí": true
        case "no", "n", "false", "0": false
        default: nil
        }
    }

    private static func zip(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let digits = bytes.filter { (48...57).contains($0) }
        let isShaped =
            switch bytes.count {
            case 5: digits.count == 5
            case 9: digits.count == 9
            case 10: digits.count == 9 && bytes[5] == UInt8(ascii: "-")
            default: false
            }
        return isShaped ? text : nil
    }
}
