import ArgumentParser
import Casework
import Couriers
import Glibc
import Intake
import Operations
import PaperFormat
import Persistence
import RecordExchange
import SQLiteDatabase
import Sealing
import Vocabulary

/// `mochila doctor`: names every fault with its cure.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look over an installation and name every fault with its cure."
    )

    @OptionGroup var installation: InstallationOption

    @Flag(help: "For programs: one JSON object.")
    var json = false

    func run() async throws {
        let report = DoctorReport(try await findings())
        print(json ? report.json : report.lines.joined(separator: "\n"))
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }

    private func findings() async throws -> [Finding] {
        let configuration: Configuration
        do { configuration = try installation.configuration() } catch {
            return [.fault("configuration", "\(error)", cure: "Correct the file and run again.")]
        }
        let place = Operations.Installation(
            folder: installation.place.folder,
            dataFolder: configuration.dataFolder
        )
        let now = SystemClock.instant()
        var findings = PlaceChecks.permissions(of: place.folders, user: getuid())
        findings.append(
            PlaceChecks.disk(at: place.dataFolder, space: FileFacts.space(at: place.dataFolder))
        )
        let root = Result { () throws(ResourceRoot.NotFound) in
            try ResourceRoot.find(configured: configuration.shareFolder)
        }
        findings.append(PlaceChecks.templates(root))
        findings += keyFindings(place, configuration, now)
        findings.append(PlaceChecks.opener(Self.opener()))
        findings.append(PlaceChecks.scanner(configuration.scannerSocket.map(Self.scanner)))
        findings.append(
            PlaceChecks.transcriptSchema(configuration.transcriptSchema.map(TranscriptTrial.run))
        )
        findings.append(PlaceChecks.graduationPlans(Self.plans(configuration)))
        findings.append(ServiceChecks.addresses(configuration))
        findings.append(await mailFinding(configuration))
        findings += await storeFindings(place, configuration, now)
        return findings
    }

    private static func clientDates(
        _ dates: Result<CertificateChecks.Dates, CheckTrouble>,
        _ now: Instant
    ) -> Finding {
        CertificateChecks.dates(
            "client-certificate",
            dates,
            now: now,
            renewal: "Make a new one with `mochila keys rotate client` before that day."
        )
    }

    private func keyFindings(
        _ place: Operations.Installation,
        _ configuration: Configuration,
        _ now: Instant
    ) -> [Finding] {
        let keys = Result { try GatewayKeys.load(from: place.keysFolder) }
        var findings: [Finding] = []
        switch keys {
        case .success(let keys):
            findings.append(CertificateChecks.keys(.success("the gateway's keys load and match")))
            findings.append(PlaceChecks.printing(Self.printing(by: keys.signing, now)))
            findings.append(
                CertificateChecks.dates(
                    "gateway-certificate",
                    .success(keys.signing.certificate.dates),
                    now: now,
                    renewal: "Make a new one with `mochila keys rotate signing` before that day."
                )
            )
            findings.append(
                CertificateChecks.dates(
                    "encryption-certificate",
                    .success(keys.encryption.certificate.dates),
                    now: now,
                    renewal: "Make a new one with `mochila keys rotate encryption` before that "
                        + "day, and give it to your partners."
                )
            )
            do {
                if let client = try keys.client() {
                    findings.append(Self.clientDates(.success(client.certificate.dates), now))
                }
            } catch {
                findings.append(Self.clientDates(.failure(CheckTrouble("\(error)")), now))
            }
            findings += Self.schoolFindings(keys, now)
            findings += ((try? keys.unreadableCertificates()) ?? []).map { path in
                Finding.warning(
                    "old-certificate",
                    "\(path) cannot be read as a certificate",
                    cure: "Put it back from a backup: until then what it signed cannot be checked."
                )
            }
        case .failure(let error):
            findings.append(CertificateChecks.keys(.failure(CheckTrouble("\(error)"))))
        }
        if let tls = configuration.tls {
            let dates: Result<CertificateChecks.Dates, CheckTrouble>
            do {
                dates = .success(try Certificate(contentsOf: tls.certificate).dates)
            } catch {
                dates = .failure(CheckTrouble("\(error)"))
            }
            findings.append(
                CertificateChecks.dates(
                    "tls-certificate",
                    dates,
                    now: now,
                    renewal: "Put a new certificate and key in place; the gateway reloads them."
                )
            )
        }
        return findings
    }

    /// One of each school that the gateway signs for.
    private static func schoolFindings(_ keys: GatewayKeys, _ now: Instant) -> [Finding] {
        do {
            return try keys.schools().map { school in
                CertificateChecks.dates(
                    "school-certificate",
                    .success(school.certificate.dates),
                    now: now,
                    renewal:
                        "Make a new one with `mochila keys rotate school:\(school.file)`; from "
                        + "that day on the gateway's own key signs for the school."
                )
            }
        } catch {
            return [
                CertificateChecks.dates(
                    "school-certificate",
                    .failure(CheckTrouble("\(error)")),
                    now: now,
                    renewal: "Put the pair of files in Keys/schools right."
                )
            ]
        }
    }

    private static func printing(
        by signer: KeyPair,
        _ now: Instant
    ) -> Result<[String], CheckTrouble> {
        let page = PrintedRecord(
            title: "Mochila",
            heading: "Mochila",
            caption: "",
            facts: [],
            sections: [],
            checkAddress: "https://mochila.example/check",
            foot: "Mochila",
            language: .english,
            at: now
        )
        do {
            let program = try PrintingProgram.besideThisProgram()
            _ = try program.signed(page, by: signer)
            return .success(try program.confinement().missing)
        } catch let failure as PrintingFailure {
            return .failure(CheckTrouble(failure.explanation))
        } catch {
            return .failure(CheckTrouble("\(error)"))
        }
    }

    private static func plans(_ configuration: Configuration) -> Result<Int, CheckTrouble>? {
        configuration.graduationPlans.map { path in
            do {
                return .success(try PlanShelf.load(path).count)
            } catch {
                return .failure(CheckTrouble("\(error)"))
            }
        }
    }

    private static func scanner(_ socket: String) -> Result<Void, CheckTrouble> {
        do {
            return .success(try VirusScanner(socket: socket).ping())
        } catch {
            return .failure(CheckTrouble("clamd does not answer on \(socket)"))
        }
    }

    /// What the confinement of `mochila-open` lacks here.
    private static func opener() -> Result<(missing: [String], isUseless: Bool), CheckTrouble> {
        do {
            let found = try OpeningProgram.besideThisProgram().confinement()
            return .success((found.missing, !found.isSuperset(of: .needed)))
        } catch let failure as BundleFailure {
            return .failure(CheckTrouble(failure.explanation.whatHappened))
        } catch {
            return .failure(CheckTrouble("\(error)"))
        }
    }

    private func mailFinding(_ configuration: Configuration) async -> Finding {
        var trouble: String?
        do {
            let probes = DoctorProbes(engine: try CurlEngine())
            if case .fault(let words) = await probes.mailServer(try configuration.mailServer) {
                trouble = words
            }
        } catch {
            trouble = "\(error)"
        }
        return ServiceChecks.mailServer(configuration.mail, trouble: trouble)
    }

    private func storeFindings(
        _ place: Operations.Installation,
        _ configuration: Configuration,
        _ now: Instant
    ) async -> [Finding] {
        do {
            let house = try await installation.open(configuration)
            let troubles = try await house.database.verify()
            let facts = ServiceChecks.DatabaseFacts(
                isWhole: troubles.isEmpty,
                synchronous: try await house.database.synchronousLevel(),
                version: Migrator().newestVersion,
                newestVersion: Migrator().newestVersion
            )
            let store = house.desk.store
            let schools = try await store.read { try $0.schoolCount() }
            let accounts = try await store.read { try $0.allAccounts() }
            let troubled = try await store.read { try $0.troubledEffects(limit: 100) }
            let concealed = try await house.desk.concealedWithoutGuardian()
            let partners = try await house.desk.partnerCertificates().map { $0.finding(at: now) }
            return [
                ServiceChecks.database(.success(facts)),
                ServiceChecks.directory(schools: schools),
                ServiceChecks.administrators(accounts: accounts),
                ServiceChecks.stateContacts(accounts: accounts, states: StateCode.all),
                ServiceChecks.outbox(troubled: troubled, now: now),
                ServiceChecks.concealed(withoutGuardian: concealed),
            ] + partners
        } catch let failure as StorageFailure {
            return [ServiceChecks.database(.failure(failure))]
        } catch {
            return [
                .fault("store", "\(error)", cure: "See the lines above; the keys may be the cause.")
            ]
        }
    }
}

extension Certificate {
    fileprivate var dates: CertificateChecks.Dates {
        CertificateChecks.Dates(from: notBefore, until: notAfter)
    }
}
