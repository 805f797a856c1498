package import Casework
package import Hummingbird
import Vocabulary

/// A call by a system that showed a live key with the scope that the route asks for.
package struct SystemVisit: Sendable {
    package let request: Request
    package let caller: SystemCaller
    package let requestID: String
    let parameters: [String: String]
    let query: FormFields
    /// The body of a JSON route.
    let body: [UInt8]
    let uploadForm: UploadForm?
    /// Tells the caller something while its body is on its way.
    let tell: @Sendable (InterimHead) async -> Void

    var actor: Actor { caller.actor }

    func identifier<Entity>(
        _ name: String,
        of _: Entity.Type = Entity.self
    ) throws(SystemProblem) -> Identifier<Entity> {
        guard let text = parameters[name], let identifier = Identifier<Entity>(text) else {
            throw SystemProblem(.notFound)
        }
        return identifier
    }

    /// The body's members; everything wrong with them is thrown at once.
    func read<Value>(
        _ body: (inout JSONReader) throws -> Value
    ) throws -> Value {
        guard let json = JSONValue(parsing: self.body) else {
            throw SystemProblem(.malformed, "The body is not JSON.")
        }
        var reader = JSONReader(json)
        let value = try body(&reader)
        reader.refuseUnread()
        guard reader.issues.isEmpty else {
            throw SystemProblem(.invalid, "Nothing was changed.", issues: reader.issues)
        }
        return value
    }
}

/// What answers calls; errors become problem details in front of it.
package protocol SystemPages: Sendable {
    func respond(to route: SystemRoute, _ visit: SystemVisit) async throws -> Response
}
