import Foundation
import Persistence
import SQLiteDatabase

/// A database that is looked at from outside: by raw rows, step by step.
final class StepDatabase: Sendable {
    let file: SQLiteFile
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "mochila-steps-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = try SQLiteFile(path: folder.appending(path: "mochila.sqlite").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Every row of every table, by column name, so that an added column is not a difference.
    func contents() async throws -> [String: [[String: SQLValue]]] {
        try await file.read { session in
            let tables = try session.query(
                """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                """
            ).map { try $0.text("name") }
            var contents: [String: [[String: SQLValue]]] = [:]
            for table in tables {
                contents[table] = try session.query("SELECT * FROM \(table)").map { row in
                    Dictionary(uniqueKeysWithValues: zip(row.columns, row.values))
                }
            }
            return contents
        }
    }

    func insertSamples(ofStep number: Int) async throws {
        try await file.write { try $0.run(script: Self.samples(ofStep: number)) }
    }

    /// One row for each table a step makes, as that step's program would have written it.
    private static func samples(ofStep number: Int) -> String {
        let id = String(repeating: "0", count: 25) + "1"
        let other = String(repeating: "0", count: 25) + "2"
        let digest = String(repeating: "a", count: 64)
        return switch number {
        case 1:
            """
            INSERT INTO requests VALUES ('\(id)', 'RQ-00000-00001', '480000100001', 'TX', '\(id)',
                1, NULL, TRUE, x'01');
            INSERT INTO request_followers VALUES ('\(id)', '\(id)', 0);
            INSERT INTO inquiries VALUES ('\(id)', '\(id)', 1, 'school:060000200002',
                '060000200002', 'CA', 'opened', TRUE, 0, 2, x'02');
            INSERT INTO timers VALUES ('\(id)', 3);
            INSERT INTO bundles VALUES ('\(id)', '\(id)', '\(id)', 1, 'school:060000200002', 4,
                x'03');
            INSERT INTO bundle_files VALUES ('\(id)', 'file');
            INSERT INTO deliveries VALUES ('\(id)', '\(id)', '\(id)', 'school:480000100001', 'web',
                'waiting', x'04');
            INSERT INTO links(id, inquiry, contact, token_digest, code_digest, issued_at,
                expires_at, wrong_codes, revoked_at, fetched_at)
                VALUES ('\(id)', '\(id)', '\(id)', '\(digest)', '\(digest)', 5, 6, 0, NULL, 7);
            INSERT INTO drafts VALUES ('\(id)', '\(id)', 8, x'05');
            """
        case 2:
            """
            INSERT INTO schools VALUES ('480000100001', 'Oak', '4800001', 'Mesquite', 'Pecan', 'TX',
                'KG', '12', NULL, NULL, NULL);
            INSERT INTO districts VALUES ('4800001', 'Mesquite', 'TX', 'Pecan', NULL);
            INSERT INTO states VALUES ('TX', 'Texas', 'America/Chicago');
            INSERT INTO projects VALUES ('valley', 'Valley', 'TX', NULL);
            INSERT INTO project_districts VALUES ('valley', '4800001', 0);
            INSERT INTO contacts(id, organization, role, body)
                VALUES ('\(id)', 'school:480000100001', 'backup', '{}');
            INSERT INTO calendars VALUES ('state:TX', '{}');
            INSERT INTO channels VALUES ('state:TX', '{}');
            INSERT INTO policies VALUES ('TX', '{}');
            """
        case 3:
            """
            INSERT INTO accounts VALUES ('\(id)', 'rosa@oak.example', 'active', NULL, x'06', '{}');
            INSERT INTO account_memberships VALUES ('\(id)', 'state:TX', 'registrar');
            INSERT INTO sessions VALUES ('\(digest)', '\(id)', TRUE, NULL, NULL, 9, 10);
            """
        case 4:
            """
            INSERT INTO effects VALUES ('\(id)', 'mail', 'waiting', 11, FALSE, 12, x'07');
            INSERT INTO timeline VALUES (1, '\(id)', '\(id)', 13, x'08');
            INSERT INTO disclosures VALUES (1, '\(id)', '\(id)', '\(id)', 'state:TX', 14, x'09');
            INSERT INTO audit VALUES (1, 15, 'system', 'a.b', '', '', '\(digest)');
            """
        case 5:
            "INSERT INTO locator_entries(id, body) VALUES ('\(id)', x'0A');"
        case 6:
            "INSERT INTO lookups VALUES ('staff:\(id)', 16, 2, 1);"
        case 7:
            """
            INSERT INTO partners VALUES ('\(id)', 'oak', 'school:480000100001', TRUE, '{}');
            INSERT INTO received_bundles VALUES ('\(id)', '\(digest)', '\(id)', '\(id)', 17, x'0B');
            """
        case 9:
            """
            INSERT INTO locator_changes VALUES (1, '\(id)');
            INSERT INTO source_systems VALUES ('\(id)', 'texas', x'0B');
            INSERT INTO feed_uploads VALUES ('\(id)', '\(id)', 'applied', 16, x'0C');
            """
        case 10:
            """
            INSERT INTO people VALUES ('\(id)', 'SR-00000-0000G', 17, NULL);
            INSERT INTO people VALUES ('\(other)', 'SR-00000-0001E', 17, '\(id)');
            INSERT INTO near_matches VALUES ('\(id)', '\(id)', '\(other)', 'open', 18, x'0D');
            INSERT INTO person_proposals VALUES ('\(id)', 'open', TRUE, 19, x'0E');
            INSERT INTO person_proposal_people VALUES ('\(id)', '\(id)');
            INSERT INTO locator_marks VALUES ('grouped', 20);
            """
        case 11:
            """
            INSERT INTO trusted_keys VALUES ('\(digest)', 'school:480000100001', 21, '{}');
            INSERT INTO accepted_bundles VALUES ('\(digest)', '\(digest)', 22, '{}');
            """
        case 12:
            """
            INSERT INTO access_keys(id, account, digest, created_at, body)
                VALUES ('\(id)', '\(id)', '\(digest)', 23, '{}');
            INSERT INTO filed_once VALUES ('\(digest)', '\(digest)', '\(id)', 24);
            """
        case 13:
            """
            INSERT INTO derived_tables VALUES ('worklist', 1, NULL);
            INSERT INTO request_rows VALUES ('\(id)', '480000100001', TRUE, 'opened', 1, x'0B');
            INSERT INTO worklist(id, request, inquiry, state, holder, school, requester, stage,
                is_waiting, is_told, priority, since, due, why, is_unreachable)
                VALUES ('\(id)', '\(id)', '\(id)', 'CA', 'school:060000200002',
                '060000200002', '480000100001', 'opened', TRUE, FALSE, 1, 2, 3, 'silent', FALSE);
            """
        case 14:
            "INSERT INTO receipts VALUES ('\(id)', '\(id)', TRUE, FALSE, 25, '{}');"
        case 15:
            "INSERT INTO near_match_states VALUES ('\(id)', 'TX', 18);"
        case 16:
            "INSERT INTO webhooks VALUES ('\(id)', 'school:480000100001', 26, x'0F');"
        case 17:
            "INSERT INTO state_rules VALUES ('TX', '{}');"
        case 18:
            """
            INSERT INTO feed_drops VALUES ('\(id)', '\(id)', 'oak.1', 'waiting', TRUE, 27, '\(id)',
                x'0F');
            """
        case 25:
            """
            INSERT INTO partial_uploads VALUES ('\(id)', '\(id)', 'school:480000100001', 28, 29,
                x'11');
            INSERT INTO upload_pieces VALUES ('\(id)', 0, '\(other)', 30);
            """
        case 20:
            """
            INSERT INTO credit_outcomes VALUES ('\(id)', '\(id)', '\(id)', 'school:060000200002', 1,
                27, x'10');
            """
        case 21:
            "INSERT INTO person_doubts VALUES ('\(id)', '\(id)', 'open', 28, x'10');"
        case 22:
            "INSERT INTO family_slips VALUES ('\(id)', x'10', '\(id)', 27);"
        case 24:
            """
            INSERT INTO mail_days(effect, recipient, day, is_held)
                VALUES ('\(id)', x'10', 20591, FALSE);
            """
        case 26:
            """
            INSERT INTO report_rows VALUES ('\(id)', '\(id)', 7, '480000100001', 'TX',
                '060000200002', 'CA', 20591, TRUE, 'opened', 0, NULL, FALSE, NULL, NULL, NULL);
            """
        case 27:
            "INSERT INTO transcript_legends VALUES ('school:480000100001', '{}');"
        case 31:
            "INSERT INTO assignments VALUES ('\(id)', 'TX', '\(id)', 27);"
        case 30:
            "INSERT INTO family_contacts(request, body) VALUES ('\(id)', x'10');"
        case 28:
            """
            INSERT INTO mailed_files(id, inquiry, received_at, expires_at, body)
                VALUES ('\(id)', '\(id)', 30, 31, x'0F');
            INSERT INTO waiting_files(mailed, file) VALUES ('\(id)', '\(id)');
            """
        case 32:
            """
            INSERT INTO quarantined_files(id, inquiry, found_at, expires_at, body)
                VALUES ('\(id)', '\(id)', 32, 33, x'11');
            """
        case 34:
            """
            INSERT INTO sealed_digests(bundle, request, digest) VALUES ('\(id)', '\(id)', 'aa');
            """
        case 35:
            """
            INSERT INTO graduation_plans(id, organization, is_in_force, first_class, entered_at,
                body)
                VALUES ('\(id)', 'state:TX', TRUE, 2027, 34, '{}');
            """
        default:
            ""
        }
    }
}
