import BundleFormat
import StudentRecords
import Testing
import Vocabulary

/// A manifest, and its text written by hand.
enum Sample {
    static func digest(_ number: Int) throws -> SHA256Digest {
        let bytes = [UInt8](repeating: 0, count: 30) + [UInt8(number >> 8), UInt8(number & 255)]
        return try #require(SHA256Digest(bytes: bytes))
    }

    static func file(_ name: String, bytes: Int64) throws -> BundleManifest.File {
        BundleManifest.File(
            name: try ArchiveName(parsing: name),
            mediaType: "application/pdf",
            byteCount: bytes,
            digest: try digest(1)
        )
    }

    static func manifest(
        certificates: [BundleManifest.RecipientCertificate]? = nil,
        parts: [BundleManifest.PartStatement]? = nil,
        legend: String = "",
        replaces: [UInt128] = []
    ) throws -> BundleManifest {
        BundleManifest(
            bundle: .init(rawValue: 1),
            request: RequestNumber(bits: 0),
            madeAt: Instant(millisecondsSince1970: 1_779_112_800_123),
            sender: .init(organization: "school:060000101145", name: "Elm High School"),
            certification: .init(
                by: .signedInStaff,
                name: "R. Registrar",
                title: "Registrar",
                legend: legend
            ),
            recipient: .init(organization: "school:480000101145", name: "Escuela \"Roble\" Ñ"),
            certificates: try certificates
                ?? [.init(fingerprint: try digest(2), identifier: try digest(3))],
            legalBasis: "34 CFR 99.31(a)(2)",
            parts: try parts ?? [
                .init(part: .transcript, status: .sent, files: [try file("files/a.pdf", bytes: 4)]),
                .init(part: .immunization, status: .noneOnFile),
                .init(part: .assessment, status: .toFollow(by: CivilDate(iso8601: "2026-06-01"))),
                .init(part: .attendance, status: .toFollow(by: nil)),
                .init(part: .discipline, status: .withheld(reason: "Not asked by the state")),
            ],
            pages: [
                .init(
                    name: .checksums,
                    mediaType: "text/plain",
                    byteCount: 80,
                    digest: try digest(4)
                ),
                .init(
                    name: .recordPage,
                    mediaType: "text/html",
                    byteCount: 90,
                    digest: try digest(5)
                ),
            ],
            replaces: replaces.map { BundleManifest.ID(rawValue: $0) }
        )
    }

    private static let zeros = String(repeating: "0", count: 60)

    static let text = """
        {
          "bundle": "00000000000000000000000001",
          "certifiedBy": {
            "kind": "signedInStaff",
            "name": "R. Registrar",
            "title": "Registrar"
          },
          "format": "mochila-bundle",
          "legalBasis": "34 CFR 99.31(a)(2)",
          "madeAt": "2026-05-18T14:00:00.123Z",
          "pages": [
            {
              "bytes": 80,
              "mediaType": "text/plain",
              "name": "SHA256SUMS",
              "sha256": "\(zeros)0004"
            },
            {
              "bytes": 90,
              "mediaType": "text/html",
              "name": "record.html",
              "sha256": "\(zeros)0005"
            }
          ],
          "parts": [
            {
              "files": [
                {
                  "bytes": 4,
                  "mediaType": "application/pdf",
                  "name": "files/a.pdf",
                  "sha256": "\(zeros)0001"
                }
              ],
              "part": "transcript",
              "status": "sent"
            },
            {
              "files": [],
              "part": "immunization",
              "status": "noneOnFile"
            },
            {
              "by": "2026-06-01",
              "files": [],
              "part": "assessment",
              "status": "toFollow"
            },
            {
              "files": [],
              "part": "attendance",
              "status": "toFollow"
            },
            {
              "files": [],
              "part": "discipline",
              "reason": "Not asked by the state",
              "status": "withheld"
            }
          ],
          "recipient": {
            "certificates": [
              {
                "identifier": "\(zeros)0003",
                "sha256": "\(zeros)0002"
              }
            ],
            "name": "Escuela \\"Roble\\" Ñ",
            "organization": "school:480000101145"
          },
          "request": "RQ-00000-00000",
          "sender": {
            "name": "Elm High School",
            "organization": "school:060000101145"
          },
          "version": 1
        }

        """
}
