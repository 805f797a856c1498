import Mustache

/// What was typed and what is wrong with it: a refused form comes back with every word kept.
package struct Form: Hashable, Sendable {
    package var values: [FieldName: String]
    package var problems: [FieldProblem]

    package init(_ values: [FieldName: String] = [:], problems: [FieldProblem] = []) {
        self.values = values
        self.problems = problems
    }

    package static let empty = Form()
}

/// A form as templates see it: `form.given` is a field, `form.problems` the summary.
struct FormScope: MustacheParent {
    let form: Form
    let reflection: Reflection

    func child(named name: String) -> Any? {
        if name == "problems" { return summary }
        guard let field = FieldName(rawValue: name) else {
            reflection.unknown?.add("form.\(name)")
            return nil
        }
        return scope(of: field)
    }

    private var summary: [Scope] {
        form.problems.map { problem in
            Scope(values: [
                "target": ShownText(renderText: problem.input ?? problem.field.target),
                "words": ShownText(renderText: reflection.sentence(problem.trouble)),
            ])
        }
    }

    private func scope(of field: FieldName) -> Scope {
        // What is wrong with one input of several stands beside that one.
        let problems = form.problems.filter { $0.field == field && $0.input == nil }
            .map { ShownText(renderText: reflection.sentence($0.trouble)) }
        let values: [String: Any] = [
            "name": ShownText(renderText: field.rawValue),
            // A password is never sent back.
            "value": ShownText(
                renderText: field.inputType == "password" ? "" : form.values[field] ?? ""
            ),
            "label": text("field.\(field.rawValue).label"),
            "hint": text("field.\(field.rawValue).hint"),
            "type": ShownText(renderText: field.inputType),
            "autocomplete": ShownText(renderText: field.autocomplete),
            "inputMode": ShownText(renderText: field.inputMode),
            "width": ShownText(renderText: field.width),
            "described": ShownText(
                renderText: [
                    reflection.texts["field.\(field.rawValue).hint"].map { _ in "-hint" },
                    problems.isEmpty ? nil : "-err",
                ].compactMap { $0.map { field.rawValue + $0 } }.joined(separator: " ")
            ),
            "wrong": problems.isEmpty ? Absent() as Any : true,
            "troubles": problems,
        ]
        return Scope(values: values)
    }

    private func text(_ key: String) -> Any {
        reflection.texts[key] ?? Absent()
    }
}
