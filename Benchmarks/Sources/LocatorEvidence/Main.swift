import Glibc
import RecordLocator

/// Writes what a search compares, for `Benchmarks/locator/fit.py`.
///
///     LocatorEvidence layout
///     LocatorEvidence rows|people STUDENTS QUERIES OUT [MOST]
///     LocatorEvidence people STUDENTS QUERIES OUT MOST WEIGHTS
///
/// OUT holds 40 bytes an observation: query number, number of the first entry, how many entries,
/// rarity, odds, rows of the index (four bytes each), and sixteen levels. WEIGHTS is a folder
/// with `rows.bin` and `people.bin`, 32-bit floats; without it the committed table is used.
@main
enum LocatorEvidence {
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count == 2, arguments[1] == "layout" {
            print(LocatorProbe.levels.map(String.init).joined(separator: " "))
            return
        }
        guard arguments.count >= 5, ["rows", "people"].contains(arguments[1]) else {
            throw Refused(description: "usage: LocatorEvidence rows|people STUDENTS QUERIES OUT")
        }
        let index = try index(arguments[2])
        let most = arguments.count > 5 ? Int(arguments[5]) ?? .max : .max
        let scoring = arguments.count > 6 ? try scoring(arguments[6]) : .fitted
        guard let output = fopen(arguments[4], "wb") else {
            throw Refused(description: "cannot write \(arguments[4])")
        }
        defer { fclose(output) }

        var queries = try TableReader(arguments[3])
        let columns = try IdentityTable(queries, id: "query_id")
        var text = IdentityText()
        var asked = 0
        while asked < most, try queries.next() {
            columns.read(queries, into: &text)
            let observations =
                arguments[1] == "rows"
                ? LocatorProbe.rows(text, in: index)
                : LocatorProbe.people(text, in: index, scoring: scoring)
            for observation in observations {
                var record: [UInt32] = [
                    UInt32(asked), observation.numbers[0], UInt32(observation.numbers.count),
                    observation.rarity.bitPattern, observation.odds.bitPattern,
                    UInt32(index.count),
                ]
                fwrite(&record, 4, record.count, output)
                var levels = observation.levels
                levels += [UInt8](repeating: 0, count: 16 - levels.count)
                fwrite(&levels, 1, levels.count, output)
            }
            asked += 1
        }
    }

    private static func index(_ path: String) throws -> IdentityIndex {
        var table = try TableReader(path)
        let columns = try IdentityTable(table, id: "entry_id")
        var index = IdentityIndex()
        var text = IdentityText()
        var number: UInt32 = 0
        while try table.next() {
            columns.read(table, into: &text)
            index.append(text, number: number)
            number += 1
        }
        index.freeze()
        return index
    }

    private static func scoring(_ folder: String) throws -> IdentityIndex.Scoring {
        IdentityIndex.Scoring(
            rows: try weights("\(folder)/rows.bin"),
            people: try weights("\(folder)/people.bin")
        )
    }

    private static func weights(_ path: String) throws -> EvidenceWeights {
        guard let file = fopen(path, "rb") else { return .none }
        defer { fclose(file) }
        var values = [Float](repeating: 0, count: EvidenceWeights.count + 1)
        let count = fread(&values, 4, values.count, file)
        guard let weights = EvidenceWeights(Array(values.prefix(count))) else {
            throw Refused(
                description: "\(path) holds \(count) weights, not \(EvidenceWeights.count)"
            )
        }
        return weights
    }
}
