import Casework

extension MemoryCaseSession {
    func lookups(of holder: LookupHolder, since hour: Int64) throws -> [LookupHour] {
        state.lookups.values.filter { $0.hour >= hour && $0.holder == holder }
            .sorted { $0.hour < $1.hour }
    }

    func lookups(since hour: Int64) throws -> [LookupHour] {
        state.lookups.values.filter { $0.hour >= hour }
            .sorted { ($0.hour, $0.holder.description) < ($1.hour, $1.holder.description) }
    }

    func save(_ hour: LookupHour) throws {
        try change { state in
            state.lookups["\(hour.holder) \(hour.hour)"] = hour
            let first = hour.hour - 366 * 24
            guard state.lookups.values.contains(where: { $0.hour < first }) else { return }
            state.lookups = state.lookups.filter { $0.value.hour >= first }
        }
    }
}
