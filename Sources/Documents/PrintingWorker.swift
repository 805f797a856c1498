import Glibc
import PaperFormat

/// What the program that prints does: one order, answered, and the end.
///
/// Descriptor 3 is the line to whoever started it. Pango and Cairo are in this program only: they
/// are large, parse fonts, and must not be used by two threads at once.
package struct PrintingWorker {
    private static let line: Int32 = 3

    /// Bytes of memory beyond what the program has when it starts.
    package static let memory: UInt64 = 256 << 20
    /// A record of a page takes less than a tenth of one.
    package static let processorSeconds: UInt32 = 20

    /// Where fonts, and what is known of them, lie: all that it may look at.
    package static let folders = [
        "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
        "/var/cache/fontconfig",
    ]

    package init() {}

    /// Takes the order and answers it.
    ///
    /// `confinement` is what is in force, as bits. `exercise` tries what a confined process must
    /// not be able to do, by number, and answers what came of it. Throws where nobody listens.
    package func run(confinement: UInt32, exercise: (UInt8) -> Bool) throws {
        let outcome: PrintAnswer.Outcome
        var answer: [UInt8] = []
        switch PrintOrder(bytes: try Self.readOrder()) {
        case nil: outcome = .notAnOrder
        case .exercise(let number):
            outcome = .tried
            answer = [exercise(number) ? 1 : 0]
        case .record(let record):
            let printed = try? RecordPrinter.pdf(of: record)
            if let printed, (1...PrintAnswer.mostBytes).contains(printed.count) {
                outcome = .printed
                answer = printed
            } else {
                outcome = .notDrawn
            }
        }
        let head = PrintAnswer.Head(
            confinement: confinement,
            outcome: outcome,
            count: answer.count
        )
        try Self.write(head.bytes + answer)
    }

    /// To the end, or to more than an order may have.
    private static func readOrder() throws -> [UInt8] {
        var order: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while order.count <= PrintOrder.mostBytes {
            let count = read(line, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw LineFailure() }
            if count == 0 { break }
            order += buffer[..<count]
        }
        return order
    }

    private static func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.write(line, piece.baseAddress, piece.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw LineFailure() }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// The line broke: nobody listens any more.
    private struct LineFailure: Error {}
}
