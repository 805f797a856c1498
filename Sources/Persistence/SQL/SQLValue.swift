package import RecordExchange
package import Vocabulary

/// One value of a row or of a statement's parameters.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case boolean(Bool)
    case blob([UInt8])
}

/// A value that can be bound to a placeholder.
package protocol SQLBindable {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
    package var sqlValue: SQLValue { self }
}

extension String: SQLBindable {
    package var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLBindable {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLBindable {
    package var sqlValue: SQLValue { .integer(self) }
}

extension Bool: SQLBindable {
    package var sqlValue: SQLValue { .boolean(self) }
}

extension [UInt8]: SQLBindable {
    package var sqlValue: SQLValue { .blob(self) }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

// Instants are BIGINT milliseconds; everything with a text form is TEXT.

extension Instant: SQLBindable {
    package var sqlValue: SQLValue { .integer(millisecondsSince1970) }
}

extension Identifier: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension RequestNumber: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension OrganizationID: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension SchoolID: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension DistrictID: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension StateCode: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension SHA256Digest: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}
