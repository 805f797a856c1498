/// Where a page that answers a POST is read anew: such an address has no page of its own, or
/// another's.
package enum ReadablePath {
    private static let definitions: [RouteDefinition] =
        PublicRoute.allCases.map(\.definition) + SecondFactorRoute.allCases.map(\.definition)
        + LinkRoute.allCases.map(\.definition) + StaffRoute.allCases.map(\.definition)

    private static let read = Set(definitions.filter { !$0.changesState }.map(\.pattern))
    private static let posted = definitions.filter(\.changesState).map { segments($0.pattern) }

    /// The nearest address above `path` that is read, or its own: of the route that answers a POST
    /// to it.
    package static func above(_ path: String) -> String {
        let asked = segments(path)
        let fitting = posted.filter { fits(asked, $0) }
        // Words go before what stands for any word, as in the router.
        let pattern = fitting.max { words($0) < words($1) }
        guard let pattern else { return path }
        for count in stride(from: pattern.count, through: 1, by: -1)
        where read.contains("/" + pattern.prefix(count).joined(separator: "/")) {
            return "/" + asked.prefix(count).joined(separator: "/")
        }
        return "/"
    }

    private static func segments(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }

    private static func fits(_ path: [String], _ pattern: [String]) -> Bool {
        path.count == pattern.count
            && zip(path, pattern).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }

    /// How many of its segments are words.
    private static func words(_ pattern: [String]) -> Int {
        pattern.count { !$0.hasPrefix("{") }
    }
}
