/// Two surnames in one column.
enum Surnames {
    /// The first word with the particles before it, and the rest.
    ///
    /// `DE LA CRUZ GARCIA` is `DE LA CRUZ` and `GARCIA`; one surname has no second.
    static func split(_ text: String) -> (paternal: String, maternal: String) {
        let words = text.split(separator: " ")
        guard let first = words.firstIndex(where: { !particles.contains($0.lowercased()) }) else {
            return (text, "")
        }
        return (
            words[...first].joined(separator: " "),
            words[(first + 1)...].joined(separator: " ")
        )
    }

    private static let particles: Set<String> = [
        "de", "del", "la", "las", "los", "da", "do", "dos", "san", "santa", "van", "von", "y",
    ]
}
