package import PaperFormat
import Vocabulary

/// The confined program that draws a page as a PDF: `mochila-print`, started once for each page.
///
/// It gets words and gives back bytes, which nobody here reads but to sign them; the key stays in
/// this process.
package struct PrintingProgram: Hashable, Sendable {
    package let path: String
    /// Seconds that it may be silent: it says nothing before it is done.
    package var silence: Int64 = 30
    /// Seconds that it may take in all.
    package var patience: Int64 = 40

    package static let name = "mochila-print"

    package init(path: String) {
        self.path = path
    }

    /// The one beside the running program.
    package static func besideThisProgram() throws(PrintingFailure) -> Self {
        guard let path = ConfinedRun.path(ofNeighbour: name) else { throw .program(.missing) }
        return Self(path: path)
    }

    /// The page as a PDF, signed by `signer` at the time that stands on it.
    package func signed(_ record: PrintedRecord, by signer: KeyPair) throws -> [UInt8] {
        let pdf = try printed(record)
        do {
            return try PDFSigning.signed(pdf, by: signer, at: record.at)
        } catch is PDFSigning.UnknownForm {
            throw PrintingFailure.unknownForm
        }
    }

    /// The page as a PDF that nobody has signed.
    package func printed(_ record: PrintedRecord) throws(PrintingFailure) -> [UInt8] {
        let (head, pdf) = try answer(to: .record(record))
        switch head.outcome {
        case .printed: return pdf
        case .notAnOrder: throw .refused
        case .notDrawn: throw .notDrawn
        case .tried: throw .program(.garbage)
        }
    }

    /// Starts it for nothing and asks what confines it.
    package func confinement() throws(PrintingFailure) -> Confinement {
        let (head, _) = try answer(to: .exercise(0))
        guard head.outcome == .tried else { throw .program(.garbage) }
        return Confinement(rawValue: head.confinement)
    }

    /// Lets it try something that it must not be able to do, by its number; `nil` where it ended.
    ///
    /// For tests: see `mochila-print`.
    package func exercise(_ number: UInt8) throws(PrintingFailure) -> Bool? {
        do throws(PrintingFailure) {
            let (head, answer) = try answer(to: .exercise(number))
            guard head.outcome == .tried else { throw .program(.garbage) }
            return answer == [1]
        } catch .program(.crashed) {
            return nil
        }
    }

    private func answer(
        to order: PrintOrder
    ) throws(PrintingFailure) -> (PrintAnswer.Head, [UInt8]) {
        let bytes: [UInt8]
        do throws(PrintOrder.TooLarge) { bytes = try order.bytes() } catch { throw .tooLong }
        do throws(ProgramProblem) {
            let run = try ConfinedRun(path, silence: silence, patience: patience)
            try run.write(bytes)
            run.finishWriting()
            let head = try Self.read(PrintAnswer.Head.byteCount, from: run)
            guard let head = PrintAnswer.Head(bytes: head) else { throw .garbage }
            let answer = try Self.read(head.count, from: run)
            var more: [UInt8] = [0]
            guard try run.read(into: &more) == 0 else { throw .garbage }
            return (head, answer)
        } catch {
            throw .program(error)
        }
    }

    /// So many bytes; an end before them is a crash.
    private static func read(
        _ count: Int,
        from run: borrowing ConfinedRun
    ) throws(ProgramProblem) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = try run.read(into: &bytes, from: filled)
            guard got > 0 else { throw .crashed }
            filled += got
        }
        return bytes
    }
}
