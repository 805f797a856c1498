package import BundleFormat
import Casework
import StudentRecords
package import Vocabulary

/// What the commands `seal`, `open` and `verify` do, without a server and without a store.
package enum StandaloneBundles {
    /// Seals files from disk into a new file.
    ///
    /// `header` says who sends what to whom; its attachments and parts are replaced by the files.
    /// `record` is the file that becomes `record.json`.
    /// `recipients` are PEM files. `target` must not exist; it is written as `target.part` first.
    package static func seal(
        files: [String],
        record: String? = nil,
        as header: BundleDraft,
        to recipients: [String],
        signer: KeyPair,
        creating target: String
    ) throws -> SealedBundle {
        var draft = header
        draft.attachments = try files.map { path in
            let reader = try PlainFileReader(path: path)
            return BundleAttachment(
                parts: [],
                name: lastComponent(of: path),
                mediaType: mediaType(of: path),
                digest: try reader.digest(),
                content: reader
            )
        }
        draft.parts = files.isEmpty ? [] : [(.attachment, .sent)]
        draft.recordData = try record.map { path in
            let file = try PlainFileReader(path: path)
            guard let bytes = try file.whole(upTo: BundleLimits.pageBytes) else {
                throw BundleFailure.tooLarge
            }
            return bytes
        }
        let certificates = try recipients.map { try Certificate(contentsOf: $0) }
        let part = target + ".part"
        let bundle = try BundleSealer(signer: signer).seal(draft, to: certificates, creating: part)
        do {
            try Folder.rename(part, to: target)
        } catch {
            Folder.remove(part)
            throw error
        }
        try Folder.synchronize(parent(of: target))
        return bundle
    }

    /// Opens a sealed file into a folder that is new or empty.
    ///
    /// Throws `BundleFailure` for what is wrong with the bundle or the folder, `KeyFailure` for
    /// what is wrong with the keys.
    package static func open(
        _ path: String,
        key: String,
        certificate: String,
        authority: String,
        into folder: String,
        expecting expectation: BundleExpectation = BundleExpectation(),
        at instant: Instant,
        by program: OpeningProgram
    ) throws -> SignedManifest {
        let pair = try KeyPair(certificateFile: certificate, keyFile: key)
        let trust = try Certificate(contentsOf: authority)
        do {
            let sealed = try PlainFileReader(path: path)
            let destination = try atDestination { try OpenedFolder(folder) }
            let mark = SystemSecrets.randomBytes(8).map { String($0, radix: 16) }.joined()
            let opener = BundleOpener(trust: [trust], program: program, expired: .heldWhenSigned)
            return try opener.open(
                sealed,
                with: [pair],
                expecting: expectation,
                at: instant,
                // Beside the folder, so that it is on the same disk and not among the files.
                scratch: "\(trimmed(folder)).\(mark).part",
                into: destination
            )
        } catch {
            throw BundleFailure(any: error)
        }
    }

    /// Verifies an opened folder or the archive that came out of a seal.
    ///
    /// Throws `BundleFailure`, or `KeyFailure` for the authority's certificate.
    package static func verify(
        _ path: String,
        authority: String,
        at instant: Instant,
        by program: OpeningProgram
    ) throws -> SignedManifest {
        let verifier = BundleVerifier(
            trust: [try Certificate(contentsOf: authority)],
            program: program
        )
        if Folder.isFolder(path) { return try verifier.verify(folder: path, at: instant) }
        do {
            return try verifier.verify(archive: try PlainFileReader(path: path), at: instant)
        } catch {
            throw BundleFailure(any: error)
        }
    }

    /// Checks a receipt with the signature beside it, `PATH.p7s`.
    ///
    /// Throws `BundleFailure`, `KeyFailure` for the authority's certificate, or
    /// `ReceivedReceipt.NoReceipt` for something else with a good signature.
    package static func verify(
        receipt path: String,
        authority: String,
        at instant: Instant,
        by program: OpeningProgram
    ) throws -> (receipt: ReceivedReceipt, signer: Signer) {
        let trust = try Certificate(contentsOf: authority)
        let signed: SignedReceipt
        do {
            signed = SignedReceipt(
                text: try small(path),
                signature: try small(path + ".p7s")
            )
        } catch {
            throw BundleFailure(any: error)
        }
        let signer = try signed.signer(trust: [trust], at: instant, by: program)
        return (try ReceivedReceipt(parsing: signed.text), signer)
    }

    /// Checks a printed record, a PDF, by the signature in it.
    ///
    /// Throws `BundleFailure`, or `KeyFailure` for the authority's certificate.
    package static func verify(
        paper path: String,
        authority: String,
        at instant: Instant,
        by program: OpeningProgram
    ) throws -> SignedPaper {
        let trust = try Certificate(contentsOf: authority)
        do {
            let file = try PlainFileReader(path: path)
            guard let bytes = try file.whole(upTo: SignedPaper.longest) else {
                throw BundleFailure.tooLarge
            }
            return try SignedPaper(bytes, trust: [trust], at: instant, by: program)
        } catch {
            throw BundleFailure(any: error)
        }
    }

    private static func small(_ path: String) throws -> [UInt8] {
        let file = try PlainFileReader(path: path)
        guard file.byteCount <= Int64(ReceivedReceipt.longest) else { throw BundleFailure.tooLarge }
        return try file.read(from: 0, upTo: ReceivedReceipt.longest)
    }

    /// A page for bundles that hold only files, with their names.
    package static func page(listing files: [String]) -> String {
        let items = files.map { "<li>\(escaped(lastComponent(of: $0)))</li>" }.joined()
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Record</title></head>
            <body><h1>Record</h1><p>Files in this bundle:</p><ul>\(items)</ul></body></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func lastComponent(of path: String) -> String {
        String(decoding: path.utf8.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        return path
    }

    /// By the ending of the name; what it really is, its reader decides.
    private static func mediaType(of path: String) -> String {
        let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return switch ending {
        case "pdf": "application/pdf"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "tif", "tiff": "image/tiff"
        case "txt": "text/plain"
        case "csv": "text/csv"
        case "json": "application/json"
        case "xml": "application/xml"
        case "html", "htm": "text/html"
        default: "application/octet-stream"
        }
    }
}
