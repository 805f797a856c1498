import Foundation

/// The repository these tests stand in.
enum Tree {
    /// One text file of the repository.
    struct File: Sendable, CustomStringConvertible {
        /// From the root, such as `Sources/Vocabulary/Grade.swift`.
        let path: String
        let text: String

        var description: String { path }
        var name: String { String(path.split(separator: "/").last ?? "") }
        /// The folder below `Sources` or `Tests`.
        var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }
    }

    /// Found from where this file stands, whichever way the tests are started.
    static let root: URL = {
        let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        return file.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }()

    /// The files under a folder whose names end so, in order of their paths.
    static func files(under folder: String, endings: [String]) throws -> [File] {
        let top = root.appendingPathComponent(folder)
        guard let paths = FileManager.default.enumerator(atPath: top.path) else { return [] }
        return
            try paths
            .compactMap { $0 as? String }
            .filter { path in
                endings.contains { path.hasSuffix($0) }
                    && !path.split(separator: "/").contains { $0.hasPrefix(".") }
            }
            .sorted()
            .map { path in
                let url = top.appendingPathComponent(path)
                return File(
                    path: folder + "/" + path,
                    text: try String(contentsOf: url, encoding: .utf8)
                )
            }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The folders directly under `folder`.
    static func folders(in folder: String) throws -> [String] {
        let top = root.appendingPathComponent(folder)
        return try FileManager.default
            .contentsOfDirectory(at: top, includingPropertiesForKeys: [.isDirectoryKey])
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent)
            .filter { !$0.hasPrefix(".") }
            .sorted()
    }
}

/// Collected once: the tests of this folder read the same files over and over.
enum Sources {
    static let swift = Result { try Tree.files(under: "Sources", endings: [".swift"]) }
    static let c = Result { try Tree.files(under: "Sources", endings: [".c", ".h", ".modulemap"]) }
    static let tests = Result { try Tree.files(under: "Tests", endings: [".swift"]) }

    static let parsed = Result {
        try swift.get().map { (file: $0, swift: SwiftText($0.text)) }
    }
}
