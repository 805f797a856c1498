import Foundation
import Testing
import WebGateway

/// What the templates post to and lead to, asked of the route tables: a button that no route
/// answers is found before anybody presses it.
@Suite("Where forms and links lead") struct FormActionTests {
    struct Target: Sendable, CustomStringConvertible {
        let template: String
        let method: RouteDefinition.Method
        let path: String

        var description: String { "\(method.rawValue) \(path) in \(template)" }

        var isAnswered: Bool {
            let asked = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").map(
                String.init
            )
            return RouteMatrixTests.Line.all.contains { line in
                guard line.definition.method == method else { return false }
                let route = line.definition.pattern.split(separator: "/").map(String.init)
                // Where it begins with a value, that stands for one segment or more.
                let rest = path.hasPrefix("{{") ? Array(asked.dropFirst()) : asked
                guard path.hasPrefix("{{") ? route.count > rest.count : route.count == rest.count
                else { return false }
                return zip(route.suffix(rest.count), rest).allSatisfy { pattern, segment in
                    segment.contains("{{") ? pattern.hasPrefix("{") : pattern == segment
                }
            }
        }
    }

    private static let targets: [Target] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Templates/web")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.sorted().flatMap { name -> [Target] in
            let file = folder.appendingPathComponent(name)
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
            let forms = text.matches(of: /<form\b(?:"[^"]*"|[^">])*>/).compactMap { form in
                form.output.firstMatch(of: /\ action="([^"]*)"/).map { action in
                    let isPost = form.output.contains("method=\"post\"")
                    return Target(
                        template: name,
                        method: isPost ? .post : .get,
                        path: String(action.1)
                    )
                }
            }
            let buttons = text.matches(of: /\ formaction="([^"]*)"/)
                .map { Target(template: name, method: .post, path: String($0.1)) }
            let links = text.matches(of: /<a\b[^>]*\ href="([^"]*)"/)
                .map { Target(template: name, method: .get, path: String($0.1)) }
                .filter { target in
                    // A telephone number is no page.
                    !["#", "{{#", "tel:"].contains { target.path.hasPrefix($0) }
                }
            return forms + buttons + links
        }
    }()

    @Test func `no button and no link leads to where no route is`() {
        #expect(Self.targets.count { $0.method == .post } > 60)
        #expect(Self.targets.count { $0.method == .get } > 60)
        for target in Self.targets { #expect(target.isAnswered, "\(target)") }
    }

    @Test(arguments: [
        ("/requests/{{number}}/retry-delivery", false), ("/requests/{{number}}/accept", true),
        ("{{path}}/nowhere", false), ("{{path}}/call", true), ("/queue", false),
    ])
    func `a dead button is told from one that lives`(path: String, lives: Bool) {
        let target = Target(template: "", method: .post, path: path)
        #expect(target.isAnswered == lives)
    }
}
