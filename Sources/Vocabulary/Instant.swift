/// A moment, for "when was this recorded": whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The domain is handed instants and never reads a clock.
package struct Instant: Hashable, Comparable, Sendable, Codable {
    package let millisecondsSince1970: Int64

    package init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    package init(from decoder: any Decoder) throws {
        millisecondsSince1970 = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(millisecondsSince1970)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.millisecondsSince1970 < rhs.millisecondsSince1970
    }

    package func advanced(bySeconds seconds: Int64) -> Self {
        Self(millisecondsSince1970: millisecondsSince1970 + seconds * 1_000)
    }

    /// Whole seconds from this instant to `other`; negative where `other` is earlier.
    package func seconds(to other: Self) -> Int64 {
        (other.millisecondsSince1970 - millisecondsSince1970) / 1_000
    }
}

/// A moment as a wall clock in one time zone shows it.
package struct LocalTime: Hashable, Sendable {
    package let date: CivilDate
    /// 0 to 23.
    package let hour: Int
    /// 0 to 59.
    package let minute: Int
    /// The zone as people write it, such as `CDT`.
    package let zone: String

    package init(date: CivilDate, hour: Int, minute: Int, zone: String) {
        self.date = date
        self.hour = hour
        self.minute = minute
        self.zone = zone
    }
}
