package import Casework
package import HTTPTypes

/// What a route takes besides its path.
package enum RouteBody: Hashable, Sendable {
    case none
    /// A form of at most so many bytes.
    case form(limit: Int)
    /// A form with files, streamed.
    case upload
    /// JSON of at most so many bytes; only systems send it.
    case json(limit: Int)
    /// Bytes of any kind, read by the page; only systems send them.
    case stream
}

/// One line of the route table.
package struct RouteDefinition: Hashable, Sendable {
    /// GET reads and the others change; nothing is both.
    ///
    /// Pages know GET and POST only.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"

        package var http: HTTPRequest.Method {
            switch self {
            case .get: .get
            case .post: .post
            case .patch: .patch
            case .delete: .delete
            }
        }
    }

    package let method: Method
    /// `{name}` stands for one segment.
    package let pattern: String
    package let body: RouteBody
    /// Who may come in, for routes of signed-in people; empty for the others.
    package let roles: Set<StaffRole>
    /// Exists only in the demonstration.
    package let isDemonstrationOnly: Bool
    /// What an access key must be for, on routes of systems; `nil` where any key will do.
    package let scope: AccessKey.Scope?

    /// A page that changes something needs the form's token: there is no way to state otherwise.
    ///
    /// Systems have no forms; nothing sends an access key by itself as browsers send cookies.
    package var changesState: Bool { method != .get }

    /// Takes a body in several pieces, with a resource of its own for what has come.
    package var isResumable: Bool {
        scope != nil && method == .post && (body == .upload || body == .stream)
    }

    private init(
        method: Method,
        pattern: String,
        body: RouteBody,
        roles: Set<StaffRole> = [],
        isDemonstrationOnly: Bool = false,
        scope: AccessKey.Scope? = nil
    ) {
        self.method = method
        self.pattern = pattern
        self.body = body
        self.roles = roles
        self.isDemonstrationOnly = isDemonstrationOnly
        self.scope = scope
    }

    /// A call that reads, with a key.
    package static func read(_ pattern: String, _ scope: AccessKey.Scope? = nil) -> Self {
        Self(method: .get, pattern: pattern, body: .none, scope: scope)
    }

    /// A call that changes something, with a key.
    package static func json(_ pattern: String, _ scope: AccessKey.Scope) -> Self {
        Self(method: .post, pattern: pattern, body: .json(limit: 64 << 10), scope: scope)
    }

    /// A call that brings bytes of any kind, with a key.
    package static func stream(
        _ method: Method,
        _ pattern: String,
        _ scope: AccessKey.Scope
    ) -> Self {
        Self(method: method, pattern: pattern, body: .stream, scope: scope)
    }

    /// A call that takes something away, with a key.
    package static func remove(_ pattern: String, _ scope: AccessKey.Scope) -> Self {
        Self(method: .delete, pattern: pattern, body: .none, scope: scope)
    }

    /// A call that brings files, with a key.
    package static func records(_ pattern: String, _ scope: AccessKey.Scope) -> Self {
        Self(method: .post, pattern: pattern, body: .upload, scope: scope)
    }

    package static func get(
        _ pattern: String,
        roles: Set<StaffRole> = [],
        demonstrationOnly: Bool = false
    ) -> Self {
        Self(
            method: .get,
            pattern: pattern,
            body: .none,
            roles: roles,
            isDemonstrationOnly: demonstrationOnly
        )
    }

    package static func post(
        _ pattern: String,
        limit: Int = 64 << 10,
        roles: Set<StaffRole> = [],
        demonstrationOnly: Bool = false
    ) -> Self {
        Self(
            method: .post,
            pattern: pattern,
            body: .form(limit: limit),
            roles: roles,
            isDemonstrationOnly: demonstrationOnly
        )
    }

    package static func upload(_ pattern: String, roles: Set<StaffRole> = []) -> Self {
        Self(
            method: .post,
            pattern: pattern,
            body: .upload,
            roles: roles,
            isDemonstrationOnly: false
        )
    }
}

/// The routes of one audience.
///
/// A route that is not in a table does not exist: the router is made from the tables, and the
/// handlers switch over them.
package protocol RouteTable: CaseIterable, Hashable, Sendable, RawRepresentable<String> {
    var definition: RouteDefinition { get }
}

extension RouteTable {
    /// The path with its parameters filled in, in the order of the pattern.
    package func path(
        _ values: String...,
        query: KeyValuePairs<String, String> = [:]
    ) -> LocalPath {
        LocalPath(pattern: definition.pattern, values: values, query: query)
    }
}
