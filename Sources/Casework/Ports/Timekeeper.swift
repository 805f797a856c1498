package import Vocabulary

/// The clock, and the calendar day at a place.
///
/// The domain never reads a clock: it is handed what this port says. A manual one drives the
/// demonstration, the tests and the simulation.
package protocol Timekeeper: Sendable {
    func now() -> Instant
    /// The day it is in a state's main time zone.
    func today(in state: StateCode) -> CivilDate
    func local(_ instant: Instant, in state: StateCode) -> LocalTime
    /// The instant a wall clock of the state shows `hour`:00 on `day`; the first one after it
    /// where daylight saving skips that hour.
    func instant(of day: CivilDate, hour: Int, in state: StateCode) -> Instant
}

extension Instant {
    /// The day it is in Greenwich, for what belongs to no one state.
    package var dayInGreenwich: CivilDate {
        CivilDate(dayNumber: Int(millisecondsSince1970 / 86_400_000))
    }
}
