import Casework
import Hummingbird
import RecordExchange
import Rendering
import StudentRecords
import Vocabulary

/// The one-page record by use, and what a reader takes along of it.
extension StaffRoom {
    /// All answers to one request, released and read.
    private struct OpenedRecord {
        let arrived: ArrivedRecords
        let requester: School
        let bundles: [RecordBundle]
        let readings: [RecordReading]
        /// What the schools concerned ask of a graduate, in the order in which they count.
        let plans: [GraduationPlan]
        /// The highest use it was asked for.
        let most: RecordUse
        /// The use that is looked at, never above `most`.
        let use: RecordUse

        /// What the schools entered here, and what the files say that they sent.
        var legends: [String] {
            (bundles.compactMap(\.certification.legend) + readings.compactMap(\.legend)).distinct
        }
    }

    func recordSheet(_ visit: StaffVisit) async throws -> Response {
        let opened = try await shown(visit)
        return sheetPage(opened, visit)
    }

    private func sheetPage(
        _ opened: OpenedRecord,
        _ visit: StaffVisit,
        lacking: CopyLacking? = nil,
        isPaperMissing: Bool = false
    ) -> Response {
        let request = opened.arrived.request
        let merged = MergedRecord(opened.readings.map(\.record))
        let phase = opened.arrived.phase
        let completeness = Completeness(
            of: merged,
            for: opened.most,
            statements: opened.arrived.statements,
            unread: opened.bundles.unreadParts,
            phase: phase.rawValue
        )
        let standings = PartStandings(completeness, for: opened.most, phase: phase)
        let copies = CopyLink.all(of: opened.readings.map(\.record), for: opened.use)
        let page = RecordSheetPage(
            number: request.number,
            studentName: request.student.name.full,
            birthDate: request.student.birthDate,
            uses: RecordUse.allCases.filter { $0 <= opened.most }
                .map { Choice($0, isChosen: $0 == opened.use) },
            use: opened.use,
            sheet: sheet(of: opened, in: visit.visit.language),
            standings: standings,
            copies: copies,
            lacking: ProblemList(lacking?.problems ?? []),
            schema: SchemaNotice(lacking?.schema),
            isPaperMissing: isPaperMissing,
            certified: opened.bundles.map { CertificationWord($0.certification) }.distinct,
            legends: opened.legends,
            signature: opened.bundles.isEmpty ? .notYet : .checked,
            wholeness: opened.arrived.state == .partlySent ? .partial : completeness.wholeness,
            sent: opened.bundles.map { bundle in
                SentBy(
                    holder: opened.arrived.holderNames[bundle.holder] ?? "",
                    on: local(bundle.answeredAt, opened.requester.state).date
                )
            }.distinct,
            archives: opened.bundles.map { bundle in
                SentArchive(
                    bundle: bundle.id.description,
                    holder: opened.arrived.holderNames[bundle.holder] ?? ""
                )
            },
            printedOn: desk.time.today(in: opened.requester.state),
            printedBy: visit.actor.name,
            checkHost: frame.installation.host
        )
        let status: HTTPResponse.Status =
            isPaperMissing || lacking?.schema == .unreadable
            ? .serviceUnavailable : lacking == nil ? .ok : .unprocessableContent
        return frame.page(page, visit, door: .requests, status: status)
    }

    private func sheet(of opened: OpenedRecord, in language: Language) -> RecordSheet {
        frame.renderer.sheet(
            of: MergedRecord(opened.readings.map(\.record)),
            for: opened.use,
            statements: opened.arrived.statements,
            phase: opened.arrived.phase,
            problems: opened.readings.flatMap(\.problems),
            unlisted: opened.readings.map(\.unlisted).reduce(0, +),
            plans: opened.plans,
            plan: opened.plans.plan(
                of: opened.requester.id,
                in: opened.requester.state,
                for: opened.arrived.request.graduating
            ),
            graduating: opened.arrived.request.graduating,
            codes: answers.scribe?.codes ?? .none,
            canAsk: opened.arrived.request.isOpen,
            in: language
        )
    }

