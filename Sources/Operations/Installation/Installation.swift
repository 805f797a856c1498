/// Where everything of one gateway lies: the folder that `mochila init` made.
package struct Installation: Hashable, Sendable {
    /// Absolute, without a trailing slash.
    package let folder: String
    /// Absolute; under `folder` unless configured otherwise.
    package let dataFolder: String

    /// `dataFolder`: as configured; `nil` for the one inside.
    package init(folder: String, dataFolder: String? = nil) {
        self.folder = folder
        self.dataFolder = dataFolder ?? "\(folder)/data"
    }

    package static let configurationName = "mochila.yaml"

    package var configurationFile: String { "\(folder)/\(Self.configurationName)" }
    /// The gateway's own keys: never in the data folder, so that a copy of that opens nothing.
    package var keysFolder: String { "\(folder)/keys" }
    /// Private keys for pushes to partners' servers.
    package var sftpKeysFolder: String { "\(folder)/keys/sftp" }
    /// The certificate and key of the web server, unless configured otherwise.
    package var tlsFolder: String { "\(folder)/keys/tls" }

    package var databaseFile: String { "\(dataFolder)/store.sqlite" }
    /// Received files, encrypted.
    package var filesFolder: String { "\(dataFolder)/files" }
    /// Sealed bundles.
    package var bundlesFolder: String { "\(dataFolder)/bundles" }
    /// What partners send and fetch through SFTP.
    package var dropFolder: String { "\(dataFolder)/drop" }
    /// Partners' bundles while they are checked.
    package var incomingFolder: String { "\(dataFolder)/incoming" }
    /// The host keys and the configuration of the `sshd` in front of the drop.
    package var sshdFolder: String { "\(folder)/sshd" }
    /// What a running transfer needs for a moment.
    package var workFolder: String { "\(dataFolder)/work" }

    /// Every folder, outermost first.
    package var folders: [String] {
        [
            folder, keysFolder, sftpKeysFolder, tlsFolder, dataFolder, filesFolder, bundlesFolder,
            workFolder,
        ]
    }

    /// An absolute path without `.`, `..` or a trailing slash.
    ///
    /// `current`: the folder that a relative path starts at, absolute.
    package static func absolute(_ path: String, from current: String) -> String {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var names: [Substring] = []
        for name in (isAbsolute ? path : "\(current)/\(path)").split(separator: "/") {
            switch name {
            case ".": continue
            case "..": if !names.isEmpty { names.removeLast() }
            default: names.append(name)
            }
        }
        return "/" + names.joined(separator: "/")
    }
}
