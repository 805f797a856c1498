import Testing
import WebGateway

@Suite("A page that answers a form is read in the other language") struct ReadablePathTests {
    @Test(arguments: [
        ("/requests/find", "/requests"), ("/queue/give-back", "/queue"),
        ("/queue/check", "/queue"), ("/queue/do", "/queue"), ("/queue/views/forget", "/queue"),
        ("/queue/RQ-7Q4K9-2PMXC/call", "/queue/RQ-7Q4K9-2PMXC"),
        ("/queue/RQ-7Q4K9-2PMXC/location", "/queue/RQ-7Q4K9-2PMXC/location"),
        ("/requests/new", "/requests"), ("/nowhere", "/nowhere"),
    ])
    func `its own address or the one above it`(posted: String, read: String) {
        #expect(ReadablePath.above(posted) == read)
    }

    @Test(arguments: RouteMatrixTests.Line.all.filter(\.definition.changesState))
    func `whatever is posted to leads to a page of the tables`(line: RouteMatrixTests.Line) {
        let above = ReadablePath.above(line.path).split(separator: "/")
        let posted = line.definition.pattern.split(separator: "/")
        let isRead = RouteMatrixTests.Line.all.contains { other in
            let pattern = other.definition.pattern.split(separator: "/")
            return !other.definition.changesState && pattern.count == above.count
                && zip(zip(pattern, above), posted).allSatisfy { pair, posted in
                    // A word of the posted address is no parameter of the page's.
                    pair.0 == pair.1 || pair.0.hasPrefix("{") && posted.hasPrefix("{")
                }
        }
        #expect(isRead)
    }
}
