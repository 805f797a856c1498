import Casework
import RecordExchange
import RecordLocator
import StudentRecords
import TestSupport
import Vocabulary

/// A gateway whose locator follows its store, with entries of Paloma in it.
struct HiddenHouse {
    let world: World
    let locator: LivingLocator
    let desk: Desk
    /// The Oak School asks the Maple School for Paloma's records.
    let request: RecordRequest

    static let paloma = LocatorQuery(
        name: StudentIdentity.paloma.name,
        birthDate: StudentIdentity.paloma.birthDate,
        stateStudentID: StudentIdentity.paloma.stateStudentID
    )

    init(_ entries: [LocatorEntry], of person: Person? = nil) async throws {
        world = try await World()
        locator = LivingLocator(over: world.store)
        desk = world.desk.asking(locator)
        try await world.store.write { session in
            if let person { try session.save(person) }
            try session.save(entries)
        }
        request = try await world.file()
    }

    /// The Maple School says no.
    @discardableResult
    func refuse(_ reason: ReasonCode) async throws -> Answerer {
        let answerer = try await world.open()
        try await desk.refuse(answerer.inquiry, reason: reason, note: "", by: answerer)
        return answerer
    }

    /// What a registrar of the Willow School sees who types Paloma.
    func lookedUp() async throws -> LocatedStudents {
        let draft = try await world.draft(by: Cast.outsider, place: .unknown)
        return try await desk.locate(draft.id, by: Cast.outsider.actor)
    }

    func entry(_ number: Int) async throws -> LocatorEntry? {
        try await world.store.read { try $0.locatorEntry(.numbered(number)) }
    }

    /// The entry that an inquiry put on file.
    func entry(of inquiry: Inquiry.ID) async throws -> LocatorEntry? {
        try await world.store.read { session in
            try session.locatorEntry(LocatorEntry.ID(rawValue: inquiry.rawValue))
        }
    }

    func entryCount() async throws -> Int {
        try await world.store.read { try $0.locatorEntryCount() }
    }

    /// Lines of the audit log about hiding.
    func lines() async throws -> [String] {
        try await world.everything().audit
            .filter { $0.action.hasPrefix("locator.protect") || $0.action == "locator.unprotect" }
            .map { "\($0.actor) \($0.action) \($0.subject) \($0.detail)" }
    }
}
