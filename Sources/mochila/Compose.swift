import Casework
import Couriers
import Intake
import Logging
import Operations
import Persistence
import RecordExchange
import RecordLocator
import ReferenceData
import Rendering
import SQLiteDatabase
import Sealing
import Vocabulary
import WebGateway

/// What differs between a real gateway and the demonstration.
struct Furnishing {
    let place: Operations.Installation
    let keys: GatewayKeys
    let time: any Timekeeper
    let places: PlaceTime
    let states: [StateEntry]
    let search: DirectorySearch
    let mail: any MailCourier
    let engine: CurlEngine
    let settings: Desk.Settings
    let site: SiteAddress
    let about: Rendering.Installation
    let renderer: Renderer
    let scribe: FormatRoom
    let uploads: UploadForm.Limits
    let sessions: SessionLimits
    let logger: Logger
    /// `nil` where nothing is scanned.
    let scanner: VirusScanner?
    let demoBar: @Sendable () -> DemoBar?
    /// The mapping that the page for feeds shows at first.
    let sampleMapping: String
}

/// A gateway with everything in it: made here and nowhere else.
struct House {
    let desk: Desk
    let database: SQLiteFile
    let locator: LivingLocator
    let inbox: Inbox
    let worker: OutboxWorker
    let loop: BackgroundLoop
    let frame: PageFrame
    let feeds: FeedWorker
    let many: AnswerWorker
    let furnishing: Furnishing
    let sessionDesk: SessionDesk
    let dropOffice: DropOffice
    let dropRoom: DropRoom
    let receipts: ReceiptRoom
    let feedDrops: FeedDropRoom
    private let sealing: SealingRoom

    init(_ furnishing: Furnishing) async throws {
        self.furnishing = furnishing
        let place = furnishing.place
        let secrets = SystemSecrets()
        let vault = FileVault(keys: furnishing.keys.master)
        database = try SQLiteFile(path: place.databaseFile)
        let rows = try await SQLCaseStore.opened(
            database,
            fields: FieldCipher(keys: furnishing.keys.master)
        )
        let bell = Bell()
        locator = LivingLocator(over: rows)
        inbox = try Inbox(directory: place.filesFolder, protection: vault, secrets: secrets)
        desk = Desk(
            store: WakingStore(store: rows, bell: bell),
            time: furnishing.time,
            secrets: secrets,
            passwords: ScryptPasswords(),
            oneTimeCodes: TimeBasedCodes(),
            letters: LetterBook(renderer: furnishing.renderer, installation: furnishing.about),
            finder: locator,
            settings: furnishing.settings
        )
        sealing = SealingRoom(
            keys: furnishing.keys,
            inbox: inbox,
            vault: vault,
            renderer: furnishing.renderer,
            scribe: furnishing.scribe,
            enteredPlans: { [desk] places in
                try await desk.graduationPlans(at: places)
            },
            folder: place.bundlesFolder,
            checkHost: furnishing.about.host,
            baseAddress: furnishing.settings.baseAddress,
            states: furnishing.states,
            time: furnishing.time,
            scanner: furnishing.scanner
        )
        let drop = PartnerDrop(root: place.dropFolder)
        dropOffice = DropOffice(
            store: desk.store,
            drop: drop,
            program: Tool.sibling("mochila-sftp")
        )
        receipts = ReceiptRoom(
            desk: desk,
            drop: drop,
            keys: furnishing.keys,
            logger: furnishing.logger
        )
        feedDrops = FeedDropRoom(
            desk: desk,
            drop: drop,
            inbox: inbox.ofAnyBytes,
            receipts: receipts,
            logger: furnishing.logger
        )
        worker = OutboxWorker(
            desk: desk,
            mail: furnishing.mail,
            bundles: PartnerCourier(
                sftp: SFTPCourier(
                    engine: furnishing.engine,
                    keysFolder: place.sftpKeysFolder,
                    workFolder: place.workFolder
                ),
                https: HTTPSBundleCourier(
                    engine: furnishing.engine,
                    // Read for each push: a renewed one is used from then on.
                    identity: { [keys = furnishing.keys] in try keys.clientIdentity() }
                )
            ),
            assembler: sealing,
            webhooks: HTTPSWebhookCourier(engine: furnishing.engine)
        )
        dropRoom = DropRoom(
            desk: desk,
            drop: drop,
            inbox: inbox,
            bundles: try SealedBundleDrop(directory: place.incomingFolder, secrets: secrets),
            keys: furnishing.keys,
            vault: vault,
            sealing: sealing,
            receipts: receipts,
            feeds: feedDrops,
            inspect: { [worker] in await worker.inspect($0) },
            workFolder: place.workFolder,
            logger: furnishing.logger
        )
        loop = BackgroundLoop(
            work: BackgroundWork(desk: desk, worker: worker),
            logger: furnishing.logger
        )
        let loop = loop
        bell.connect { loop.wake() }
        feeds = FeedWorker(desk: desk, drop: inbox.ofAnyBytes)
        many = AnswerWorker(
            AnswersFromFiles(
                desk: desk,
                uploads: inbox,
                drop: inbox,
                scribe: furnishing.scribe
            ),
            desk: desk,
            drop: inbox
        )
        frame = PageFrame(
            renderer: furnishing.renderer,
            installation: furnishing.about,
            demoBar: furnishing.demoBar
        )
        sessionDesk = SessionDesk(
            store: SQLSessionStore(database),
            secrets: secrets,
            limits: furnishing.sessions,
            now: SystemClock.instant
        )
    }

