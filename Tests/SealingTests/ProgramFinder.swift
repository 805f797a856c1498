import Foundation
import Sealing
import Testing

/// The address sanitizer maps more memory, by other calls, than the confined program is allowed.
let isUnderSanitizer = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] != nil

/// The confined program as it was built with these tests.
func openingProgram() throws -> OpeningProgram {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var folder = URL(fileURLWithPath: tests).deletingLastPathComponent()
    // The runner may be another program than the tests, which then are its first argument.
    for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
        folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
    }
    let path = folder.appendingPathComponent(OpeningProgram.name).path
    try #require(FileManager.default.isExecutableFile(atPath: path), "\(path)")
    return OpeningProgram(path: path)
}
