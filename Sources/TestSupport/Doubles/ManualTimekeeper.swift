import Casework
import Synchronization
package import Vocabulary

/// A clock that stands still until it is moved.
///
/// Its zones are fixed offsets, so a test never depends on the machine's zone data or on daylight
/// saving: Pacific states seven hours behind UTC, Eastern ones four, all others five.
package final class ManualTimekeeper: Timekeeper {
    private let current: Mutex<Instant>

    /// Starts at `hour` o'clock in Texas.
    package init(day: CivilDate, hour: Int = 9) {
        current = Mutex(Self.instant(day: day, hour: hour, offset: -5))
    }

    package init(at instant: Instant) {
        current = Mutex(instant)
    }

    package func advance(bySeconds seconds: Int64) {
        current.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }

    /// Moves to `hour` o'clock in Texas on `day`, forward or back.
    package func move(to day: CivilDate, hour: Int = 9) {
        current.withLock { $0 = Self.instant(day: day, hour: hour, offset: -5) }
    }

    package func now() -> Instant { current.withLock(\.self) }

    package func today(in state: StateCode) -> CivilDate { local(now(), in: state).date }

    package func local(_ instant: Instant, in state: StateCode) -> LocalTime {
        let (offset, zone) = Self.zone(of: state)
        let seconds = Self.floorDivide(instant.millisecondsSince1970, 1_000) + offset * 3_600
        let day = Self.floorDivide(seconds, 86_400)
        let second = seconds - day * 86_400
        return LocalTime(
            date: CivilDate(dayNumber: Int(day)),
            hour: Int(second / 3_600),
            minute: Int(second % 3_600 / 60),
            zone: zone
        )
    }

    package func instant(of day: CivilDate, hour: Int, in state: StateCode) -> Instant {
        Self.instant(day: day, hour: hour, offset: Self.zone(of: state).offset)
    }

    private static func instant(day: CivilDate, hour: Int, offset: Int64) -> Instant {
        let seconds = Int64(day.dayNumber) * 86_400 + (Int64(hour) - offset) * 3_600
        return Instant(millisecondsSince1970: seconds * 1_000)
    }

    private static func zone(of state: StateCode) -> (offset: Int64, name: String) {
        switch state.description {
        case "CA", "WA", "OR", "NV": (-7, "PDT")
        case "FL", "MI", "GA", "NC", "NY", "OH", "PA": (-4, "EDT")
        default: (-5, "CDT")
        }
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
