package import Vocabulary

/// The calendar of places, handed in as functions: time zones are reference data, which nothing
/// here knows.
package struct PlaceTime: Sendable {
    /// What a wall clock of the state shows at an instant.
    package let localTime: @Sendable (Instant, StateCode) -> LocalTime
    /// The first instant at or after `hour`:00 of a day in the state.
    package let instant: @Sendable (CivilDate, _ hour: Int, StateCode) -> Instant

    package init(
        localTime: @escaping @Sendable (Instant, StateCode) -> LocalTime,
        instant: @escaping @Sendable (CivilDate, _ hour: Int, StateCode) -> Instant
    ) {
        self.localTime = localTime
        self.instant = instant
    }
}