    /// The page as it is looked at, for paper.
    private func printed(_ opened: OpenedRecord, in language: Language) async throws -> [UInt8] {
        let request = opened.arrived.request
        let completeness = Completeness(
            of: MergedRecord(opened.readings.map(\.record)),
            for: opened.most,
            statements: opened.arrived.statements,
            unread: opened.bundles.unreadParts,
            phase: opened.arrived.phase.rawValue
        )
        let said = opened.bundles.said
        let facts = PrintedFacts(
            number: request.number,
            student: StudentSummary(
                name: request.student.name.full,
                birthDate: request.student.birthDate,
                grade: request.student.grade,
                number: request.student.stateStudentID ?? ""
            ),
            sentBy: opened.bundles.map { opened.arrived.holderNames[$0.holder] ?? "" }.distinct,
            sentTo: opened.requester.name,
            answeredAt: opened.bundles.map { local($0.answeredAt, opened.requester.state) },
            certified: opened.bundles.map { CertificationWord($0.certification) }.distinct,
            legends: opened.legends,
            uses: RecordUse.allCases.filter { $0 <= opened.use },
            wholeness: opened.arrived.state == .partlySent ? .partial : completeness.wholeness,
            notes: opened.bundles.map(\.note),
            parts: RecordPart.allCases.compactMap { part in
                said[part].map { PartRow(part: part, state: PartWord($0)) }
            },
            checkAddress: request.number.checkAddress(at: desk.settings.baseAddress),
            at: desk.time.now()
        )
        let page = frame.renderer.printed(sheet(of: opened, in: language), facts, in: language)
        guard let pdf = try await files.printed(page) else { throw NoPaperCopy() }
        return pdf
    }

    /// The record for one use in a form that other systems read; the disclosure record says which.
    func recordCopy(_ visit: StaffVisit) async throws -> Response {
        guard answers.scribe != nil,
            let kind = CopyKind(file: try visit.visit.parameter("copy"))
        else { throw GatewayFailure.notFound }
        let opened = try await opened(visit) { _ in nil }
        guard !opened.readings.isEmpty else { throw GatewayFailure.notFound }
        let bytes: [UInt8]
        do {
            bytes = try await copy(kind, of: opened, in: visit.visit.language)
        } catch let lacking as CopyLacking {
            return sheetPage(try await shown(visit), visit, lacking: lacking)
        } catch is NoPaperCopy {
            return sheetPage(try await shown(visit), visit, isPaperMissing: true)
        }
        guard !bytes.isEmpty else { throw GatewayFailure.notFound }
        // Nothing leaves before it is written down that it does.
        for bundle in opened.bundles where bundle.recordFile != nil {
            _ = try await desk.release(
                .copy("\(kind.file) (\(opened.use.rawValue))"),
                of: bundle.id,
                in: opened.arrived.request.number,
                to: visit.actor
            )
        }
        var response = Response.document(bytes, mediaType: kind.mediaType)
        response.headers[.contentDisposition] = ContentDisposition.attachment(
            "\(opened.arrived.request.number)-\(kind.file)"
        )
        return response
    }

    /// Empty where there is nothing of that kind.
    private func copy(
        _ kind: CopyKind,
        of opened: OpenedRecord,
        in language: Language
    ) async throws -> [UInt8] {
        let record = StudentRecord(opened.readings.flatMap(\.record.entries))
            .needed(for: opened.use)
        let form: RecordCopy
        switch kind {
        case .pdf: return try await printed(opened, in: language)
        case .json:
            let legend = opened.legends.joined(separator: " · ")
            form = .json(legend: legend.isEmpty ? nil : legend)
        case .csv(let group): form = .csv(group)
        case .edFi: form = .edFi
        case .pesc: form = .pesc(transmission(of: opened))
        }
        return try answers.scribe?.copy(kind.needsName ? named(record, opened) : record, as: form)
            ?? []
    }

