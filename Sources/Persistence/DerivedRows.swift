import Casework
import RecordExchange
import Vocabulary

/// The requests whose derived rows a transaction has made stale.
final class TouchedRequests {
    var ids: Set<RecordRequest.ID> = []
}

extension SQLCaseSession {
    /// A higher number fills the derived tables anew at the next start.
    static let derivationVersion = 3

    private static let batch = 500

    /// Writes the derived rows of every request touched since the last call.
    ///
    /// A request of which something does not open keeps the rows it has: `verify` names it.
    func refreshDerivedRows() throws {
        guard !touched.ids.isEmpty else { return }
        let ids = touched.ids
        touched.ids = []
        for id in ids.sorted() {
            do { try deriveRows(of: id) } catch StorageFailure.unreadable { continue }
        }
    }

    private func deriveRows(of id: RecordRequest.ID) throws {
        guard let request = try request(id) else { return }
        let inquiries = try inquiries(of: id)
        let bundles = try bundles(of: id)
        let stage = RequestState.derive(request, inquiries: inquiries, bundles: bundles)
        try change(
            """
            INSERT INTO request_rows(request, requester, is_open, stage, filed_at, student)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (request) DO UPDATE SET requester = excluded.requester,
                is_open = excluded.is_open, stage = excluded.stage,
                filed_at = excluded.filed_at, student = excluded.student
            """,
            [
                request.id, request.requester, request.isOpen, stage.rawValue, request.filedAt,
                try studentDigests(StudentKey(request.student)).first ?? [],
            ]
        )
        let entries = try worklistEntries(of: request, inquiries: inquiries, bundles: bundles)
        let kept = Set(entries.map(\.id))
        for row in try sql.query("SELECT id FROM worklist WHERE request = $1", [id])
        where !kept.contains(try row.text("id")) {
            try change("DELETE FROM worklist WHERE id = $1", [try row.text("id")])
        }
        for entry in entries { try save(entry) }
        try deriveReportRows(of: request, inquiries: inquiries, bundles: bundles)
        try deriveSealedDigests(of: request.id, bundles: bundles)
    }

    private func deriveSealedDigests(
        of request: RecordRequest.ID,
        bundles: [RecordBundle]
    ) throws {
        let wanted = Self.sealedDigests(of: bundles)
        let known = try sql.query(
            "SELECT bundle, digest FROM sealed_digests WHERE request = $1 ORDER BY bundle",
            [request]
        ).map { [try $0.text("bundle"), try $0.text("digest")] }
        guard known != wanted.map({ [$0.bundle.description, $0.digest] }) else { return }
        try change("DELETE FROM sealed_digests WHERE request = $1", [request])
        for (bundle, digest) in wanted {
            try change(
                """
                INSERT INTO sealed_digests(bundle, request, digest) VALUES ($1, $2, $3)
                ON CONFLICT (bundle) DO UPDATE SET request = excluded.request,
                    digest = excluded.digest
                """,
                [bundle, request, digest]
            )
        }
    }

    static func sealedDigests(
        of bundles: [RecordBundle]
    ) -> [(bundle: RecordBundle.ID, digest: String)] {
        bundles.sorted { $0.id < $1.id }.compactMap { bundle in
            bundle.seal.map { (bundle.id, $0.sha256) }
        }
    }

    func worklistEntries(
        of request: RecordRequest,
        inquiries: [Inquiry],
        bundles: [RecordBundle]
    ) throws -> [WorklistEntry] {
        try WorklistEntry.entries(
            of: request,
            inquiries: inquiries,
            bundles: bundles,
            timer: timer(of:),
            contacts: contacts(of:),
            assignee: { try assignment(of: request.id, in: $0)?.staff }
        )
    }

    func studentDigests(_ key: StudentKey) throws -> [[UInt8]] {
        try codec.fields.digests(of: key.text, context: "request_rows/student")
    }

    static let worklistColumns = """
        id, request, inquiry, state, holder, school, requester, stage, is_waiting, is_told,
        priority, since, due, law, why, is_unreachable, assignee, requester_state,
        requester_assignee, band, place, step
        """

    /// The values of `worklistColumns`, in order.
    static func columns(of entry: WorklistEntry) -> [any SQLBindable] {
        [
            entry.id, entry.request, entry.inquiry, entry.state, entry.holder, entry.school,
            entry.requester, entry.stage.rawValue, entry.isWaiting, entry.isTold,
            entry.isUrgent ? 0 : 1, entry.since,
            entry.due?.millisecondsSince1970 ?? WorklistEntry.never, entry.lawKey,
            entry.why.rawValue, entry.isUnreachable, entry.assignee?.description ?? "",
            entry.requesterState, entry.requesterAssignee?.description ?? "", entry.band.rawValue,
            entry.place, entry.step.rawValue,
        ]
    }

