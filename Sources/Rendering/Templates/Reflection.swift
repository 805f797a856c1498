import Mustache
import RecordExchange
import StudentRecords
package import Vocabulary

/// Turns the plain values of a page into what a template can ask for.
///
/// Pages stay structs of typed values (a day, a status, a list of rows); the way each is said in a
/// language is decided here, once. Reflection costs microseconds a page and saves every page a
/// hand-written list of its own names.
package struct Reflection: Sendable {
    package let language: Language
    let texts: [String: MustacheTemplate]
    let phrases: [String: MustacheTemplate]
    let unknown: UnknownNames?

    package init(
        language: Language,
        catalogue: TextCatalogue,
        unknown: UnknownNames? = nil
    ) {
        self.language = language
        texts = catalogue.pages[language] ?? [:]
        phrases = catalogue.phrases[language] ?? [:]
        self.unknown = unknown
    }

    /// The scope of a struct's stored properties.
    func scope(of value: Any) -> Scope {
        var scope = Scope(values: [:])
        for case (let label?, let child) in Mirror(reflecting: value).children {
            scope.values[label] = shown(child)
        }
        return scope
    }

    func shown(_ value: Any) -> Any {
        switch value {
        case let text as String: return ShownText(renderText: text)
        case let flag as Bool: return flag
        case let number as Int: return shown(number: Int64(number))
        case let number as Int64: return shown(number: number)
        case let form as Form: return FormScope(form: form, reflection: self)
        case let worded as any Worded: return shown(worded: worded)
        case let date as CivilDate: return shown(DateWords(date, in: language))
        case let time as LocalTime:
            let words = TimeWords(time, in: language)
            let date = shown(DateWords(time.date, in: language))
            return ShownText(
                renderText: words.full,
                forms: ["clock": ShownText(renderText: words.clock), "date": date]
            )
        case let size as ByteCount: return ShownText(renderText: size.words)
        case let digest as DigestText:
            let start = String(digest.hexadecimal.prefix(12))
            return ShownText(
                renderText: digest.hexadecimal,
                forms: ["start": ShownText(renderText: start)]
            )
        default: return reflected(value)
        }
    }

    /// The sentence of a case, filled with what it carries; not escaped.
    package func sentence(_ worded: any Worded) -> String {
        guard let text = phrases[worded.textKey] else {
            unknown?.add(worded.textKey)
            return "[\(worded.textKey)]"
        }
        var scope = Scope(values: [:], isRoot: true, unknown: unknown)
        if let payload = Mirror(reflecting: worded).children.first?.value {
            scope.values = self.scope(of: payload).values
        }
        return text.render(scope)
    }

    private func shown(worded: any Worded) -> Any {
        let name = worded.caseName
        return ShownText(
            renderText: sentence(worded),
            forms: [
                "name": ShownText(renderText: name), "is": CaseTest(name: name),
                "with": Mirror(reflecting: worded).children.first.map { scope(of: $0.value) }
                    ?? Absent() as Any,
            ]
        )
    }

    private func shown(number: Int64) -> Any {
        ShownText(renderText: String(number), forms: ["isOne": number == 1, "any": number > 0])
    }

    private func shown(_ words: DateWords) -> Any {
        ShownText(
            renderText: words.full,
            forms: [
                "weekday": ShownText(renderText: words.weekday),
                "short": ShownText(renderText: words.short),
                "month": ShownText(renderText: words.monthAndYear),
                "iso": ShownText(renderText: words.date.description),
            ]
        )
    }

    private func reflected(_ value: Any) -> Any {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            return mirror.children.first.map { shown($0.value) } ?? Absent()
        case .collection, .set:
            return mirror.children.map { shown($0.value) }
        default:
            // Identifiers, numbers and codes are their own text form; other structs are scopes.
            if let text = value as? any CustomStringConvertible {
                return ShownText(renderText: text.description)
            }
            return scope(of: value)
        }
    }
}

/// `status.is.recordsReady`: whether a value is a certain case.
struct CaseTest: MustacheParent {
    let name: String

    func child(named other: String) -> Any? { name == other }
}
