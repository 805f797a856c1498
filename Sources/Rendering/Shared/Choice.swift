/// One thing that can be chosen with a radio button, a tick box or a list.
package struct Choice<Value: Worded & Hashable>: Hashable, Sendable where Value: Sendable {
    /// What the form sends.
    package let value: String
    package let words: Value
    package let isChosen: Bool

    package init(value: String, words: Value, isChosen: Bool) {
        self.value = value
        self.words = words
        self.isChosen = isChosen
    }
}

extension Choice where Value: RawRepresentable, Value.RawValue == String {
    package init(_ words: Value, isChosen: Bool = false) {
        self.init(value: words.rawValue, words: words, isChosen: isChosen)
    }

    /// All of `values`, with those in `chosen` marked.
    package static func list(_ values: some Sequence<Value>, chosen: some Sequence<Value>) -> [Self]
    {
        let chosen = Set(chosen)
        return values.map { Self($0, isChosen: chosen.contains($0)) }
    }
}

/// A choice whose words are data, such as a school or a state.
package struct NamedChoice: Hashable, Sendable {
    package let value: String
    package let label: String
    package let isChosen: Bool

    package init(value: String, label: String, isChosen: Bool = false) {
        self.value = value
        self.label = label
        self.isChosen = isChosen
    }
}