    private func save(_ entry: WorklistEntry) throws {
        try change(
            """
            INSERT INTO worklist(\(Self.worklistColumns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                $18, $19, $20, $21, $22)
            ON CONFLICT (id) DO UPDATE SET request = excluded.request,
                inquiry = excluded.inquiry, state = excluded.state, holder = excluded.holder,
                school = excluded.school, requester = excluded.requester,
                stage = excluded.stage, is_waiting = excluded.is_waiting,
                is_told = excluded.is_told, priority = excluded.priority,
                since = excluded.since, due = excluded.due, law = excluded.law,
                why = excluded.why, is_unreachable = excluded.is_unreachable,
                assignee = excluded.assignee, requester_state = excluded.requester_state,
                requester_assignee = excluded.requester_assignee, band = excluded.band,
                place = excluded.place, step = excluded.step
            """,
            Self.columns(of: entry)
        )
    }

    /// One step of filling the derived tables from requests that were there before them.
    ///
    /// - Returns: whether there is more to do.
    func fillDerivedRows() throws -> Bool {
        let row = try sql.query(
            "SELECT version, filled_to FROM derived_tables WHERE name = 'worklist'"
        ).first
        let isCurrent = try row?.integer("version") == Int64(Self.derivationVersion)
        let filledTo = try row?.optionalText("filled_to")
        if isCurrent, filledTo == nil { return false }
        let ids = try sql.query(
            "SELECT id FROM requests WHERE id > $1 ORDER BY id LIMIT $2",
            [isCurrent ? filledTo ?? "" : "", Self.batch]
        ).map { try $0.parsed("id") { RecordRequest.ID($0) } }
        touched.ids.formUnion(ids)
        try refreshDerivedRows()
        try change(
            """
            INSERT INTO derived_tables(name, version, filled_to) VALUES ('worklist', $1, $2)
            ON CONFLICT (name) DO UPDATE SET version = excluded.version,
                filled_to = excluded.filled_to
            """,
            [Self.derivationVersion, ids.last]
        )
        return !ids.isEmpty
    }
}

extension RowVerification {
    /// Compares the derived rows with what they are derived from.
    func checkDerivedRows() throws -> [String] {
        var problems: [String] = []
        var ids: [RecordRequest.ID] = []
        try session.sql.forEachRow("SELECT id FROM requests", []) { row in
            ids.append(try row.parsed("id") { RecordRequest.ID($0) })
        }
        for id in ids {
            // What does not open is named by the other checks.
            guard let facts = try? facts(of: id) else { continue }
            problems += try check(
                "request_rows",
                "requester, is_open, stage, filed_at, student",
                of: id,
                orderedBy: "request",
                against: [facts.row]
            )
            problems += try check(
                "worklist",
                SQLCaseSession.worklistColumns,
                of: id,
                against: facts.lines
            )
            problems += try check(
                "report_rows",
                SQLCaseSession.reportColumns,
                of: id,
                against: facts.counted
            )
            problems += try check(
                "sealed_digests",
                "bundle, digest",
                of: id,
                orderedBy: "bundle",
                against: facts.digests
            )
        }
        return problems
    }

    /// Compares the rows that one derived table has of a request with those it should have.
    private func check(
        _ table: String,
        _ columns: String,
        of id: RecordRequest.ID,
        orderedBy key: String = "id",
        against wanted: [[SQLValue]]
    ) throws -> [String] {
        let rows = try session.sql.query(
            "SELECT \(columns) FROM \(table) WHERE request = $1 ORDER BY \(key)",
            [id]
        ).map { $0.values.map(Self.comparable) }
        return rows == wanted ? [] : ["\(table) \(id): the rows are not what their request says"]
    }

    private func facts(
        of id: RecordRequest.ID
    ) throws -> DerivedFacts? {
        guard let request = try session.request(id) else { return nil }
        let inquiries = try session.inquiries(of: id)
        let bundles = try session.bundles(of: id)
        let stage = RequestState.derive(request, inquiries: inquiries, bundles: bundles)
        let digest = try session.studentDigests(StudentKey(request.student)).first ?? []
        let row: [any SQLBindable] = [
            request.requester, request.isOpen, stage.rawValue, request.filedAt, digest,
        ]
        let entries = try session.worklistEntries(
            of: request,
            inquiries: inquiries,
            bundles: bundles
        )
        return DerivedFacts(
            row: row.map { Self.comparable($0.sqlValue) },
            lines: entries.sorted { $0.id < $1.id }.map { entry in
                SQLCaseSession.columns(of: entry).map { Self.comparable($0.sqlValue) }
            },
            counted: try session.reportFacts(of: request, inquiries: inquiries, bundles: bundles)
                .sorted { $0.id < $1.id }.map { line in
                    SQLCaseSession.columns(of: line.fact, id: line.id, request: id)
                        .map { Self.comparable($0.sqlValue) }
                },
            digests: SQLCaseSession.sealedDigests(of: bundles).map { bundle, digest in
                [Self.comparable(bundle.sqlValue), Self.comparable(digest.sqlValue)]
            }
        )
    }
}

/// What the derived tables must say of one request.
private struct DerivedFacts {
    let row: [SQLValue]
    let lines: [[SQLValue]]
    let counted: [[SQLValue]]
    let digests: [[SQLValue]]
}
