import Testing

@Suite("The tree") struct TreeRuleTests {
    private static let textEndings = [
        ".swift", ".c", ".h", ".md", ".json", ".mustache", ".css", ".js", ".yaml", ".yml", ".sql",
        ".tsv", ".txt", ".py", ".sh", ".html",
    ]

    @Test(arguments: ["Sources", "Tests", "Templates", "docs", "script", "Keys", "Benchmarks"])
    func `no file knows the machine it was written on`(folder: String) throws {
        // Put together here, so that this file passes its own test.
        let homes = ["work", "root", "Users", "home/user"].map { "/" + $0 + "/" }
        let endings = folder == "script" ? [""] : Self.textEndings
        for file in try Tree.files(under: folder, endings: endings) {
            let found = homes.filter(file.text.contains)
            #expect(found.isEmpty, "\(file)")
        }
    }

    @Test func `no path of a temporary folder is written down in the sources`() throws {
        let found = try Sources.parsed.get()
            .filter {
                $0.swift.literals.contains { $0.hasPrefix("/tmp/") || $0.hasPrefix("/var/tmp") }
            }
            .map(\.file.path)
        #expect(found.isEmpty)
    }

    @Test func `templates hold no style and no script of their own`() throws {
        for file in try Tree.files(under: "Templates", endings: [".mustache", ".html"]) {
            // A printed page is a file of its own, without a server to fetch its style from.
            let permitted = file.path.hasPrefix("Templates/print/") ? ["<style>"] : []
            #expect(MarkupText(file.text).inlineCode.allSatisfy(permitted.contains), "\(file)")
        }
    }

    @Test(arguments: [
        (#"<p style="color: red">x</p>"#, ["style"]), ("<style>p{}</style>", ["<style>"]),
        ("<script>go()</script>", ["<script>"]), (#"<script src="/a.js" defer></script>"#, []),
        (#"<a href="javascript:go()">x</a>"#, ["javascript:"]),
        (#"<button onclick = "go()">x</button>"#, ["onclick"]),
        (#"<p class="one" data-on="x">season style="x"</p>"#, []),
        (#"<P STYLE='x'>"#, ["style"]),
    ])
    func `inline code is found where it stands`(markup: String, found: [String]) {
        #expect(MarkupText(markup).inlineCode == found)
    }

    @Test func `addresses in the tree are of reserved domains`() throws {
        let mail = /[A-Za-z0-9._+-]+@(?<domain>[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)/
        let sources = try Sources.swift.get().filter { $0.target != "ReferenceData" }
        for file in sources + (try Sources.tests.get()) {
            for match in file.text.matches(of: mail) {
                let domain = match.domain.lowercased()
                // Names of SSH's algorithms end in their author's domain.
                if ["openssh.com", "libssh.org"].contains(domain) { continue }
                let isReserved = ["example", "invalid", "test", "localhost", "example.com"]
                    .contains { domain == $0 || domain.hasSuffix("." + $0) }
                #expect(isReserved, "\(file): \(match.output.0)")
            }
        }
    }
}
