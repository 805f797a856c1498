import Foundation

/// What `openssl speed` reaches on this machine, in bytes a second of user time.
struct OpenSSLSpeed {
    let cipher: Double
    let hash: Double

    struct Unreadable: Error {
        let output: String
    }

    /// The better of two runs each, so that a busy moment does not flatter us.
    static func measured() throws -> Self {
        let ciphers = try [run("aes-256-gcm"), run("aes-256-gcm")]
        let hashes = try [run("sha256"), run("sha256")]
        return Self(cipher: ciphers.max() ?? 0, hash: hashes.max() ?? 0)
    }

    /// Seconds that encrypting and hashing so many bytes must cost.
    func seconds(for byteCount: Int) -> Double {
        Double(byteCount) / cipher + Double(byteCount) / hash
    }

    private static func run(_ algorithm: String) throws -> Double {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "speed", "-mr", "-seconds", "2", "-bytes", "16384", "-evp", algorithm,
        ]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let output = String(decoding: data, as: UTF8.self)
        // +F:25:sha256:1841861973.33
        let line = output.split(separator: "\n").first { $0.hasPrefix("+F:") }
        guard let last = line?.split(separator: ":").last, let speed = Double(last), speed > 0
        else { throw Unreadable(output: output) }
        return speed
    }
}
