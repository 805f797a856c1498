import StudentRecords
import Vocabulary

extension BundleManifest {
    /// The bytes of `manifest.json`: the same for the same manifest, always.
    package var bytes: [UInt8] {
        var members: [String: JSONText] = [
            "bundle": .text(bundle.description),
            "certifiedBy": certification.json,
            "format": .text(Self.formatName),
            "legalBasis": .text(legalBasis),
            "madeAt": .text(madeAt.iso8601),
            "pages": .list(pages.map(\.json)),
            "parts": .list(parts.map(\.json)),
            "recipient": .object([
                "certificates": .list(certificates.map(\.json)),
                "name": .text(recipient.name),
                "organization": .text(recipient.organization),
            ]),
            "request": .text(request.description),
            "sender": .object([
                "name": .text(sender.name),
                "organization": .text(sender.organization),
            ]),
            "version": .number(Self.formatVersion),
        ]
        // Only where there is something, so that older manifests stay what they are.
        if !replaces.isEmpty { members["replaces"] = .list(replaces.map { .text($0.description) }) }
        return JSONText.object(members).bytes
    }

    static let formatName = "mochila-bundle"
}

extension BundleManifest.Certification {
    /// A legend stands there only where there is one, so that older manifests stay what they are.
    fileprivate var json: JSONText {
        var members: [String: JSONText] = [
            "kind": .text(by.rawValue), "name": .text(name), "title": .text(title),
        ]
        if !legend.isEmpty { members["legend"] = .text(legend) }
        return .object(members)
    }
}

extension BundleManifest.RecipientCertificate {
    fileprivate var json: JSONText {
        .object([
            "identifier": .text(identifier.description), "sha256": .text(fingerprint.description),
        ])
    }
}

extension BundleManifest.File {
    fileprivate var json: JSONText {
        .object([
            "bytes": .number(byteCount),
            "mediaType": .text(mediaType),
            "name": .text(name.description),
            "sha256": .text(digest.description),
        ])
    }
}

extension BundleManifest.PartStatement {
    fileprivate var json: JSONText {
        var members: [String: JSONText] = [
            "files": .list(files.map(\.json)), "part": .text(part.rawValue),
        ]
        switch status {
        case .sent: members["status"] = .text("sent")
        case .noneOnFile: members["status"] = .text("noneOnFile")
        case .toFollow(let day):
            members["status"] = .text("toFollow")
            members["by"] = day.map { .text($0.description) }
        case .withheld(let reason):
            members["status"] = .text("withheld")
            members["reason"] = .text(reason)
        }
        return .object(members)
    }
}
