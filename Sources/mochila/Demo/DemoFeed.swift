import Casework
import Demonstration
import Operations
import RecordExchange

/// A state system of the demonstration, and an extract of it with rows that cannot be used.
struct DemoFeed {
    let house: House
    let place: Operations.Installation

    static let account = "florida-agency"
    static let system = "florida-extract"
    static let owner = DemoCast.extractOwner

    /// Registers the system, once, and writes the extract to `feeds` in the demonstration's folder.
    func plant() async throws {
        let folder = "\(place.folder)/feeds"
        try makeFolder(folder)
        let path = "\(folder)/\(Self.system).snapshot.csv"
        if !exists(path) { try FeedOnDisk.write(DemoCast.extract, to: path) }
        let systems = try await house.desk.sourceSystems(by: .operator)
        guard !systems.contains(where: { $0.name == Self.system }) else { return }
        try await house.desk.registerSourceSystem(
            named: Self.system,
            owner: Self.owner,
            mapping: try FeedMappingFile.read(yaml: house.furnishing.sampleMapping),
            by: .operator
        )
    }
}
