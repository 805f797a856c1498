import Vocabulary

/// Reads one key after the other, judges each by its row of the table and keeps every problem.
struct ConfigurationReader {
    private let text: ConfigurationText
    private let folder: String
    private(set) var problems: [Configuration.Problem]
    /// For the test that nothing in the table is forgotten.
    private(set) var asked: Set<ConfigurationKey> = []

    /// `folder`: absolute; paths that are not start here.
    init(_ text: ConfigurationText, folder: String) {
        self.text = text
        self.folder = folder
        self.problems = text.problems
    }

    mutating func note(_ key: ConfigurationKey, _ what: String) {
        problems.append(.init(line: text.values[key]?.line, text: "\(key.rawValue) \(what)"))
    }

    /// The value as typed, or the default; `nil` where it is missing, which is a problem exactly
    /// where the key is required.
    mutating func word(_ key: ConfigurationKey) -> String? {
        asked.insert(key)
        let entry = key.entry
        if let typed = text.values[key]?.text { return typed }
        if entry.isRequired {
            note(key, "is missing, for example \(entry.example ?? "")")
        }
        return entry.standard
    }

    mutating func text(_ key: ConfigurationKey) -> String? {
        guard case .text(let longest) = key.entry.kind, let typed = word(key) else { return nil }
        guard typed.utf8.count <= longest, typed.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
            note(key, "must be one line of at most \(longest) bytes")
            return nil
        }
        return typed
    }

    /// `nil` where nothing was typed.
    mutating func optionalNumber(_ key: ConfigurationKey) -> Int? {
        let number = number(key)
        return number == 0 ? nil : number
    }

    mutating func number(_ key: ConfigurationKey) -> Int {
        guard case .number(let range) = key.entry.kind, let typed = word(key) else { return 0 }
        guard typed.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(typed),
            range.contains(number)
        else {
            note(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return key.entry.standard.flatMap(Int.init) ?? range.lowerBound
        }
        return number
    }

    mutating func flag(_ key: ConfigurationKey) -> Bool {
        let typed = word(key)
        if typed != "true" && typed != "false" { note(key, "must be true or false") }
        return typed == "true"
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: ConfigurationKey,
        _: Choice.Type = Choice.self
    ) -> Choice? {
        guard let typed = word(key) else { return nil }
        guard let choice = Choice(rawValue: typed) else {
            note(key, "must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return choice
    }

    /// Absolute.
    mutating func path(_ key: ConfigurationKey) -> String? {
        guard let typed = word(key) else { return nil }
        guard !typed.utf8.contains(0), typed.utf8.count < 3_000 else {
            note(key, "is no path")
            return nil
        }
        return typed.utf8.first == UInt8(ascii: "/") ? typed : "\(folder)/\(typed)"
    }

    mutating func host(_ key: ConfigurationKey) -> String? {
        guard let typed = word(key) else { return nil }
        guard HostText.isHost(typed) else {
            note(key, "must be a host name or an IP address, without a port")
            return nil
        }
        return typed.lowercased()
    }

    mutating func address(_ key: ConfigurationKey) -> EmailAddress? {
        guard let typed = word(key) else { return nil }
        guard let address = try? EmailAddress(parsing: typed) else {
            note(key, "must be a mail address, such as \(key.entry.example ?? "")")
            return nil
        }
        return address
    }

    /// Addresses with blanks or commas between; none where nothing is set.
    mutating func addresses(_ key: ConfigurationKey) -> [EmailAddress] {
        let words = (text(key) ?? "").split { $0 == " " || $0 == "," || $0 == "\t" }
        let read = words.compactMap { try? EmailAddress(parsing: $0) }
        if read.count < words.count {
            note(key, "must be mail addresses, such as \(key.entry.example ?? "")")
        }
        return read
    }

    mutating func httpsAddress(_ key: ConfigurationKey) -> (address: String, host: String)? {
        guard let typed = word(key) else { return nil }
        guard let parsed = HostText.httpsAddress(typed) else {
            note(
                key,
                "must be https:// with a host and at most a port, without a path, such as "
                    + (key.entry.example ?? "")
            )
            return nil
        }
        return parsed
    }
}
