import Foundation
package import RecordExchange
package import Vocabulary

/// Turns instants into the days and times of a state's clock, and back: the edge where time
/// zones are known.
///
/// A state keeps the zone of most of its schools; the western tips of Texas and Florida are an
/// hour off by that, which moves no day of a deadline before 11 in the evening.
package struct ZoneClock: Sendable {
    private let zones: [StateCode: TimeZone]

    /// A state's zone that this machine does not know: its time zone data is missing or old.
    package struct UnknownZone: Error, Equatable, Sendable, CustomStringConvertible {
        package let state: StateCode
        package let zone: String

        package var description: String {
            "this machine has no time zone \(zone); install the package tzdata"
        }
    }

    package init(states: [StateEntry]) throws(UnknownZone) {
        var zones: [StateCode: TimeZone] = [:]
        for state in states {
            guard let zone = TimeZone(identifier: state.timeZone) else {
                throw UnknownZone(state: state.code, zone: state.timeZone)
            }
            zones[state.code] = zone
        }
        self.zones = zones
    }

    /// The day and time that clocks in a state show.
    package func localTime(at instant: Instant, in state: StateCode) -> LocalTime {
        let zone = zone(of: state)
        let offset = Self.offset(of: zone, at: instant)
        let local = Self.floorDivide(instant.millisecondsSince1970, by: 1_000) + offset
        let day = Self.floorDivide(local, by: 86_400)
        let minutes = Int(local - day * 86_400) / 60
        return LocalTime(
            date: CivilDate(dayNumber: Int(day)),
            hour: minutes / 60,
            minute: minutes % 60,
            zone: Self.abbreviation(of: zone, at: instant)
        )
    }

    /// The day it is in a state.
    package func date(at instant: Instant, in state: StateCode) -> CivilDate {
        localTime(at: instant, in: state).date
    }

    /// The instant at which clocks in a state show this day and time.
    ///
    /// A time that comes twice, when summer time ends, is the earlier one; a time that is left
    /// out, when it begins, is as long after the change as the time is after the hour left out.
    package func instant(
        on date: CivilDate,
        hour: Int = 0,
        minute: Int = 0,
        in state: StateCode
    ) -> Instant {
        let zone = zone(of: state)
        let local = Int64(date.dayNumber) * 86_400 + Int64(hour) * 3_600 + Int64(minute) * 60
        // The offsets a day before and after: no zone changes its clock twice in two days.
        let before = Self.offset(of: zone, at: Self.instant(local - 86_400))
        let after = Self.offset(of: zone, at: Self.instant(local + 86_400))
        for offset in [before, after] {
            let candidate = Self.instant(local - offset)
            if Self.offset(of: zone, at: candidate) == offset { return candidate }
        }
        return Self.instant(local - before)
    }

    // Every code has a zone once the directory is loaded; a state left out counts in UTC.
    private func zone(of state: StateCode) -> TimeZone { zones[state] ?? .gmt }

    private static func instant(_ seconds: Int64) -> Instant {
        Instant(millisecondsSince1970: seconds * 1_000)
    }

    private static func offset(of zone: TimeZone, at instant: Instant) -> Int64 {
        Int64(zone.secondsFromGMT(for: date(of: instant)))
    }

    private static func date(of instant: Instant) -> Date {
        Date(timeIntervalSince1970: Double(instant.millisecondsSince1970) / 1_000)
    }

    private static func floorDivide(_ number: Int64, by divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }

    // Foundation writes some of these as `GMT-5`, depending on the machine's language.
    private static func abbreviation(of zone: TimeZone, at instant: Instant) -> String {
        guard let names = abbreviations[zone.identifier] else {
            return zone.abbreviation(for: date(of: instant)) ?? "UTC"
        }
        return zone.isDaylightSavingTime(for: date(of: instant)) ? names.summer : names.winter
    }

    private static let abbreviations: [String: (winter: String, summer: String)] = [
        "America/New_York": ("EST", "EDT"),
        "America/Indiana/Indianapolis": ("EST", "EDT"),
        "America/Chicago": ("CST", "CDT"),
        "America/Denver": ("MST", "MDT"),
        "America/Phoenix": ("MST", "MST"),
        "America/Los_Angeles": ("PST", "PDT"),
        "America/Anchorage": ("AKST", "AKDT"),
        "Pacific/Honolulu": ("HST", "HST"),
        "America/Puerto_Rico": ("AST", "AST"),
        "America/St_Thomas": ("AST", "AST"),
        "Pacific/Guam": ("ChST", "ChST"),
        "Pacific/Saipan": ("ChST", "ChST"),
        "Pacific/Pago_Pago": ("SST", "SST"),
    ]
}