    /// The web application, with the routes of the demonstration where there is one.
    func gateway(demo: DemoStage?) -> Gateway {
        let desk = desk
        let cookies = SessionCookies(isSecure: furnishing.site.isSecure)
        let limits = TryLimits(now: SystemClock.instant)
        let search = furnishing.search
        let schools = SchoolFinder(
            states: furnishing.states,
            custodians: { try await desk.custodians(of: $0) },
            search: { question, limit in search.search(question, limit: limit) }
        )
        let answers = AnswerRoom(
            desk: desk,
            drop: inbox,
            schools: schools,
            limits: furnishing.uploads,
            scribe: furnishing.scribe,
            inspect: { [worker] in await worker.inspect($0) }
        )
        let pages = Gateway.Pages(
            open: OpenRoom(
                desk: desk,
                frame: frame,
                schools: schools,
                sessions: sessionDesk,
                cookies: cookies,
                limits: limits,
                receipts: receipts,
                proofs: ProofRoom(desk: desk, keys: furnishing.keys),
                demo: demo
            ),
            secondFactor: SecondFactorRoom(
                desk: desk,
                frame: frame,
                sessions: sessionDesk,
                cookies: cookies,
                limits: limits,
                demo: demo
            ),
            link: LinkRoom(
                answers: answers,
                frame: frame,
                sessions: sessionDesk,
                cookies: cookies
            ),
            staff: StaffRoom(
                desk: desk,
                frame: frame,
                schools: schools,
                answers: answers,
                sessions: sessionDesk,
                cookies: cookies,
                files: sealing,
                feeds: FeedFloor(
                    worker: feeds,
                    drop: inbox.ofAnyBytes,
                    limits: furnishing.uploads,
                    sampleMapping: furnishing.sampleMapping,
                    readMapping: { text in
                        do {
                            return .success(try FeedMappingFile.read(yaml: text))
                        } catch {
                            return .failure(.init(reason: String(describing: error)))
                        }
                    }
                ),
                many: many,
                copies: FamilyCopyRoom(
                    sealing: sealing,
                    workFolder: furnishing.place.workFolder
                ),
                limits: limits
            ),
            systems: SystemGate(
                pages: SystemRoom(
                    desk: desk,
                    schools: schools,
                    answers: answers,
                    drop: inbox,
                    pieces: inbox.ofAnyBytes,
                    bundles: dropRoom,
                    files: sealing,
                    limits: furnishing.uploads
                ),
                caller: { try await desk.system(showing: $0) },
                certified: { der in
                    guard let certificate = try? Certificate(der: der) else { return nil }
                    return try await desk.system(showing: certificate.shown)
                },
                calls: RateLimiter(tries: 600, perSeconds: 60, now: SystemClock.instant),
                // A key is too long to be guessed; this only makes noise wait. A system that calls
                // each address once with a dead key is told 401 everywhere, and not to be patient.
                guesses: RateLimiter(tries: 60, perSeconds: 60, now: SystemClock.instant),
                limits: furnishing.uploads
            ),
            failures: FailureRoom(frame: frame)
        )
        return Gateway(
            site: furnishing.site,
            pages: pages,
            desk: sessionDesk,
            person: { id in
                guard let (actor, account) = try await desk.actor(id) else { return nil }
                var name = ""
                if let organization = account.memberships.first?.organization {
                    name = try await desk.name(of: organization)
                }
                return SessionPerson(
                    actor: actor,
                    organizationName: name,
                    language: account.language
                )
            },
            secrets: desk.secrets,
            isDemonstration: demo != nil,
            logger: furnishing.logger
        )
    }

