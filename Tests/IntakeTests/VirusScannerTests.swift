import Casework
import Foundation
import Glibc
import Intake
import Testing

/// A real daemon with a signature of our own, and daemons that misbehave.
@Suite("Virus scanner", .enabled(if: Daemon.isInstalled))
struct VirusScannerTests {
    @Test func `a real daemon calls clean what is clean, and finds what it knows, however packed`()
        throws
    {
        let daemon = try Daemon.clamd()
        let scanner = VirusScanner(socket: daemon.socket)
        #expect(throws: Never.self) { try scanner.ping() }
        #expect(try scanner.scan(Content(Array("%PDF-1.7 grades".utf8))) == .clean)
        #expect(try scanner.scan(Content([])) == .clean)
        let large = [UInt8](repeating: 9, count: 3_000_000)
        #expect(try scanner.scan(Content(large)) == .clean)
        for content in [Daemon.bad, large + Daemon.bad, try daemon.zipped(Daemon.bad)] {
            #expect(try scanner.scan(Content(content)) == .found("Mochila.Test.UNOFFICIAL"))
        }
        // More than the daemon takes is no verdict.
        let tooMuch = [UInt8](repeating: 7, count: 6 << 20)
        #expect(throws: ScannerFailure.self) { try scanner.scan(Content(tooMuch)) }
    }

    @Test(arguments: [
        ("stream: OK", VirusScanner.Verdict.clean), ("stream: A B FOUND", .found("A B")),
    ])
    func `two answers are verdicts`(answer: String, verdict: VirusScanner.Verdict) throws {
        let daemon = try Daemon.saying(answer + "\\0")
        #expect(try VirusScanner(socket: daemon.socket).scan(Content([1])) == verdict)
    }

    @Test(arguments: [
        ("stream: ERROR\\0", ScannerFailure.strange), ("stream:  FOUND\\0", .strange),
        ("OK\\0", .strange), ("stream: OK", .closed), ("", .closed), ("\\0", .strange),
        ("INSTREAM size limit exceeded. ERROR\\0", .strange), ("stream: OK \\0", .strange),
    ])
    func `any other answer is none`(answer: String, failure: ScannerFailure) throws {
        let daemon = try Daemon.saying(answer)
        #expect(throws: failure) { try VirusScanner(socket: daemon.socket).scan(Content([1])) }
    }

    @Test func `nobody on the socket, silence and a broken file are failures`() throws {
        #expect(throws: ScannerFailure.absent) {
            try VirusScanner(socket: NSTemporaryDirectory() + "nobody").scan(Content([1]))
        }
        #expect(throws: ScannerFailure.absent) {
            try VirusScanner(socket: String(repeating: "x", count: 300)).ping()
        }
        let daemon = try Daemon.saying("never", thenHang: true)
        #expect(throws: ScannerFailure.silent) {
            try VirusScanner(socket: daemon.socket, seconds: 1).scan(Content([1]))
        }
    }

    @Test func `whoever is there now waits so long in all, for however many files`() throws {
        let silent = try Daemon.saying("never", thenHang: true)
        // It may be silent for an hour, if it were not for the end of all patience.
        let patient = VirusScanner(socket: silent.socket).waiting(seconds: 3_600, inAll: 1)
        for _ in 1...3 {
            #expect(throws: ScannerFailure.silent) { try patient.scan(Content([1])) }
        }
        // After the end nobody is asked, not even one who would answer at once.
        let quick = try Daemon.saying("stream: OK\\0")
        let late = VirusScanner(socket: quick.socket).waiting(seconds: 3_600, inAll: 0)
        #expect(throws: ScannerFailure.silent) { try late.scan(Content([1])) }
        let inTime = VirusScanner(socket: quick.socket).waiting(seconds: 60, inAll: 60)
        #expect(try inTime.scan(Content([1])) == .clean)
    }

    @Test func `a daemon that takes nobody in is silent`() throws {
        let full = try Daemon.full()
        let scanner = VirusScanner(socket: full.socket, seconds: 1)
        #expect(throws: ScannerFailure.silent) { try scanner.scan(Content([1])) }
    }
}

