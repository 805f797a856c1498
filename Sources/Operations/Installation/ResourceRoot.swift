import Glibc

/// The folder that holds `Templates/`: pages, mails and words.
package struct ResourceRoot: Hashable, Sendable {
    /// Absolute.
    package let folder: String

    package var templates: String { "\(folder)/Templates" }

    /// Where was looked, and found nothing.
    package struct NotFound: Error, Hashable, Sendable, CustomStringConvertible {
        package let looked: [String]

        package init(looked: [String]) {
            self.looked = looked
        }

        package var description: String {
            "There is no Templates folder with strings/en.json in "
                + looked.joined(separator: ", ")
                + ". Set share_directory in mochila.yaml to the folder that holds Templates."
        }
    }

    /// Where packages put it.
    package static let packaged = "/usr/share/mochila"

    /// What is configured counts alone, since that is what somebody meant; else beside the program
    /// or in a folder above it, else where packages put it.
    ///
    /// `executable`: absolute path of the program, links resolved.
    /// `isThere`: whether a file exists.
    package static func find(
        configured: String? = nil,
        executable: String? = runningExecutable(),
        isThere: (String) -> Bool = { FileFacts(path: $0)?.isFolder == false }
    ) throws(NotFound) -> Self {
        var candidates: [String] = []
        if let configured {
            candidates = [configured]
        } else {
            candidates = executable.map(foldersAbove) ?? []
            candidates.append(packaged)
        }
        for candidate in candidates where isThere("\(candidate)/Templates/strings/en.json") {
            return Self(folder: candidate)
        }
        throw NotFound(looked: candidates)
    }

    /// The folders above a file, nearest first, without the root.
    static func foldersAbove(_ path: String) -> [String] {
        var folders: [String] = []
        var names = path.split(separator: "/").dropLast()
        while !names.isEmpty {
            folders.append("/" + names.joined(separator: "/"))
            names = names.dropLast()
        }
        return folders
    }

    package static func runningExecutable() -> String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}
