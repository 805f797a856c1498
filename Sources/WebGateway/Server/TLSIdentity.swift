import Glibc
import NIOCore
import NIOSSL
import Synchronization

/// The certificate and key that connections are secured with, re-read when the files change.
///
/// Connections that are open keep what they began with; new ones get the new certificate. A pair
/// that does not load leaves the old one in use.
package final class TLSIdentity: Sendable {
    /// What tells that a file was replaced.
    private struct Version: Equatable {
        var inode: UInt64 = 0
        var size: Int64 = 0
        var seconds: Int64 = 0
        var nanoseconds: Int64 = 0
    }

    private struct State {
        var context: NIOSSLContext
        /// Asks callers for a certificate.
        var asking: NIOSSLContext
        var versions: [Version]
    }

    private let certificateFile: String
    private let keyFile: String
    private let state: Mutex<State>

    /// `certificateFile`: the chain in PEM, own certificate first.
    ///
    /// `keyFile`: the private key in PEM.
    package init(certificateFile: String, keyFile: String) throws {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        let versions = [certificateFile, keyFile].map(Self.version)
        let (context, asking) = try Self.load(certificateFile: certificateFile, keyFile: keyFile)
        state = Mutex(State(context: context, asking: asking, versions: versions))
    }

    /// Reads the files again where one of them changed.
    ///
    /// - Returns: whether a new certificate is in use.
    @discardableResult
    package func reloadIfChanged() throws -> Bool {
        let versions = [certificateFile, keyFile].map(Self.version)
        guard state.withLock({ $0.versions != versions }) else { return false }
        let (context, asking) = try Self.load(certificateFile: certificateFile, keyFile: keyFile)
        state.withLock { $0 = State(context: context, asking: asking, versions: versions) }
        return true
    }

    /// The handler of one connection.
    ///
    /// Where it `asksCallers`, a handshake without a certificate fails; with any one it succeeds,
    /// once the caller has proved that it holds the key. Whose it is, and whether it counts, is
    /// asked for each call, so that a revocation is heeded on connections that are open.
    func handler(asksCallers: Bool) throws -> NIOSSLServerHandler {
        guard asksCallers else {
            return NIOSSLServerHandler(context: state.withLock { $0.context })
        }
        return NIOSSLServerHandler(
            context: state.withLock { $0.asking },
            customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) }
        )
    }

    private static func load(
        certificateFile: String,
        keyFile: String
    ) throws -> (context: NIOSSLContext, asking: NIOSSLContext) {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // TLS 1.2 only with forward secrecy and authenticated encryption (Mozilla, intermediate).
        configuration.cipherSuiteValues = [
            .TLS_AES_128_GCM_SHA256, .TLS_AES_256_GCM_SHA384, .TLS_CHACHA20_POLY1305_SHA256,
            .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ]
        let context = try NIOSSLContext(configuration: configuration)
        configuration.certificateVerification = .noHostnameVerification
        // Nobody's word is taken for whom a caller is: it is known by its key.
        configuration.trustRoots = .certificates([])
        return (context, try NIOSSLContext(configuration: configuration))
    }

    private static func version(of path: String) -> Version {
        var status = stat()
        guard stat(path, &status) == 0 else { return Version() }
        return Version(
            inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            seconds: Int64(status.st_mtim.tv_sec),
            nanoseconds: Int64(status.st_mtim.tv_nsec)
        )
    }
}
