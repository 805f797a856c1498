import Testing

@Suite("Reading Swift") struct SwiftTextTests {
    @Test(arguments: [
        ("import A", ["A"]), ("package import A\nimport B", ["A", "B"]),
        ("@preconcurrency private import A.B", ["A"]), ("import struct A.B", ["A"]),
        ("// import A", []), ("/* import A /* */ import B */ import C", ["C"]),
        ("let s = \"\"\"\nimport A\n\"\"\"", []), ("let important = 1", []),
    ])
    func `imports are what the compiler sees`(source: String, imports: [String]) {
        #expect(SwiftText(source).imports == imports)
    }

    @Test(arguments: [
        ("let a = \"try!\"", "\"try!\""), ("// try!", "try!"), ("let a = #\"\"try!\"#", "try!"),
        ("let a = \"\\\" try!\"", "try!"), ("let a = \"\\(b) try!\"", "try!"),
    ])
    func `text is not code`(source: String, hidden: String) {
        #expect(!SwiftText(source).code.contains("try!"))
    }

    @Test(arguments: [
        "let a = \"\\(try! b())\"", "let a = \"x\" + (try! b())",
        "let a = \"\\(c(\"d\", try! b()))\"",
        "let a = #\"\\#(try! b())\"#", "/* a */ try! b()",
    ])
    func `an interpolation is code`(source: String) {
        #expect(SwiftText(source).code.contains("try!"))
    }

    @Test func `literals are collected`() {
        let text = SwiftText("let a = \"one\"; let b = \"two \\(c(\"three\")) four\"")
        #expect(text.literals == ["one", "three", "two \\() four"])
    }

    @Test func `lines keep their numbers`() {
        let source = "a\n/* b\nc */\nlet d = \"\"\"\n  e\n  \"\"\"\nf"
        #expect(SwiftText(source).lines.count == 7)
        #expect(SwiftText(source).lines[6] == "f")
    }

    @Test func `declared types are found at any depth`() {
        let text = SwiftText("package struct A { enum B { case c }; private final class D {} }")
        #expect(text.declaredTypes == ["A", "B", "D"])
    }

    @Test func `the manifest is read with its kinds and dependencies`() {
        let manifest = Manifest(
            """
            products: [.executable(name: "p", targets: ["P"])],
            targets: [
                .target(name: "A", linkerSettings: [.linkedLibrary("z")]),
                .executableTarget(name: "P", dependencies: ["A", library]),
                .testTarget(name: "PTests", dependencies: ["P"]),
            ]
            """
        )
        #expect(manifest.targets.map(\.name) == ["A", "P", "PTests"])
        #expect(manifest.targets.map(\.isTest) == [false, false, true])
        #expect(manifest.targets.map(\.dependencies) == [[], ["A"], ["P"]])
    }
}
