import CCurl
package import Casework
import Foundation
package import RecordExchange
package import Vocabulary

/// Who we say we are to another server.
package struct ClientIdentity: Sendable {
    let certificatePEM: String
    let keyPEM: Redacted<String>

    package init(certificatePEM: String, keyPEM: Redacted<String>) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }
}

/// Puts sealed bundles into partners' folders on the web.
///
/// One `PUT` for a bundle, under its own name (RFC 9110, 9.3.4): the same request twice leaves one
/// file. `If-None-Match: *` (13.1.2) keeps the server from writing over another file,
/// `Content-Digest` (RFC 9530) lets it see that every byte came, and `Idempotency-Key` names the
/// delivery, the same at every attempt. HTTP has no way that servers share to go on with half a
/// `PUT`: after a cut the whole bundle is sent again, and since libcurl asks with
/// `Expect: 100-continue` (RFC 9110, 10.1.1) before a large one, a server that will not have it
/// need not read it first.
package struct HTTPSBundleCourier: Sendable {
    /// Reads who we are; throws where no such certificate was made.
    package typealias Identity = @Sendable () throws -> ClientIdentity

    private let engine: CurlEngine
    private let identity: Identity
    private let deadlines: Deadlines

    package init(
        engine: CurlEngine,
        identity: @escaping Identity,
        deadlines: Deadlines = .bundle
    ) {
        self.engine = engine
        self.identity = identity
        self.deadlines = deadlines
    }

    /// Puts the parcel there, or finds that it lies there already.
    package func push(_ parcel: Parcel, to destination: HTTPSDestination) async -> PushOutcome {
        guard let address = DropAddress(checking: destination) else {
            return .refused(reason: DestinationProblem.address.explanation)
        }
        guard PartnerServer.isFileName(parcel.name) else {
            return .refused(reason: "the bundle's name is not a plain file name")
        }
        guard let file = SourceFile(path: parcel.path) else {
            return .refused(reason: "the sealed file is missing or empty")
        }
        guard let identity = try? identity() else {
            return .refused(reason: "this gateway has no certificate to show: keys rotate client")
        }
        let put = Put(
            engine: engine,
            deadlines: deadlines,
            address: address,
            identity: identity,
            parcel: parcel,
            file: file
        )
        return await put.run()
    }
}

/// One parcel's way into a folder.
private struct Put {
    let engine: CurlEngine
    let deadlines: Deadlines
    let address: DropAddress
    let identity: ClientIdentity
    let parcel: Parcel
    let file: SourceFile

    func run() async -> PushOutcome {
        // Not every server heeds If-None-Match: what lies there is looked at first.
        switch await look() {
        case .ended(let outcome): return outcome
        case .nothing: break
        }
        guard let report = await send() else { return Self.stopped }
        switch report.replyCode {
        case _ where report.result == .privateAddress || report.result == .peerRefused:
            return WebProblem(report).outcome
        case 200..<300 where report.result == .done && report.sent == file.length:
            return .delivered(bytes: file.length)
        case 409, 412:
            // It came while we sent, or an attempt whose answer was lost put it there.
            if case .ended(let outcome) = await look() { return outcome }
            return .deferred(reason: "the server says that the name is taken, and shows no file")
        default: return WebProblem(report).outcome
        }
    }

    private enum Look {
        case ended(PushOutcome)
        /// Nothing stands there, or it does not let us see.
        case nothing
    }

    private func look() async -> Look {
        guard let transfer = transfer(), transfer.set(.noBody, to: 1) else {
            return .ended(Self.noMemory)
        }
        guard let report = await engine.run(transfer, to: address.server) else {
            return .ended(Self.stopped)
        }
        guard report.result == .done else { return .ended(WebProblem(report).outcome) }
        switch report.replyCode {
        case 200 where report.contentLength == file.length:
            return .ended(.delivered(bytes: file.length))
        case 200 where report.contentLength >= 0:
            return .ended(.refused(reason: "another file of this name stands there"))
        case 300..<400, 429: return .ended(WebProblem(report).outcome)
        // A folder may let us write and not read, or know no other word than PUT.
        default: return .nothing
        }
    }

    private func send() async -> TransferReport? {
        guard let digest = SHA256Digest(hexadecimal: parcel.sha256), let transfer = transfer(),
            transfer.set(.closeAfterwards, to: 1),
            transfer.append("Content-Type: application/cms", to: .headers),
            transfer.append("If-None-Match: *", to: .headers),
            transfer.append("Idempotency-Key: \"\(parcel.key)\"", to: .headers),
            transfer.append(
                "Content-Digest: sha-256=:\(Data(digest.bytes).base64EncodedString()):",
                to: .headers
            ),
            transfer.put(descriptor: file.descriptor, length: file.length)
        else { return nil }
        return await engine.run(transfer, to: address.server)
    }

    private func transfer() -> Transfer? {
        guard
            let transfer = Transfer(
                url: address.url(of: parcel.name),
                protocols: "https",
                deadlines: deadlines
            ), address.prepare(transfer, as: identity)
        else { return nil }
        return transfer
    }

    private static let stopped = PushOutcome.deferred(reason: "stopped before the bundle arrived")
    private static let noMemory = PushOutcome.deferred(reason: "the request could not be prepared")
}

/// What a request that did not succeed means for a push.
struct WebProblem {
    private let report: TransferReport

    init(_ report: TransferReport) {
        self.report = report
    }

    var outcome: PushOutcome {
        isForAPerson ? .refused(reason: reason) : .deferred(reason: reason)
    }

    private var isForAPerson: Bool {
        switch report.result {
        case .privateAddress, .badSetting, .localFile: return true
        // A server's certificate that ran out is renewed without us; and whether ours is what it
        // minds is only guessed, since TLS 1.3 lets it say so after our first word or never.
        case .peerRefused, .cannotResolve, .cannotConnect: return false
        default: break
        }
        switch report.replyCode {
        // Too early, too many, or still at the last attempt.
        case 408, 409, 425, 429: return false
        case 300..<500: return true
        default: return false
        }
    }

    var reason: String {
        if report.refusesOurCertificate { return "the server does not accept our certificate" }
        switch report.result {
        case .privateAddress: return "its address is not of the public internet"
        case .peerRefused: return "the server's certificate is not good"
        case .cannotResolve: return "the server's name is not known"
        case .cannotConnect: return "no connection to the server"
        case .tlsFailed: return "no encryption can be agreed with the server"
        case .badSetting: return "a certificate on file cannot be read"
        case .localFile: return "the sealed file changed or cannot be read"
        default: break
        }
        switch report.replyCode {
        case 300..<400: return "the server redirects, which is not followed"
        case 401, 403: return "the server does not let us in (\(report.replyCode))"
        case 413: return "the bundle is too large for the server"
        case 507: return "the server's disk is full"
        case 400...: return "the server answers \(report.replyCode)"
        default: break
        }
        return switch report.result {
        case .timedOut: "the server did not answer in time"
        case .sendFailed where report.isBeforeAnyWord, .receiveFailed where report.isBeforeAnyWord:
            "the server ended the connection before a word: it may not accept our certificate"
        case .sendFailed, .receiveFailed: "the connection to the server broke"
        default: "the server could not be used (libcurl \(report.code))"
        }
    }
}

extension TransferReport {
    /// Nothing was sent of a body, and nothing was answered.
    fileprivate var isBeforeAnyWord: Bool { replyCode == 0 && sent == 0 }
}