    private func transmission(of opened: OpenedRecord) -> RecordCopy.Transmission {
        let holder = opened.bundles.last { $0.recordFile != nil }?.holder
        let name = holder.flatMap { opened.arrived.holderNames[$0] } ?? ""
        var school: SchoolID?
        if case .school(let id) = holder { school = id }
        return RecordCopy.Transmission(
            from: SchoolPlace(school: school, name: name),
            to: SchoolPlace(school: opened.requester.id, name: opened.requester.name),
            document: opened.arrived.request.number.description,
            on: desk.time.today(in: opened.requester.state),
            legend: opened.legends.joined(separator: " · ")
        )
    }

    /// With the student as the request names them, where no school's record does.
    private func named(_ record: StudentRecord, _ opened: OpenedRecord) -> StudentRecord {
        guard !record.entries(of: .identity).contains(where: { $0.text(.paternalSurname) != nil })
        else { return record }
        let student = opened.arrived.request.student
        let source = RecordSource(
            school: opened.requester.id,
            name: opened.requester.name,
            date: opened.arrived.request.filedOn
        )
        var answers: [Element: ElementAnswer] = [.birthDate: .value(.date(student.birthDate))]
        let names: [(Element, String)] = [
            (.firstName, student.name.given), (.middleName, student.name.middle),
            (.paternalSurname, student.name.paternalSurname),
            (.maternalSurname, student.name.maternalSurname),
        ]
        for (element, name) in names where !name.isEmpty { answers[element] = .value(.text(name)) }
        return StudentRecord([RecordEntry(.identity, from: source, answers)] + record.entries)
    }

    /// The record as a page shows it, which is a release like any other.
    private func shown(_ visit: StaffVisit) async throws -> OpenedRecord {
        try await opened(visit) { .shown($0.id) }
    }

    /// `extent` is what is released of each bundle before it is read; `nil` where the caller does
    /// that itself before anything leaves.
    private func opened(
        _ visit: StaffVisit,
        releasing extent: (RecordBundle.File) -> Extent?
    ) async throws -> OpenedRecord {
        let number = try number(visit)
        let arrived = try await desk.records(of: number, by: visit.actor)
        guard let requester = try await desk.school(arrived.request.requester) else {
            throw GatewayFailure.notFound
        }
        let bundles = arrived.bundles.filter { $0.withdrawnAt == nil }
        var readings: [RecordReading] = []
        for bundle in bundles {
            guard let file = bundle.recordFile else { continue }
            if let extent = extent(file) {
                // To look at it is to have it: the disclosure record comes first.
                _ = try await desk.release(extent, of: bundle.id, in: number, to: visit.actor)
            }
            guard let reading = try reading(of: file) else { continue }
            if let extent = extent(file) {
                try await desk.noteTaken(extent, of: bundle.id, by: visit.actor)
            }
            readings.append(reading)
        }
        let most = arrived.request.uses.max() ?? .enrollment
        let wanted = visit.visit.query["use"].flatMap(RecordUse.init(rawValue:)) ?? most
        return OpenedRecord(
            arrived: arrived,
            requester: requester,
            bundles: bundles,
            readings: readings,
            plans: try await plans(
                for: MergedRecord(readings.map(\.record)),
                of: requester
            ),
            most: most,
            use: min(wanted, most)
        )
    }

    func reading(of file: RecordBundle.File) throws -> RecordReading? {
        guard let scribe = answers.scribe, let bytes = try files.file(file).whole(upTo: 16 << 20)
        else { return nil }
        return scribe.read(bytes, from: RecordSource(name: "", date: CivilDate(dayNumber: 0)))
    }

    /// The plans by which a record may be judged: those that were entered on a page first, then
    /// those of the operator's file.
    func plans(
        for record: MergedRecord,
        of requester: School
    ) async throws -> [GraduationPlan] {
        let own = PlanPlace(school: requester.id, state: requester.state)
        let places = [PlanInForce.place(in: record), own].compactMap { $0 }
        return try await desk.graduationPlans(at: places) + (answers.scribe?.plans ?? [])
    }
}

extension RecordRequest {
    /// The year in which the student graduates, where the grade tells it.
    var graduating: Int? { ClassYears.graduating(student.grade, on: filedOn) }
}

/// What prints pages does not, now; everything else of the record is there.
private struct NoPaperCopy: Error {}
