import Foundation
import Testing

/// A file made by the stock openssl program, with what must be said of it.
struct Vector: CustomTestStringConvertible {
    let name: String
    let outcome: String
    var testDescription: String { name }

    var bytes: [UInt8] {
        get throws {
            Array(try Data(contentsOf: Self.folder.appendingPathComponent(name)))
        }
    }

    static func named(_ name: String) -> Vector { Vector(name: name, outcome: "") }

    /// Everything that `outcomes.txt` lists.
    static let all: [Vector] = {
        let list = try? String(
            contentsOf: folder.appendingPathComponent("outcomes.txt"),
            encoding: .utf8
        )
        return (list ?? "").split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2 else { return nil }
            return Vector(name: String(words[0]), outcome: String(words[1]))
        }
    }()

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .appendingPathComponent("Fixtures/vectors")
}
