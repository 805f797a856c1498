import ArgumentParser
import Casework
import Couriers
import Demonstration
import Glibc
import Intake
import Logging
import Operations
import RecordExchange
import ReferenceData
import Rendering
import Sealing
import ServiceLifecycle
import StudentRecords
import Vocabulary
import WebGateway

/// `mochila demo`: the whole gateway with made-up people, on loopback.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Start the gateway with a demonstration in it, on this machine only.",
        discussion: """
            Real schools, made-up people and students, a clock you move by hand, and every mail \
            shown at /demo/mail. Nothing leaves this machine.
            """
    )

    @Option(help: "Port to listen on; 0 for any free one.")
    var port = 8080

    @Option(help: "Folder for the demonstration's data; made where it is not there.")
    var data = "demo-data"

    @Option(help: "The day it is at first, as 2026-05-18.")
    var today = "2026-05-18"

    @Option(
        help: ArgumentHelp(
            "Push bundles for the school with its own server to this one: host:port:user:folder, "
                + "with its host key in DATA/partner/host_key.pub.",
            visibility: .hidden
        )
    )
    var partner: String?

    @Option(
        help: ArgumentHelp(
            "How many students one person may look up in an hour.",
            visibility: .hidden
        )
    )
    var lookups = 5_000

    @Option(
        help: "Mails a person gets one by one on a day before the rest comes as one; 3 in service."
    )
    var singleMails = 500

    @Option(
        help: ArgumentHelp(
            "Scan files for viruses by the clamd behind this socket.",
            visibility: .hidden
        )
    )
    var clamd: String?

    func validate() throws {
        guard lookups > 0 else { throw ValidationError("--lookups \(lookups): not above 0") }
        guard CivilDate(iso8601: today) != nil else {
            throw ValidationError("--today \(today): not a day of the form 2026-05-18")
        }
    }

    func run() async throws {
        let progress = Progress()
        progress.say("Mochila, a demonstration. \(DemoCast.notice)")
        progress.say("Reading the national directory …")
        let directory = try NationalDirectory.load()
        progress.say("  \(directory.schools.count) schools, \(directory.districts.count) districts")
        let zones = try ZoneClock(states: directory.states)
        let places = PlaceTime(zones)
        guard let first = CivilDate(iso8601: today) else { return }
        let place = Operations.Installation(folder: absolute(data))
        for folder in place.folders { try makeFolder(folder) }
        let start = max(
            places.instant(first, 9, DemoHall.home),
            DemoMemory.load(from: place.dataFolder) ?? Instant(millisecondsSince1970: 0)
        )
        let clock = DemonstrationClock(start: start, places: places)
        // Valid on the demonstration's first day, and today for stock tools that know the real one.
        let issued = min(start, SystemClock.instant())
        let keys = try demoKeys(in: place, at: issued)
        let root = try ResourceRoot.find()
        let logger = Logger(label: "mochila") { LineLogHandler(label: $0, level: .warning) }
        let engine = try CurlEngine()
        let maildir = Maildir(path: "\(place.folder)/mail")
        let port = try port == 0 ? FreePort.find() : port
        let base = "http://localhost:\(port)"
        let mailbox = try EmailAddress(parsing: "records@mochila.example")
        let furnishing = Furnishing(
            place: place,
            keys: keys,
            time: clock,
            places: places,
            states: directory.states,
            search: DirectorySearch(directory),
            mail: MaildirCourier(maildir: maildir),
            engine: engine,
            settings: Desk.Settings(
                baseAddress: base,
                mailFromName: "Mochila records (demonstration)",
                mailFrom: mailbox,
                lookups: LookupBudget(
                    person: .init(perHour: lookups, perDay: lookups * 4),
                    organization: .init(perHour: lookups * 3, perDay: lookups * 12)
                ),
                singleMails: max(1, singleMails)
            ),
            site: .loopback,
            about: Rendering.Installation(
                name: "Mochila demonstration",
                host: "localhost:\(port)",
                phone: "1-800-555-0100",
                email: mailbox.description
            ),
            renderer: try Renderer(templates: root.templates),
            scribe: FormatRoom(
                codes: try StandardCodes.load(),
                // States entered theirs on a page.
                plans: []
            ),
            uploads: UploadForm.Limits(),
            sessions: SessionLimits(staffIdle: 12 * 3_600),
            logger: logger,
            scanner: clamd.map { VirusScanner(socket: $0) },
            demoBar: {
                let today = clock.today(in: DemoHall.home)
                let july = DemoHall.july.flatMap { today < $0 ? $0 : nil }
                return DemoBar(today: today, july: july)
            },
            sampleMapping: try SampleMapping.read(from: root.templates)
        )
        progress.say("Opening the store in \(place.dataFolder) …")
        let house = try await House(furnishing)
        try await DemoSeed(house: house, directory: directory) { progress.say("  " + $0) }.plant()
        try await plantChannel(house, keys, place, at: issued)
        try await DemoPartner(
            house: house,
            keys: keys,
            place: place,
            fetches: partner == nil
        ).plant(at: issued)
        try await house.locator.load()
        // A restart must not go back behind what is on file.
        if let last = try await house.desk.store.read({ try $0.lastAuditEntry() }) {
            clock.set(to: last.at.advanced(bySeconds: 1))
        }
        let systems = try await DemoSystems(desk: house.desk).keys()
        let hall = DemoHall(house: house, clock: clock, maildir: maildir)
        let people = DemoCast.people
        let server = GatewayServer(
            gateway: house.gateway(demo: hall.stage),
            settings: ServerSettings(port: port),
            identity: nil,
            logger: logger
        ) { port in
            progress.say("")
            progress.say("Ready: http://localhost:\(port)")
            progress.say("Mail:  http://localhost:\(port)/demo/mail")
            progress.say("Sign in with the password \(DemoSeed.password) as")
            for person in people {
                progress.say("  \(person.email)  \(person.name), \(person.role.rawValue)")
            }
            progress.say("Programming interface: http://localhost:\(port)/api/v1/openapi.json")
            for (name, key) in systems { progress.say("  \(name): \(key.revealed)") }
            progress.say("The sign-in page shows the second factor's code. Stop with Ctrl-C.")
        }
        try await Household(
            server: server,
            loop: house.loop,
            feeds: house.feeds,
            many: house.many,
            housekeeping: house.housekeeping(uploadHours: 24),
            dropRoom: house.dropRoom,
            feedDrops: house.feedDrops,
            locator: house.locator,
            desk: house.desk,
            logger: logger,
            folder: place.dataFolder
        ).run()
    }

    /// The demonstration's own authority and keys: made at the first start, never shipped.
    private func demoKeys(
        in place: Operations.Installation,
        at instant: Instant
    ) throws -> GatewayKeys {
        if exists("\(place.keysFolder)/ca.pem") {
            return try GatewayKeys.load(from: place.keysFolder)
        }
        return try GatewayKeys.create(
            in: place.keysFolder,
            organization: "Mochila demonstration",
            at: instant
        )
    }

    /// The school with its own certificate, and its own server where one is named.
    private func plantChannel(
        _ house: House,
        _ keys: GatewayKeys,
        _ place: Operations.Installation,
        at instant: Instant
    ) async throws {
        let folder = "\(place.folder)/partner"
        try makeFolder(folder)
        if !exists("\(folder)/school.pem") {
            try keys.issuePartner(
                commonName: "Watsonville High School (demonstration)",
                organization: "Pajaro Valley Unified (demonstration)",
                kind: .p256,
                at: instant
            ).write(into: folder, named: "school")
        }
        let certificate = try Certificate(contentsOf: "\(folder)/school.pem")
        let destination = try partner.map { try PartnerOption.parse($0, folder: folder) }
        let channel = Channel(
            organization: .school(DemoCast.channelSchool),
            certificatePEM: try certificate.pem,
            sftp: destination
        )
        try await house.desk.store.write { try $0.save(channel) }
    }
}

/// `host:port:user:folder`, for the demonstration's one partner.
enum PartnerOption {
    static func parse(_ text: String, folder: String) throws -> SFTPDestination {
        let fields = text.split(separator: ":", maxSplits: 3).map(String.init)
        guard fields.count == 4, let port = Int(fields[1]) else {
            throw ValidationError("--partner \(text): not host:port:user:folder")
        }
        guard let line = try readLines("\(folder)/host_key.pub").first else {
            throw ValidationError("\(folder)/host_key.pub is empty")
        }
        // The file may end in a comment; the directory holds type and key only.
        let key = line.split(separator: " ").prefix(2).joined(separator: " ")
        return SFTPDestination(
            host: fields[0],
            port: port,
            user: fields[2],
            folder: fields[3],
            hostKey: key,
            keyName: "partner",
            reachesPrivate: true
        )
    }
}
