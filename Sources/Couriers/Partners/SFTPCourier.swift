import CCurl
package import Casework
import Foundation
package import RecordExchange

/// Pushes sealed bundles to partners' servers by SFTP.
///
/// The partner never sees part of a bundle under its final name: it is written as `NAME.part`,
/// taken up again where a cut left it, asked for its size, and renamed only when the server itself
/// says it has every byte. Nothing is ever written over: a file of the same name and size is taken
/// for this bundle, delivered by an attempt whose answer was lost, since names hold a random
/// identifier.
///
/// The program `ssh` carries it where it is installed, and libcurl elsewhere: libcurl can neither
/// ask a server to put a file on its disk nor talk to one that has only an RSA key.
package struct SFTPCourier: Sendable {
    private let engine: CurlEngine
    private let programs: SSHEngine?
    private let keysFolder: String
    private let workFolder: String
    private let deadlines: Deadlines

    /// `keysFolder` holds the private keys that destinations name.
    ///
    /// In `workFolder` each push keeps two small files while it runs. `lookUp` says where in the
    /// public internet a name leads.
    package init(
        engine: CurlEngine,
        program: SSHProgram? = .installed,
        keysFolder: String,
        workFolder: String,
        deadlines: Deadlines = .bundle,
        lookUp: @escaping SSHEngine.LookUp = { await PublicAddress.places(of: $0) }
    ) {
        self.engine = engine
        programs = program.map { SSHEngine($0, lookUp: lookUp) }
        self.keysFolder = keysFolder
        self.workFolder = workFolder
        self.deadlines = deadlines
    }

    /// Uploads the sealed file at `path` under `name` in the destination's folder.
    package func push(
        fileAt path: String,
        as name: String,
        to destination: SFTPDestination
    ) async -> PushOutcome {
        let server: PartnerServer
        do throws(DestinationProblem) {
            server = try PartnerServer(checking: destination)
        } catch {
            return .refused(reason: error.explanation)
        }
        guard PartnerServer.isFileName(name), name.utf8.count <= 195 else {
            return .refused(reason: "the bundle's name is not a plain file name")
        }
        guard let file = SourceFile(path: path) else {
            return .refused(reason: "the sealed file is missing or empty")
        }
        let folder: SessionFolder
        do throws(SessionFolder.CannotBegin) {
            folder = try SessionFolder(
                for: server,
                keysFolder: keysFolder,
                workFolder: workFolder
            )
        } catch {
            let reason = error.explanation(ofKey: server.keyName)
            switch error {
            case .noPrivateKey, .exposedPrivateKey: return .refused(reason: reason)
            case .workFolder: return .deferred(reason: reason)
            }
        }
        if let programs {
            return await ProgramPush(
                engine: programs,
                server: server,
                folder: folder,
                deadlines: deadlines,
                file: file,
                name: name
            ).run()
        }
        guard !server.hostKey.isRSA else { return PushProblem.programNeeded.outcome }
        let session = PartnerSession(
            server: server,
            engine: engine,
            folder: folder,
            deadlines: deadlines
        )
        let outcome = await LibraryPush(session: session, file: file, name: name).run()
        await session.close()
        return outcome
    }
}

/// The sealed file, open for reading while it is pushed.
final class SourceFile: Sendable {
    let descriptor: Int32
    let length: Int64

    /// `nil` where it is missing, empty or no plain file.
    init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size > 0
        else {
            Foundation.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        length = Int64(status.st_size)
    }

    deinit { close(descriptor) }
}
