import ArgumentParser
import Casework
import Logging
import Operations
import Sealing
import Vocabulary
import WebGateway

/// `mochila serve`: a real gateway.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run an installation's gateway."
    )

    @OptionGroup var installation: InstallationOption

    @Flag(help: "Read the configuration, say what is wrong with it, and stop.")
    var checkConfig = false

    func run() async throws {
        let configuration = try installation.configuration()
        if checkConfig {
            print("The configuration can be used.")
            return
        }
        let house = try await installation.open(configuration)
        let progress = Progress()
        try await house.locator.load { read, all in
            progress.say("locator entries read: \(read) of \(all)")
        }
        try await house.dropOffice.update()
        let identity = try configuration.tls.map {
            try TLSIdentity(certificateFile: $0.certificate, keyFile: $0.key)
        }
        let logger = house.furnishing.logger
        let address = configuration.baseAddress
        let server = GatewayServer(
            gateway: house.gateway(demo: nil),
            settings: ServerSettings(
                host: configuration.listen.host,
                port: configuration.listen.port,
                limits: configuration.connectionLimits
            ),
            identity: identity,
            logger: logger
        ) { port in
            logger.notice("listening", metadata: ["port": "\(port)"])
            progress.say("Ready: \(address)")
        }
        let certificateServer = configuration.listen.certificatePort.map { port in
            GatewayServer(
                gateway: house.gateway(demo: nil),
                settings: ServerSettings(
                    host: configuration.listen.host,
                    port: port,
                    limits: configuration.connectionLimits
                ),
                identity: identity,
                audience: .systemsWithCertificates,
                logger: logger
            ) { port in
                logger.notice("listening for certificates", metadata: ["port": "\(port)"])
            }
        }
        try await Household(
            server: server,
            certificateServer: certificateServer,
            loop: house.loop,
            feeds: house.feeds,
            many: house.many,
            housekeeping: house.housekeeping(
                uploadHours: Int64(configuration.retention.unansweredUploadHours),
                watch: OperatorWatch(
                    desk: house.desk,
                    place: house.furnishing.place,
                    backupDays: configuration.backupReminderDays,
                    certificateEnds: house.certificateEnds(tls: configuration.tls?.certificate)
                )
            ),
            dropRoom: house.dropRoom,
            feedDrops: house.feedDrops,
            locator: house.locator,
            desk: house.desk,
            logger: logger,
            folder: house.furnishing.place.dataFolder
        ).run()
    }
}
