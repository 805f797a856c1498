import Casework
import Synchronization
package import Vocabulary

/// A clock that is set by hand and goes forward only: for the demonstration and the simulation.
///
/// Between two settings it goes on as `source` does, or stands still where `source` does.
package final class DemonstrationClock: Timekeeper {
    private struct State {
        var setTo: Instant
        var setAt: Instant
    }

    private let places: PlaceTime
    private let source: @Sendable () -> Instant
    private let state: Mutex<State>

    /// `start`: what it shows at first.
    ///
    /// `source`: what makes it go on by itself; a constant for a clock that stands still.
    package init(
        start: Instant,
        places: PlaceTime,
        source: @escaping @Sendable () -> Instant = SystemClock.instant
    ) {
        self.places = places
        self.source = source
        state = Mutex(State(setTo: start, setAt: source()))
    }

    /// Starts at `hour`:00 of a day in a state.
    package convenience init(
        on day: CivilDate,
        hour: Int,
        in state: StateCode,
        places: PlaceTime,
        source: @escaping @Sendable () -> Instant = SystemClock.instant
    ) {
        self.init(start: places.instant(day, hour, state), places: places, source: source)
    }

    package func now() -> Instant {
        let source = source()
        return state.withLock { Self.now($0, source) }
    }

    package func today(in state: StateCode) -> CivilDate { local(now(), in: state).date }

    package func local(_ instant: Instant, in state: StateCode) -> LocalTime {
        places.localTime(instant, state)
    }

    package func instant(of day: CivilDate, hour: Int, in state: StateCode) -> Instant {
        places.instant(day, hour, state)
    }

    /// Sets it to `instant` where that is later; it never goes back.
    package func set(to instant: Instant) {
        let source = source()
        state.withLock { state in
            let now = Self.now(state, source)
            state = State(setTo: max(now, instant), setAt: source)
        }
    }

    private static func now(_ state: State, _ source: Instant) -> Instant {
        let elapsed = source.millisecondsSince1970 - state.setAt.millisecondsSince1970
        return Instant(
            millisecondsSince1970: state.setTo.millisecondsSince1970 + max(0, elapsed)
        )
    }
}
