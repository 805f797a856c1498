import Mustache
import Synchronization

/// Names that a template asked for and nobody knew; only the tests ask for such a list.
package final class UnknownNames: Sendable {
    private let names = Mutex<Set<String>>([])

    package init() {}

    package var all: [String] { names.withLock { $0.sorted() } }

    func add(_ name: String) {
        names.withLock { _ = $0.insert(name) }
    }
}

/// Named values, as a template sees them.
struct Scope: MustacheParent {
    var values: [String: Any]
    /// What every template may ask for: the words, the frame around the page.
    var isRoot = false
    var unknown: UnknownNames?

    func child(named name: String) -> Any? {
        if let value = values[name] { return value }
        // A name climbs from the innermost scope; only where the root has none is it unknown.
        if isRoot { unknown?.add(name) }
        return nil
    }
}

/// A text to show; empty text is no text, so that a section over it is left out.
struct ShownText: MustacheCustomRenderable, MustacheParent {
    let renderText: String
    /// Other ways to say it, such as `short`.
    var forms: [String: Any] = [:]

    var isNull: Bool { renderText.isEmpty }

    func child(named name: String) -> Any? { forms[name] }
}

/// A value that is not there.
struct Absent: MustacheCustomRenderable, MustacheParent {
    var renderText: String { "" }
    var isNull: Bool { true }

    func child(named name: String) -> Any? { nil }
}

/// The words of the catalogue under a beginning of a key: `t.student` of `t.student.title`.
struct WordsNode: MustacheParent, MustacheCustomRenderable {
    let prefix: String
    let texts: [String: MustacheTemplate]
    let unknown: UnknownNames?

    func child(named name: String) -> Any? {
        let key = prefix.isEmpty ? name : prefix + "." + name
        if let text = texts[key] { return text }
        return Self(prefix: key, texts: texts, unknown: unknown)
    }

    var isNull: Bool { false }

    /// Only a key without a text is ever rendered itself.
    var renderText: String {
        unknown?.add("t.\(prefix)")
        return "[\(prefix)]"
    }
}
