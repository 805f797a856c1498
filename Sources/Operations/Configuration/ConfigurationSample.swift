/// The commented file that `mochila init` writes, made from the table of keys.
package enum ConfigurationSample {
    /// `values`: set instead of the examples, such as the address given to `init`.
    package static func yaml(setting values: [ConfigurationKey: String] = [:]) -> String {
        var lines = [
            "# Configuration of a Mochila gateway. Lines that begin with # and a key show its",
            "# default, or an example where there is none; take the # away to change it. A key",
            "# that is not known is an error. Secrets never stand here: name a file of mode 0600.",
            "# Paths start at this file's folder. After a change: mochila doctor.",
        ]
        var section = ""
        for key in ConfigurationKey.allCases {
            if key.section != section {
                section = key.section
                lines += ["", "\(section):"]
            } else if !key.entry.comment.isEmpty, section.isEmpty {
                lines.append("")
            }
            let indentation = section.isEmpty ? "" : "  "
            lines += key.entry.comment.map { "\(indentation)# \($0)" }
            let isSet = values[key] != nil || key.entry.isRequired
            let value = values[key] ?? key.entry.standard ?? key.entry.example ?? ""
            lines.append("\(indentation)\(isSet ? "" : "# ")\(key.name): \(scalar(value))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Quoted unless it is plainly a word, a number or a path, so that no value means anything
    /// else to YAML.
    private static func scalar(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte & 0xDF)
                || Array(" ./:@_-".utf8).contains(byte)
        }
        let isSafe =
            isPlain && !value.isEmpty && value.utf8.first != UInt8(ascii: "-")
            && value.utf8.first != UInt8(ascii: "@") && value.utf8.first != UInt8(ascii: ":")
            && value.utf8.last != UInt8(ascii: ":") && !value.contains(": ")
            && value.utf8.first != UInt8(ascii: " ") && value.utf8.last != UInt8(ascii: " ")
        if isSafe { return value }
        return "'"
            + value.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''") + "'"
    }
}
