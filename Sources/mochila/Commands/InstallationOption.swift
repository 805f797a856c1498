import ArgumentParser
import Casework
import Couriers
import Glibc
import Intake
import Logging
import Operations
import RecordExchange
import RecordFormats
import ReferenceData
import Rendering
import Sealing
import StudentRecords
import Vocabulary
import WebGateway

/// Which installation a command is about.
struct InstallationOption: ParsableArguments {
    @Option(name: .customLong("at"), help: "The installation's folder, made by `mochila init`.")
    var folder = "."

    var place: Operations.Installation { Operations.Installation(folder: absolute(folder)) }

    /// The configuration; every problem at once where it cannot be used.
    func configuration() throws -> Configuration {
        let path = place.configurationFile
        guard exists(path) else {
            throw UsageFailure(
                "There is no \(path). Make an installation with: mochila init \(folder)"
            )
        }
        let yaml = try readLines(path).joined(separator: "\n")
        do {
            return try Configuration.read(yaml: yaml, folder: place.folder)
        } catch {
            throw UsageFailure("\(path) cannot be used:\n\(error)")
        }
    }

    /// Everything of a real gateway, ready to serve or to be asked.
    func open(_ configuration: Configuration) async throws -> House {
        let place = Operations.Installation(
            folder: place.folder,
            dataFolder: configuration.dataFolder
        )
        let keys = try GatewayKeys.load(from: place.keysFolder)
        let directory = try NationalDirectory.load()
        let places = PlaceTime(try ZoneClock(states: directory.states))
        let root = try ResourceRoot.find(configured: configuration.shareFolder)
        let level = Logger.Level(rawValue: configuration.logLevel.rawValue) ?? .notice
        let logger = Logger(label: "mochila") { LineLogHandler(label: $0, level: level) }
        for path in try keys.unreadableCertificates() {
            logger.warning(
                "an old certificate cannot be read: what it signed cannot be checked",
                metadata: ["file": "\(path)"]
            )
        }
        let engine = try CurlEngine()
        for folder in place.folders { try makeFolder(folder) }
        return try await House(
            Furnishing(
                place: place,
                keys: keys,
                time: SystemClock(places: places),
                places: places,
                states: directory.states,
                search: DirectorySearch(directory),
                mail: SMTPCourier(engine: engine, server: try configuration.mailServer),
                engine: engine,
                settings: Desk.Settings(
                    baseAddress: configuration.baseAddress,
                    mailFromName: configuration.mail.fromName,
                    mailFrom: configuration.mail.from,
                    lookups: LookupBudget(configuration.locator),
                    faxSenders: configuration.mail.faxSenders
                ),
                site: SiteAddress(
                    hosts: [configuration.publicHost],
                    isSecure: configuration.tls != nil
                ),
                about: Rendering.Installation(
                    name: configuration.mail.fromName,
                    host: configuration.publicHost,
                    phone: configuration.helpPhone ?? "",
                    email: configuration.mail.from.description
                ),
                renderer: try Renderer(templates: root.templates),
                scribe: FormatRoom(
                    codes: try StandardCodes.load(),
                    plans: try PlanShelf.load(configuration.graduationPlans),
                    schema: configuration.transcriptSchema.map(TranscriptSchema.init)
                ),
                uploads: UploadForm.Limits(
                    total: configuration.uploads.largestAnswer,
                    file: configuration.uploads.largestFile,
                    files: configuration.uploads.filesPerAnswer
                ),
                sessions: SessionLimits(
                    staffIdle: configuration.sessions.staffIdle,
                    staffAbsolute: configuration.sessions.staff,
                    secondFactor: configuration.sessions.secondFactor,
                    answerLink: configuration.sessions.answerLink
                ),
                logger: logger,
                scanner: configuration.scannerSocket.map { VirusScanner(socket: $0) },
                demoBar: { nil },
                sampleMapping: try SampleMapping.read(from: root.templates)
            )
        )
    }
}

/// A refusal in words for the person at the terminal, without a usage text behind it.
struct UsageFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension LookupBudget {
    fileprivate init(_ locator: Configuration.Locator) {
        self.init(
            person: Share(perHour: locator.personPerHour, perDay: locator.personPerDay),
            organization: Share(perHour: locator.schoolPerHour, perDay: locator.schoolPerDay)
        )
    }
}

extension Configuration {
    var mailServer: MailServer {
        get throws {
            let protection: MailServer.Protection =
                switch mail.security {
                case .startTLS: .startTLS
                case .tls: .implicitTLS
                case .none: .none
                }
            return try MailServer(
                host: mail.host,
                port: mail.port,
                protection: protection,
                user: mail.signIn?.user,
                password: mail.signIn?.password,
                authoritiesFile: mail.authoritiesFile,
                helloName: publicHost
            )
        }
    }

    var connectionLimits: ConnectionLimits {
        ConnectionLimits(
            handshake: deadlines.handshake,
            head: deadlines.header,
            idle: deadlines.idle,
            bodyGrace: deadlines.bodyStall,
            bodyRate: deadlines.bodyBytesPerSecond,
            writeStall: deadlines.responseStall,
            connectionsPerAddress: deadlines.connectionsPerAddress,
            connections: deadlines.connections
        )
    }
}
