import Foundation
import Sealing
import Testing

/// The address sanitizer maps more memory, by other calls, than the confined program is allowed.
let isUnderSanitizer = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] != nil

/// The program that prints as it was built with these tests.
func printingProgram() throws -> PrintingProgram {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var folder = URL(fileURLWithPath: tests).deletingLastPathComponent()
    // The runner may be another program than the tests, which then are its first argument.
    for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
        folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
    }
    let path = folder.appendingPathComponent(PrintingProgram.name).path
    try #require(FileManager.default.isExecutableFile(atPath: path), "\(path)")
    return PrintingProgram(path: path)
}
