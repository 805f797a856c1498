import Glibc
import Operations
import ReferenceData
import Vocabulary

/// Talks to the person at the terminal: on standard error, so that output stays clean.
struct Progress: Sendable {
    func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        // One call a line, so that lines of two tasks do not mix.
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension PlaceTime {
    /// Time zones from the reference data.
    init(_ zones: ZoneClock) {
        self.init(
            localTime: { zones.localTime(at: $0, in: $1) },
            instant: { zones.instant(on: $0, hour: $1, in: $2) }
        )
    }
}

/// A path from the root, whatever folder the program stands in.
func absolute(_ path: String) -> String {
    guard let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return Operations.Installation.absolute(path, from: String(cString: current))
}

/// The bytes of a file, at most `limit` and one more, so that too large a one is noticed.
func readBytes(_ path: String, limit: Int) throws -> [UInt8] {
    guard let file = fopen(path, "r") else {
        throw SystemFailure(what: "\(path) cannot be read", code: errno)
    }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
}

/// The lines of a small text file.
func readLines(_ path: String) throws -> [String] {
    guard let file = fopen(path, "r") else {
        throw SystemFailure(what: "\(path) cannot be read", code: errno)
    }
    defer { fclose(file) }
    var lines: [String] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    while getline(&line, &capacity, file) > 0, let line {
        lines.append(String(cString: line).split(separator: "\n").first.map(String.init) ?? "")
    }
    free(line)
    return lines
}

/// A port nobody listens on at this moment.
enum FreePort {
    static func find() throws -> Int {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port =
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(handle, address, length) == 0 && getsockname(handle, address, &length) == 0
                }
            } ? Int(UInt16(bigEndian: address.sin_port)) : 0
        guard port > 0 else { throw SystemFailure(what: "No port is free", code: errno) }
        return port
    }
}
