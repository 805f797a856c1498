package import Vocabulary

/// A sample value that is known to parse; a test's own typing error ends the run with its text.
package func known<Value>(_ value: Value?, _ text: String = "") -> Value {
    guard let value else { preconditionFailure("a sample value does not parse: \(text)") }
    return value
}

extension CivilDate {
    /// `.on("2026-05-18")`.
    package static func on(_ text: String) -> Self { known(Self(iso8601: text), text) }
}

extension Instant {
    /// Noon in UTC on a day.
    package static func noon(_ day: String, plusSeconds seconds: Int64 = 0) -> Self {
        let number = Int64(CivilDate.on(day).dayNumber)
        return Self(millisecondsSince1970: (number * 86_400 + 43_200 + seconds) * 1_000)
    }
}

extension Identifier {
    /// `.numbered(7)`: readable in a failure.
    package static func numbered(_ number: Int) -> Self { Self(rawValue: UInt128(number)) }
}

extension EmailAddress {
    /// `.of("records", at: "oak")` is `records@oak.example`.
    package static func of(_ localPart: String, at domain: String) -> Self {
        known(try? Self(parsing: "\(localPart)@\(domain).example"), localPart)
    }
}

extension StateCode {
    package static let texas = known(Self("TX"), "TX")
    package static let california = known(Self("CA"), "CA")
    package static let washington = known(Self("WA"), "WA")
    package static let michigan = known(Self("MI"), "MI")
}