private struct Content: ProtectedFileReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var byteCount: Int64 { Int64(bytes.count) }

    func read(from offset: Int64, upTo maximum: Int) throws -> [UInt8] {
        Array(bytes.dropFirst(Int(offset)).prefix(maximum))
    }
}

/// A process behind a socket, ended with this value.
private final class Daemon {
    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/sbin/clamd")

    /// What our signature finds; in two parts, so that no scanner finds it here.
    static let bad = Array(("mochila-test-" + "signature-of-nothing-bad").utf8)

    let socket: String
    private let folder: URL
    private let process = Process()

    private init(_ folder: URL) {
        self.folder = folder
        socket = folder.appendingPathComponent("s").path
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    static func clamd() throws -> Daemon {
        let daemon = try prepared()
        let hex = bad.map { String($0, radix: 16) }.joined()
        try Data("Mochila.Test:0:*:\(hex)\n".utf8)
            .write(to: daemon.folder.appendingPathComponent("own.ndb"))
        let path = daemon.folder.path
        let settings = """
            LocalSocket \(daemon.socket)
            DatabaseDirectory \(path)
            Foreground yes
            StreamMaxLength 5M
            PidFile \(path)/pid

            """
        try Data(settings.utf8).write(to: daemon.folder.appendingPathComponent("conf"))
        try daemon.start("/usr/sbin/clamd", ["-c", "\(path)/conf"])
        return daemon
    }

    /// Reads what is sent, answers and hangs up.
    static func saying(_ answer: String, thenHang: Bool = false) throws -> Daemon {
        let daemon = try prepared()
        let program = """
            import socket, sys, time
            s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(1)
            print('ready', flush=True)
            c, _ = s.accept()
            got = b''
            while not got.endswith(bytes(4)): got += c.recv(65536)
            if \(thenHang ? "True" : "False"): c.recv(1)
            c.sendall(b'\(answer)')
            c.close()
            """
        try daemon.start("/usr/bin/env", ["python3", "-c", program, daemon.socket])
        return daemon
    }

    /// Listens and has no place left for anybody.
    static func full() throws -> Daemon {
        let daemon = try prepared()
        let program = """
            import signal, socket, sys
            s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(0)
            waiting = []
            try:
                while True:
                    c = socket.socket(socket.AF_UNIX); c.setblocking(False)
                    c.connect(sys.argv[1]); waiting.append(c)
            except BlockingIOError:
                print('ready', flush=True)
            # Whoever started it may have kept the signal from it.
            signal.sigwait({signal.SIGTERM})
            """
        try daemon.start("/usr/bin/env", ["python3", "-c", program, daemon.socket])
        return daemon
    }

    func zipped(_ bytes: [UInt8]) throws -> [UInt8] {
        let plain = folder.appendingPathComponent("plain")
        try Data(bytes).write(to: plain)
        let zip = Process()
        zip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        zip.arguments = ["python3", "-m", "zipfile", "-c", "z.zip", "plain"]
        zip.currentDirectoryURL = folder
        try zip.run()
        zip.waitUntilExit()
        return Array(try Data(contentsOf: folder.appendingPathComponent("z.zip")))
    }

    private static func prepared() throws -> Daemon {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mochila-scan-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The daemon may change to a user of its own.
        chmod(folder.path, 0o777)
        return Daemon(folder)
    }

    /// Returns when the program listens: both kinds of program say something first.
    private func start(_ path: String, _ arguments: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        while !FileManager.default.fileExists(atPath: socket) {
            guard !output.fileHandleForReading.availableData.isEmpty else { break }
        }
        try #require(FileManager.default.fileExists(atPath: socket))
    }
}
