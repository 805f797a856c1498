import Casework
import Glibc
package import Vocabulary

/// The machine's clock.
package struct SystemClock: Timekeeper {
    private let places: PlaceTime

    package init(places: PlaceTime) {
        self.places = places
    }

    package func now() -> Instant { Self.instant() }

    package func today(in state: StateCode) -> CivilDate { local(now(), in: state).date }

    package func local(_ instant: Instant, in state: StateCode) -> LocalTime {
        places.localTime(instant, state)
    }

    package func instant(of day: CivilDate, hour: Int, in state: StateCode) -> Instant {
        places.instant(day, hour, state)
    }

    package static let instant: @Sendable () -> Instant = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(
            millisecondsSince1970: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
        )
    }
}
