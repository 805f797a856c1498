import Casework
import GRDB
import Glibc
import Persistence
import RecordExchange
import RecordLocator
import Rendering
import SQLiteDatabase
import Sealing
import StudentRecords
import TestSupport
import Vocabulary

/// Files requests as the program does, with its letters, its encryption and its database on the
/// disk, and beside it commits single rows to bare SQLite with the same durability.
struct FilingFigure {
    let folder: String
    let templates: String
    let rounds = 3
    let alone = 300
    let together = 1_600
    let tasks = 32

    struct Result {
        var filedAlone: Double
        var filedTogether: Double
        var bareAlone: Double
        var bareTogether: Double
        /// Filed by one task at a school that has so many open requests already.
        var filedBusy: Double
        var busy: Int
    }

    func run() async throws -> Result {
        var results: [Result] = []
        for round in 0..<rounds {
            let bench = try await FilingBench(folder: "\(folder)/\(round)", templates: templates)
            let drafts = try await bench.drafts(alone + together)
            let bare = try BareCommits(path: "\(folder)/\(round)/bare.sqlite")
            let bareAlone = try await rate(alone, tasks: 1) { _ in try await bare.commit() }
            let filedAlone = try await rate(alone, tasks: 1) { position in
                try await bench.file(drafts[position])
            }
            let bareTogether = try await rate(together, tasks: tasks) { _ in
                try await bare.commit()
            }
            let filedTogether = try await rate(together, tasks: tasks) { [alone] position in
                try await bench.file(drafts[alone + position])
            }
            let crowd = try await bench.drafts(1_100, at: 0)
            for draft in crowd.prefix(1_000) { try await bench.file(draft) }
            let filedBusy = try await rate(100, tasks: 1) { position in
                try await bench.file(crowd[1_000 + position])
            }
            results.append(
                Result(
                    filedAlone: filedAlone,
                    filedTogether: filedTogether,
                    bareAlone: bareAlone,
                    bareTogether: bareTogether,
                    filedBusy: filedBusy,
                    busy: 1_000
                )
            )
        }
        return Result(
            filedAlone: results.map(\.filedAlone).median,
            filedTogether: results.map(\.filedTogether).median,
            bareAlone: results.map(\.bareAlone).median,
            bareTogether: results.map(\.bareTogether).median,
            filedBusy: results.map(\.filedBusy).median,
            busy: 1_000
        )
    }
}

/// A store on the disk with schools that ask and one that is asked.
struct FilingBench {
    private let desk: Desk
    private let schools: [School]

    struct Surprise: Error {}

    init(folder: String, templates: String) async throws {
        mkdir(folder, 0o700)
        let database = try SQLiteFile(path: "\(folder)/store.sqlite")
        let store = try await SQLCaseStore.opened(
            database,
            fields: FieldCipher(keys: MasterKeys.ephemeral())
        )
        desk = try Self.desk(over: store, templates: templates)
        schools = (0..<100).map { number in
            let id = "4800001\(10_000 + number)"
            return School(
                id: known(SchoolID(id), id),
                name: "Oak School \(number)",
                district: School.oak.district,
                districtName: School.oak.districtName,
                city: School.oak.city,
                state: School.oak.state
            )
        }
        let schools = schools
        try await store.write { session in
            try session.save(StateEntry.trees)
            try session.save(School.trees.map(District.of))
            try session.save(School.trees + schools)
            try session.save(Contact.sample(1, of: School.maple.organization))
            try session.save(SchoolCalendar.ordinary, of: School.maple.organization)
            for number in schools.indices {
                try session.save(Self.account(number, at: schools[number]))
            }
        }
    }

    /// The use cases as the program has them, with its letters, on a day in May.
    static func desk(over store: SQLCaseStore, templates: String) throws -> Desk {
        let about = Installation(
            name: "Benchmark",
            host: "records.example",
            phone: "(555)010-0100",
            email: "records@mochila.example"
        )
        return Desk(
            store: store,
            time: ManualTimekeeper(day: .on("2026-05-18")),
            secrets: SystemSecrets(),
            passwords: PlainPasswords(),
            oneTimeCodes: TimeBasedCodes(),
            letters: LetterBook(renderer: try Renderer(templates: templates), installation: about),
            finder: NobodyFinder(),
            settings: Desk.Settings(
                baseAddress: "https://records.example",
                mailFromName: "Benchmark",
                mailFrom: .of("records", at: "mochila")
            )
        )
    }

    /// Complete drafts, spread over the schools; or all of one.
    func drafts(_ count: Int, at only: Int? = nil) async throws -> [RequestDraft] {
        var drafts: [RequestDraft] = []
        for number in 0..<count {
            let place = only ?? number % schools.count
            let actor = Actor(Self.account(place, at: schools[place]))
            var draft = try await desk.startDraft(for: nil, by: actor)
            draft.given = only == nil ? "Paloma" : "Mara"
            draft.paternalSurname = Self.word(number)
            draft.maternalSurname = "Ejemplo"
            (draft.birthMonth, draft.birthDay, draft.birthYear) = ("3", "9", "2011")
            draft.place = .school(School.maple.id)
            draft.uses = [.enrollment]
            try await desk.save(draft, by: actor)
            drafts.append(draft)
        }
        return drafts
    }

    func file(_ draft: RequestDraft) async throws {
        guard let place = schools.firstIndex(where: { $0.id == draft.requester }) else {
            throw Surprise()
        }
        let actor = Actor(Self.account(place, at: schools[place]))
        guard case .filed = try await desk.fileRequest(draft.id, by: actor) else {
            throw Surprise()
        }
    }

    private static func account(_ number: Int, at school: School) -> StaffAccount {
        StaffAccount(
            id: .numbered(1_000 + number),
            email: .of("registrar\(number)", at: "oak"),
            name: "Rosa Registro",
            title: "Registrar",
            memberships: [.init(role: .registrar, organization: school.organization)],
            status: .active,
            createdAt: .noon("2026-01-12")
        )
    }

    /// A surname of its own for every number.
    private static func word(_ number: Int) -> String {
        "P" + String(String(number).utf8.map { Character(Unicode.Scalar($0 + 49)) })
    }
}

private struct NobodyFinder: RecordFinder {
    func find(_ query: LocatorQuery) async -> LocatorAnswer {
        fatalError("filing looks for nobody")
    }

    func add(_ entries: [LocatorEntry]) async {}

    func areGuarded(_ queries: [LocatorQuery]) async -> [Bool] { queries.map { _ in false } }
    func guards(of entries: [LocatorEntry]) async -> [[LocatorEntry]?] {
        entries.map { _ in nil }
    }
    func hanging(on query: LocatorQuery) async -> [LocatorEntry] { [] }
    func takeUp() async -> Int64 { 0 }
}

/// One row a transaction, WAL, `synchronous=FULL`.
private struct BareCommits {
    private let pool: DatabasePool

    struct NotDurable: Error {}

    init(path: String) throws {
        pool = try DatabasePool(path: path)
        // A pool begins with NORMAL, whatever its configuration asked for.
        let level = try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "CREATE TABLE row(id INTEGER PRIMARY KEY, body BLOB)")
            return try Int.fetchOne(database, sql: "PRAGMA synchronous")
        }
        guard level == 2 else { throw NotDurable() }
    }

    func commit() async throws {
        try await pool.write { database in
            try database.execute(sql: "INSERT INTO row(body) VALUES (randomblob(200))")
        }
    }
}
