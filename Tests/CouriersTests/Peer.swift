import Foundation
import SeededNumbers

/// Another program that a test talks to, started for it and gone after it.
///
/// A peer lives until its standard input ends: also where the test process is killed.
final class Peer: Sendable {
    /// A tool is missing or did not start; the message says what to run.
    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    /// What the peer said about itself when it was ready.
    let facts: [String: String]
    private let process: Process
    private let input: FileHandle

    init(_ script: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = try Tools.python()
        process.arguments = [Tools.peers.appending(path: script).path] + arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.process = process
        self.input = input.fileHandleForWriting
        var line = Data()
        while line.last != 10 {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                process.waitUntilExit()
                throw Unavailable(
                    description:
                        "\(script) did not start; run script/bootstrap if a tool is missing"
                )
            }
            line += more
        }
        let object = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
        facts = object.mapValues { "\($0)" }
    }

    deinit { stop() }

    func stop() {
        try? input.close()
        process.waitUntilExit()
    }

    subscript(_ fact: String) -> String { facts[fact] ?? "" }

    var port: Int { Int(self["port"]) ?? 0 }
}

/// Where the tools of these tests are.
enum Tools {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let peers = root.appending(path: "Tests/Fixtures/peers")

    static func python() throws -> URL {
        let python = root.appending(path: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Peer.Unavailable(description: "no .venv/bin/python: run script/bootstrap")
        }
        return python
    }

    /// What Python's email package reads in each message.
    static func readByPython(_ messages: [[UInt8]]) throws -> [PythonMail] {
        let folder = try TemporaryFolder()
        let input = folder.url.appending(path: "mails")
        var bytes = Data()
        for message in messages { bytes += Data("\(message.count)\n".utf8) + Data(message) }
        try bytes.write(to: input)
        let process = Process()
        process.executableURL = try python()
        process.arguments = [peers.appending(path: "mail_reader.py").path]
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = output
        try process.run()
        let lines = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try lines.split(separator: 10).map {
            try JSONDecoder().decode(PythonMail.self, from: Data($0))
        }
    }
}

/// A mail as Python's email package reads it.
struct PythonMail: Decodable {
    let headers: [String]
    let subject: String
    let to: [[String]]
    let from: [[String]]
    let date: Int64
    let messageID: String
    let references: [String]
    let type: String
    let parts: [[String]]
    let defects: [String]
    let longest: Int
    let bare: Bool
    let ascii: Bool
    let dots: Int
}

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "mochila-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path }

    /// A file of `count` bytes that differ from place to place.
    func makeFile(_ name: String, count: Int, seed: UInt64 = 1) throws -> String {
        var generator = SeededGenerator(seed: seed)
        var bytes = Data(capacity: count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        let file = url.appending(path: name)
        try bytes.prefix(count).write(to: file)
        return file.path
    }
}
