/// One run of the confined program that opens bundles, in frames.
///
/// The program is killed and taken away with this value.
struct OpeningTalk: ~Copyable {
    private(set) var confinement: Confinement = []
    private let run: ConfinedRun
    private var buffer = [UInt8](
        repeating: 0,
        count: OpeningFrame.headerSize + OpeningFrame.largestAnswer
    )
    private var start = 0
    private var filled = 0

    /// Starts it with `input` as its standard input.
    init(_ program: OpeningProgram, input: Int32?, byteCount: Int64) throws {
        do throws(ProgramProblem) {
            run = try ConfinedRun(
                program.path,
                input: input,
                silence: program.silence,
                patience: program.patience + byteCount >> 20
            )
        } catch {
            throw BundleFailure.opener(error)
        }
    }

    /// Sends one frame of the order.
    func send(_ kind: OpeningFrame.Kind, _ payload: [UInt8]) throws {
        do throws(ProgramProblem) {
            try run.write(OpeningFrame.header(kind, payload.count))
            try run.write(payload)
        } catch {
            throw BundleFailure.opener(error)
        }
    }

    /// Waits for the program to say that it is confined as it must be: before it is told, and so
    /// before it has read, anything.
    mutating func requireConfinement() throws {
        guard try isConfinement(try frame()) else { throw BundleFailure.opener(.garbage) }
        guard confinement.isSuperset(of: .needed) else {
            throw BundleFailure.opener(.unconfined)
        }
    }

    /// The next frame; valid until the next call.
    mutating func next() throws -> (kind: OpeningFrame.Kind, payload: ArraySlice<UInt8>) {
        while true {
            let next = try frame()
            guard try isConfinement(next) else { return next }
        }
    }

    /// Notes what confines the program, where that is what the frame says.
    private mutating func isConfinement(
        _ frame: (kind: OpeningFrame.Kind, payload: ArraySlice<UInt8>)
    ) throws -> Bool {
        guard frame.kind == .confinement else { return false }
        guard let bits = UInt32(bigEndianBytes: frame.payload) else {
            throw BundleFailure.opener(.garbage)
        }
        confinement = Confinement(rawValue: bits)
        return true
    }

    private mutating func frame() throws -> (
        kind: OpeningFrame.Kind, payload: ArraySlice<UInt8>
    ) {
        try need(OpeningFrame.headerSize)
        let header = buffer[start..<(start + OpeningFrame.headerSize)]
        guard let kind = OpeningFrame.Kind(rawValue: header[start]),
            let count = UInt32(bigEndianBytes: header.dropFirst()),
            count <= UInt32(OpeningFrame.largestAnswer)
        else { throw BundleFailure.opener(.garbage) }
        try need(OpeningFrame.headerSize + Int(count))
        let payload = start + OpeningFrame.headerSize
        start = payload + Int(count)
        return (kind, buffer[payload..<start])
    }

    // MARK: Bytes

    /// Waits until so many bytes are there.
    private mutating func need(_ count: Int) throws {
        if filled - start < count, start + count > buffer.count {
            buffer.withUnsafeMutableBytes { bytes in
                bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<filled]))
            }
            filled -= start
            start = 0
        }
        if start == filled {
            start = 0
            filled = 0
        }
        while filled - start < count {
            let place = filled
            do throws(ProgramProblem) {
                let got = try run.read(into: &buffer, from: place)
                guard got > 0 else { throw .crashed }
                filled += got
            } catch {
                throw BundleFailure.opener(error)
            }
        }
    }
}
