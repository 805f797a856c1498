import Foundation
import FoundationXML
import StudentRecords

/// An XML element by its local name; namespaces and attributes are left out.
final class XMLNode {
    let name: String
    private(set) var children: [XMLNode] = []
    fileprivate var bytes: [UInt8] = []

    fileprivate init(_ name: String) {
        self.name = name
    }

    var text: String { String(decoding: bytes, as: UTF8.self).trimmed }

    fileprivate func append(_ child: XMLNode) { children.append(child) }

    /// The first child with this name, or what a path of names leads to.
    func first(_ path: String...) -> XMLNode? {
        path.reduce(self) { node, name in node?.children.first { $0.name == name } }
    }

    func all(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

    /// The text at the end of a path; `nil` where there is none.
    func text(_ path: String...) -> String? {
        let node = path.reduce(self as XMLNode?) { node, name in
            node?.children.first { $0.name == name }
        }
        return node.flatMap { $0.text.isEmpty ? nil : $0.text }
    }
}

/// Parses XML without document types, entities of its own and anything from outside.
final class XMLTree: NSObject, XMLParserDelegate {
    /// Why a text is not read at all.
    enum Refusal: Error, Hashable {
        /// A document type could declare entities: expansion without bound, files from outside.
        case documentType
        case tooDeep
        case tooManyElements
        /// The line of the first fault.
        case notXML(line: Int)
    }

    private static let deepest = 64
    private static let most = 500_000

    private var stack: [XMLNode] = []
    private var root: XMLNode?
    private var count = 0
    private var refusal: Refusal?

    static func parse(_ text: String) throws(Refusal) -> XMLNode {
        let bytes = Array(text.utf8)
        guard !hasDeclaration(bytes) else { throw .documentType }
        // The text is UTF-8 now, whatever its declaration says.
        let parser = XMLParser(data: Data(withoutDeclaration(bytes)))
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = false
        let tree = XMLTree()
        parser.delegate = tree
        let isWhole = parser.parse()
        if let refusal = tree.refusal { throw refusal }
        guard isWhole, let root = tree.root, tree.stack.isEmpty else {
            throw .notXML(line: parser.lineNumber)
        }
        return root
    }

    /// Whether `<!DOCTYPE` or `<!ENTITY` stands anywhere, a comment included: better too strict.
    private static func hasDeclaration(_ bytes: [UInt8]) -> Bool {
        for index in bytes.indices where bytes[index] == UInt8(ascii: "<") {
            let start = bytes[index...].prefix(9).map { $0 & 0xDF }
            if start.starts(with: "<!DOCTYPE".utf8.map { $0 & 0xDF })
                || start.starts(with: "<!ENTITY".utf8.map { $0 & 0xDF })
            {
                return true
            }
        }
        return false
    }

    private static func withoutDeclaration(_ bytes: [UInt8]) -> [UInt8] {
        let start = bytes.firstIndex { ![9, 10, 13, 32].contains($0) } ?? 0
        let rest = bytes[start...]
        guard rest.starts(with: "<?xml".utf8) else { return Array(rest) }
        return Array(rest.drop { $0 != UInt8(ascii: ">") }.dropFirst())
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        count += 1
        if count > Self.most { return refuse(.tooManyElements, parser) }
        if stack.count >= Self.deepest { return refuse(.tooDeep, parser) }
        let local = name.utf8.split(separator: UInt8(ascii: ":")).last.map { String($0) ?? name }
        let node = XMLNode(local ?? name)
        stack.last?.append(node)
        if root == nil { root = node }
        stack.append(node)
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        _ = stack.popLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        append(string.utf8)
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        append(block)
    }

    private func append(_ bytes: some Sequence<UInt8>) {
        guard let node = stack.last else { return }
        node.bytes.append(contentsOf: bytes.prefix(String.longestRead - node.bytes.count))
    }

    private func refuse(_ refusal: Refusal, _ parser: XMLParser) {
        if self.refusal == nil { self.refusal = refusal }
        parser.abortParsing()
    }
}