    /// Where mail comes in: what is attached goes the way of an upload, and is scanned at once.
    var mailSlot: MailSlot {
        let inbox = inbox
        guard let scanner = furnishing.scanner else {
            return MailSlot(desk: desk, drop: inbox, finding: nil)
        }
        return MailSlot(desk: desk, drop: inbox) { file in
            switch try scanner.scan(try inbox.open(file)) {
            case .clean: nil
            case .found(let name): name
            }
        }
    }

    /// What is tidied while the gateway runs.
    ///
    /// `watch`: who looks for what an operator must know.
    func housekeeping(uploadHours: Int64, watch: OperatorWatch? = nil) -> Housekeeping {
        Housekeeping(
            [
                .init("the operator's watch") {
                    try await watch?.look(at: SystemClock.instant())
                },
                .init("uploads") { try await sweepUploads(olderThanHours: uploadHours) },
                .init("the drop") { try dropRoom.drop.sweep(at: SystemClock.instant()) },
                .init("resumable uploads") {
                    for file in try await desk.forgetExpiredUploads() { try? inbox.remove(file) }
                },
                .init("files that came by mail") {
                    for file in try await desk.forgetMailedFiles() { try? inbox.remove(file) }
                },
                .init("the quarantine") { try await tidyQuarantine() },
                .init("keys and idempotency keys") { try await desk.forgetOldSystemRows() },
                .init("claims that nobody confirmed") {
                    try await desk.forgetUnconfirmedClaims()
                },
                .init("stopped webhooks") { try await desk.forgetStoppedWebhooks() },
                .init("sessions") { _ = try await sessionDesk.sweep() },
            ],
            logger: furnishing.logger
        )
    }

    /// Puts each locked file where it belongs, after an end in between, and destroys what nobody
    /// decided on.
    private func tidyQuarantine() async throws {
        for file in try await desk.forgetQuarantined() { try inbox.remove(file) }
        for locked in try await desk.everythingLocked() {
            if locked.releasedAt == nil {
                try inbox.lockAway(locked.id)
            } else {
                try inbox.unlock(locked.id)
            }
        }
    }

    /// Takes away uploads that no answer refers to and that are older than `hours`.
    private func sweepUploads(olderThanHours hours: Int64) async throws {
        let kept = try await desk.store.read { try $0.filesInUse() }
        _ = try inbox.sweep(
            olderThan: SystemClock.instant().advanced(bySeconds: -hours * 3_600),
            keeping: Set(kept.compactMap { DroppedFile.ID($0) })
        )
    }
}
