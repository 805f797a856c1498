import Operations
import Testing

@Suite("The commented file of mochila init")
struct ConfigurationSampleTests {
    private let written = ConfigurationSample.yaml()

    /// With the key of every line at work, not only shown.
    private func uncommented(_ yaml: String, only keys: [ConfigurationKey]) -> String {
        var section = ""
        return yaml.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.hasSuffix(":"), !line.hasPrefix("#"), !line.hasPrefix(" ") {
                section = line.dropLast() + "."
            }
            let bare = line.replacing("# ", with: "", maxReplacements: 1)
            let name = bare.drop { $0 == " " }.prefix { $0 != ":" }
            let isTop = !line.hasPrefix(" ")
            let key = ConfigurationKey(rawValue: (isTop ? "" : section) + name)
            return key.map(keys.contains) == true ? String(bare) : String(line)
        }
        .joined(separator: "\n")
    }

    @Test func `it parses back to the defaults`() throws {
        let defaults = try Samples.read(
            """
            base_address: https://records.example
            mail: {host: mail.example, from_address: records@records.example}
            """
        )
        #expect(try Samples.read(written) == defaults)
    }

    @Test func `what it shows as defaults are the defaults`() throws {
        let keys = ConfigurationKey.allCases.filter { $0.entry.standard != nil }
        let active = uncommented(written, only: keys)
        #expect(active != written)
        let asWritten = try Samples.read(written)
        #expect(try Samples.read(active) == asWritten)
    }

    @Test func `its examples are accepted`() throws {
        let active = uncommented(written, only: ConfigurationKey.allCases)
        let configuration = try Samples.read(active)
        #expect(configuration.mail.signIn?.user == "records@records.example")
        #expect(configuration.mail.authoritiesFile == "/srv/mochila/keys/mail-ca.pem")
        #expect(configuration.shareFolder == "/usr/share/mochila")
    }

    @Test(arguments: ConfigurationKey.allCases)
    func `every key stands in it once, under its section`(key: ConfigurationKey) {
        var section = ""
        var found = 0
        for line in written.split(separator: "\n") {
            if line.hasSuffix(":"), !line.hasPrefix(" "), !line.hasPrefix("#") {
                section = line.dropLast() + "."
            }
            let bare = line.drop { $0 == " " || $0 == "#" }
            let name = bare.prefix { $0 != ":" }
            let isTop = !line.hasPrefix(" ")
            if (isTop ? "" : section) + name == key.rawValue { found += 1 }
        }
        #expect(found == 1)
    }

    @Test(arguments: ConfigurationKey.allCases)
    func `every key has either a default or an example`(key: ConfigurationKey) {
        #expect((key.entry.standard == nil) != (key.entry.example == nil))
        #expect(!key.entry.isRequired || key.entry.example != nil)
    }

    @Test(
        arguments: [
            "Ayuda's \"records\"", "a: b", "- x", "#5", " padded ", "*star", "true", "ñandú",
            "x #y", "@a", "'", "''", "[a]",
        ]
    )
    func `a value that is set comes back as it was`(name: String) throws {
        let yaml = ConfigurationSample.yaml(setting: [.mailFromName: name])
        #expect(try Samples.read(yaml).mail.fromName == name)
    }

    @Test func `no line is too long to read`() {
        #expect(written.split(separator: "\n").allSatisfy { $0.utf8.count <= 100 })
    }

    @Test func `it holds no secret`() {
        #expect(!written.lowercased().contains("password:"))
    }
}
