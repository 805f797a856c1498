package import Casework

/// Files encrypted at rest, in constant memory: see `ProtectedLayout`.
package struct FileVault: FileProtection {
    private let keys: MasterKeys

    package init(keys: MasterKeys) {
        self.keys = keys
    }

    package func makeWriter(creating path: String) throws -> any ProtectedFileWriter {
        try VaultWriter(creating: path, keys: keys)
    }

    package func makeReader(of path: String) throws -> any ProtectedFileReader {
        try VaultReader(path: path, keys: keys)
    }
}
