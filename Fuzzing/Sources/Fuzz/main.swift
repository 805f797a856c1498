import Glibc

// Runs LLVM's fuzzer over one of our parsers: `Fuzz NAME`, and what libFuzzer takes.

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

func run() -> CInt {
    let parsers: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt] = [
        "frames": { tryFrames(bytes($0, $1)) },
        "seal": { trySeal(bytes($0, $1)) },
        "manifest": { tryManifest(bytes($0, $1)) },
        "archive": { tryArchive(bytes($0, $1)) },
        "multipart": { tryMultipart(bytes($0, $1)) },
    ]
    guard CommandLine.argc > 1, let parser = parsers[CommandLine.arguments[1]] else {
        print("usage: Fuzz \(parsers.keys.sorted().joined(separator: "|")) [libFuzzer's options]")
        return 2
    }
    // The name is not for libFuzzer.
    var arguments = CommandLine.unsafeArgv.advanced(by: 1)
    var count = CommandLine.argc - 1
    return runDriver(&count, &arguments, parser)
}

func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

exit(run())
