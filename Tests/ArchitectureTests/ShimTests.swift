import Testing

@Suite("C shims") struct ShimTests {
    private static let shims = Layers.rows.filter { $0.kind == .shim }.map(\.target)

    @Test(arguments: shims)
    func `a public header offers only functions of ours`(shim: String) throws {
        for header in try headers(of: shim) {
            let strangers = CHeader(header.text).functions.filter { !$0.hasPrefix("mochila_") }
            #expect(strangers.isEmpty, "\(header)")
        }
    }

    @Test(arguments: shims)
    func `a public header includes no library's header`(shim: String) throws {
        let permitted: Set<String> = ["stdbool.h", "stddef.h", "stdint.h"]
        for header in try headers(of: shim) {
            #expect(Set(CHeader(header.text).includes).isSubset(of: permitted), "\(header)")
        }
    }

    @Test(arguments: Layers.libraryHeaders.indices)
    func `a library's header is included by one target's private files alone`(index: Int) throws {
        let library = Layers.libraryHeaders[index]
        for file in try Sources.c.get()
        where file.target != library.target || file.path.contains("/include/") {
            let included = CHeader(file.text).includes.filter { $0.hasPrefix(library.prefix) }
            #expect(included.isEmpty, "\(file)")
        }
    }

    @Test func `a shim keeps every name that links to itself`() throws {
        for file in try Sources.c.get() where file.name.hasSuffix(".c") {
            let strangers = CHeader(file.text).definedFunctions
                .filter { !$0.isStatic && !$0.name.hasPrefix("mochila_") }
                .map(\.name)
            #expect(strangers.isEmpty, "\(file)")
        }
    }

    @Test func `a C file's functions are told apart from calls and macros`() {
        let header = CHeader(
            """
            #include <stddef.h>
            /* not_a_function(void); */
            typedef enum __attribute__((enum_extensibility(closed))) { mochila_a, mochila_b } mochila_e;
            typedef int (*mochila_callback)(void *);
            int mochila_do(size_t (*then)(int), void *);
            const char *stray(void);
            static int helper(int a) { return other(a); }
            """
        )
        #expect(header.includes == ["stddef.h"])
        #expect(header.functions == ["mochila_callback", "mochila_do", "stray", "helper"])
        #expect(header.definedFunctions.map(\.name) == ["helper"])
        #expect(header.definedFunctions.map(\.isStatic) == [true])
    }

    private func headers(of shim: String) throws -> [Tree.File] {
        try Sources.c.get().filter {
            $0.target == shim && $0.path.contains("/include/") && $0.name.hasSuffix(".h")
        }
    }
}
