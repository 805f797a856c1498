import ArgumentParser
import BundleFormat
import Operations
import RecordExchange
import Sealing
import StudentRecords
import Vocabulary

/// `mochila seal`: one bundle from files, without a server.
struct SealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Sign and seal files into one bundle."
    )

    @Argument(help: "The files; none are needed beside a record.") var files: [String] = []
    @Option(help: "The record as data, as `mochila record convert --to json` writes it.")
    var record: String?
    @Option(name: .customLong("to"), help: "A recipient's certificate (PEM); may be repeated.")
    var recipients: [String]
    @Option(help: "The request it answers, such as RQ-7Q4K9-2PMXC.") var request: String
    @Option(help: "Where to write the sealed bundle; never over an existing file.") var out: String
    @Option(name: .customLong("cert"), help: "Your signing certificate (PEM).")
    var certificate: String
    @Option(help: "Your signing key (PEM).") var key: String
    @Option(help: "Your organisation, such as school:484496008851.") var from: String
    @Option(help: "Your organisation's name.") var fromName: String
    @Option(help: "The recipient, such as school:531011001689.") var recipient: String
    @Option(help: "The recipient's name.") var recipientName: String
    @Option(help: "Who certifies the record.") var certifiedBy: String
    @Option(help: "That person's title, where a certifying official signs.") var title: String?

    func run() throws {
        let number: RequestNumber
        do { number = try RequestNumber(parsing: request) } catch {
            throw UsageFailure("--request \(request): not a request number")
        }
        guard !files.isEmpty || record != nil else {
            throw UsageFailure("Name the files, or the record as data with --record.")
        }
        let draft = BundleDraft(
            bundle: BundleManifest.ID(rawValue: SystemSecrets().randomBits()),
            request: number,
            madeAt: SystemClock.instant(),
            sender: try party(from, fromName, "--from"),
            certification: BundleManifest.Certification(
                by: title == nil ? .signedInStaff : .certifyingOfficial,
                name: certifiedBy,
                title: title ?? ""
            ),
            recipient: try party(recipient, recipientName, "--recipient"),
            legalBasis: "34 CFR 99.31(a)(2)",
            parts: [],
            attachments: [],
            recordPage: StandaloneBundles.page(listing: files + [record].compactMap(\.self))
        )
        let sealed = try StandaloneBundles.seal(
            files: files,
            record: record,
            as: draft,
            to: recipients,
            signer: try KeyPair(certificateFile: certificate, keyFile: key),
            creating: out
        )
        print("\(out): \(sealed.byteCount) bytes, SHA-256 \(sealed.digest)")
    }

    private func party(
        _ text: String,
        _ name: String,
        _ option: String
    ) throws -> BundleManifest.Party {
        guard let organization = OrganizationID(text) else {
            throw UsageFailure(
                "\(option) \(text): not an organisation, such as school:484496008851"
            )
        }
        return BundleManifest.Party(organization: organization.description, name: name)
    }
}

/// `mochila open`: decrypts, checks everything, and only then shows anything.
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a sealed bundle and check its signature and every digest."
    )

    @Argument(help: "The sealed bundle.") var bundle: String
    @Option(help: "Your private key (PEM).") var key: String
    @Option(name: .customLong("cert"), help: "Your certificate (PEM).") var certificate: String
    @Option(help: "The sending gateway's authority (PEM).") var ca: String
    @Option(help: "A new or empty folder for the contents.") var into: String
    @Option(help: "Refuse the bundle unless it answers this request.") var request: String?

    func run() throws {
        var expectation = BundleExpectation()
        if let request {
            guard let number = try? RequestNumber(parsing: request) else {
                throw UsageFailure("--request \(request): not a request number")
            }
            expectation = BundleExpectation(request: number)
        }
        let opened = try BundleWords.explaining {
            try StandaloneBundles.open(
                bundle,
                key: key,
                certificate: certificate,
                authority: ca,
                into: into,
                expecting: expectation,
                at: SystemClock.instant(),
                by: OpeningProgram.besideThisProgram()
            )
        }
        print(BundleWords.summary(of: opened))
    }
}

/// `mochila verify`: checks an opened bundle or a receipt; needs nothing but the authority's
/// certificate.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the signature and every digest of an opened bundle, or a receipt.",
        discussion: "The signature of a receipt R.json is read from R.json.p7s beside it."
    )

    @Argument(help: "The opened bundle, a folder or a ZIP; or a receipt, a .json file.")
    var bundle: String
    @Option(help: "The sending gateway's authority (PEM).") var ca: String

    func run() throws {
        guard !bundle.hasSuffix(".json") else {
            let (receipt, signer) = try BundleWords.explaining {
                try StandaloneBundles.verify(
                    receipt: bundle,
                    authority: ca,
                    at: SystemClock.instant(),
                    by: OpeningProgram.besideThisProgram()
                )
            }
            return print(BundleWords.summary(of: receipt, signedBy: signer))
        }
        let opened = try BundleWords.explaining {
            try StandaloneBundles.verify(
                bundle,
                authority: ca,
                at: SystemClock.instant(),
                by: OpeningProgram.besideThisProgram()
            )
        }
        print(BundleWords.summary(of: opened))
    }
}

/// What a person at the terminal reads about a bundle.
enum BundleWords {
    static func summary(of opened: SignedManifest) -> String {
        let manifest = opened.manifest
        return """
            Signature and every digest are right.
            Request       \(manifest.request)
            From          \(manifest.sender.name)
            Certified by  \(manifest.certification.name), \(manifest.certification.by.rawValue)
            To            \(manifest.recipient.name)
            Files         \(manifest.files.count)\(since(opened.signedAt, opened.signer))
            """
    }

    static func summary(of receipt: ReceivedReceipt, signedBy signer: Signer) -> String {
        let files = receipt.files.map { file in
            let opened = file.isOpened.map { $0 ? "opened" : "not opened" } ?? "handed over"
            let how = file.how.map { " (\($0))" } ?? ""
            return "File          \(file.digest), \(file.byteCount) bytes, \(opened)\(how)\n"
        }.joined()
        let parts = receipt.parts.compactMap { part in
            part.opened.map { opened in
                let how = part.how.isEmpty ? "" : " (\(part.how.joined(separator: ", ")))"
                return "Part          \(part.part.rawValue): \(opened)\(how)\n"
            }
        }.joined()
        return """
            The signature is right.
            Receipt       \(receipt.outcome)
            Request       \(receipt.request?.description ?? "not opened")
            At            \(receipt.at.iso8601)
            Signed by     \(signer.certificate.commonName)\(since(signer.signedAt, signer.certificate))
            Sealed        \(receipt.sealedDigest)
            \(parts)\(files)
            """
    }

    /// Nothing where every certificate is valid still.
    private static func since(_ signedAt: Instant?, _ signer: Certificate) -> String {
        guard let signedAt else { return "" }
        return """

            Signed        \(signedAt.iso8601), as the signature itself says, when all of it was valid
            Expired       \(signer.notAfter.iso8601), the signer's certificate: it signs nothing new
            """
    }

    /// Turns a refusal into what happened, what is kept and what to do, with exit code 65.
    static func explaining<Result>(_ work: () throws -> Result) throws -> Result {
        do { return try work() } catch let failure as BundleFailure {
            let words = failure.explanation
            Progress().say("\(words.whatHappened)\n\(words.whatIsKept)\n\(words.whatToDo)")
            throw ExitCode(65)
        } catch is ReceivedReceipt.NoReceipt {
            Progress().say("The signature is right, but this is no receipt. Nothing was changed.")
            throw ExitCode(65)
        }
    }
}
