/// Why an installation was not made.
package enum InstallationRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is one already; nothing was touched.
    case alreadyThere(String)
    case cannotWrite(path: String, reason: String)
    /// The keys could not be made; what they are made with says why.
    case keys(String)

    package var description: String {
        switch self {
        case .alreadyThere(let path):
            "\(path) is already there, and nothing is ever overwritten. "
                + "Choose another folder, or move that one away first."
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)."
        case .keys(let reason): "The gateway's keys could not be made: \(reason)"
        }
    }
}

extension Installation {
    /// What `mochila init` lets other modules make: keys are Sealing's business.
    package struct KeyMaker: Sendable {
        /// Fills the keys folder with the gateway's own keys.
        package let gatewayKeys: @Sendable (_ keysFolder: String) throws -> Void
        /// Writes a self-made certificate and its key, for trying things out before a real one is
        /// there; `nil` where the operator brings one.
        package let tlsCertificate:
            (@Sendable (_ certificate: String, _ key: String, _ host: String) throws -> Void)?

        package init(
            gatewayKeys: @escaping @Sendable (_ keysFolder: String) throws -> Void,
            tlsCertificate:
                (@Sendable (_ certificate: String, _ key: String, _ host: String) throws -> Void)? =
                nil
        ) {
            self.gatewayKeys = gatewayKeys
            self.tlsCertificate = tlsCertificate
        }
    }

    /// Makes the folders (mode 0700), the keys and the commented configuration (mode 0600).
    ///
    /// The configuration is written last: where it stands, everything else is whole. Refuses a
    /// folder that holds anything already.
    ///
    /// `path`: absolute; the folder may exist where it is empty.
    /// `values`: set in the configuration instead of the examples.
    package static func create(
        at path: String,
        setting values: [ConfigurationKey: String] = [:],
        keys: KeyMaker
    ) throws(InstallationRefusal) -> Self {
        let installation = Self(folder: path)
        if FileFacts(path: installation.configurationFile) != nil {
            throw .alreadyThere(installation.configurationFile)
        }
        if FileFacts(path: path) != nil, PrivateFiles.isEmptyFolder(path) != true {
            throw .alreadyThere(path)
        }
        for folder in installation.folders { try PrivateFiles.makeFolder(folder) }
        do {
            try keys.gatewayKeys(installation.keysFolder)
            let address = values[.baseAddress] ?? ConfigurationKey.baseAddress.entry.example ?? ""
            try keys.tlsCertificate?(
                "\(installation.tlsFolder)/certificate.pem",
                "\(installation.tlsFolder)/key.pem",
                HostText.httpsAddress(address)?.host ?? "localhost"
            )
        } catch {
            throw .keys("\(error)")
        }
        try PrivateFiles.write(
            ConfigurationSample.yaml(setting: values),
            to: installation.configurationFile
        )
        return installation
    }
}
