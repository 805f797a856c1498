import Casework
import Hummingbird
import RecordExchange
import Rendering
import Tabular
import Vocabulary

/// Feeds: the systems whose extracts become locator entries, and the files that are handed in.
extension StaffRoom {
    func feedsPage(
        _ visit: StaffVisit,
        form: Form? = nil,
        mapping problems: [MappingWord] = []
    ) async throws -> Response {
        let hand = FeedHand.staff(visit.actor)
        var rows: [FeedSystemRow] = []
        for system in try await desk.sourceSystems(by: hand) {
            let last = try await desk.uploads(of: system.name, by: hand, limit: 1).first
            rows.append(
                FeedSystemRow(
                    name: system.name,
                    title: system.mapping.title,
                    owner: try await desk.name(of: system.owner),
                    last: last.map { row($0) }
                )
            )
        }
        let page = FeedsPage(
            systems: rows,
            owners: try await owners(visit, chosen: form?.values[.feedOwner]),
            problems: problems,
            form: form ?? Form([.feedMapping: feeds.sampleMapping])
        )
        let isRefused = form.map { !$0.problems.isEmpty } ?? false
        return frame.page(
            page,
            visit,
            door: .locator,
            status: isRefused ? .unprocessableContent : .ok
        )
    }

    /// For whom the person may register a system: an administrator for every state, anybody else
    /// for where they work.
    private func owners(_ visit: StaffVisit, chosen: String?) async throws -> [NamedChoice] {
        var organizations = visit.actor.organizations(as: [.stateContact, .district])
        if visit.actor.holds([.administrator], at: .gateway) {
            organizations += schools.states.map { .state($0.code) }
                .filter { !organizations.contains($0) }
        }
        var choices: [NamedChoice] = []
        for organization in organizations {
            choices.append(
                NamedChoice(
                    value: organization.description,
                    label: try await desk.name(of: organization),
                    isChosen: organization.description == chosen
                )
            )
        }
        return choices
    }

    func registerFeed(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.visit.form
        var form = Form(typed.typed(.feedName, .feedOwner, .feedMapping, .feedSchools))
        var words: [MappingWord] = []
        let name = typed[.feedName]
        if !SourceSystem.isName(name) {
            form.problems.append(FieldProblem(.feedName, .feedNameUnusable))
        }
        let owner = OrganizationID(typed[.feedOwner])
        if owner == nil {
            form.problems.append(FieldProblem(.feedOwner, .organizationMissing))
        }
        let mapping = feeds.readMapping(typed[.feedMapping])
        if case .failure(let unusable) = mapping { words = [.unreadable(why: unusable.reason)] }
        let numbers = SchoolNumberList(typed[.feedSchools])
        if let row = numbers.firstBadRow {
            form.problems.append(FieldProblem(.feedSchools, .schoolNumbersMalformed(row: row)))
        }
        if form.problems.isEmpty, words.isEmpty, let owner, case .success(let mapping) = mapping {
            do {
                try await desk.registerSourceSystem(
                    named: name,
                    owner: owner,
                    mapping: mapping,
                    schoolNumbers: numbers.schools,
                    by: .staff(visit.actor)
                )
                return seeOther(.feed, name, done: .feedRegistered)
            } catch FeedFailure.mappingUnusable(let problems) {
                words = problems.map(MappingWord.init)
            } catch FeedFailure.notAllowed {
                form.problems.append(FieldProblem(.feedName, .feedNameTaken))
            }
        }
        if !words.isEmpty { form.problems.append(FieldProblem(.feedMapping, .feedMappingUnusable)) }
        return try await feedsPage(visit, form: form, mapping: words)
    }

    // MARK: One system

    /// The system in the path, where it is the person's to feed.
    private func system(_ visit: StaffVisit) async throws -> SourceSystem {
        let name = try visit.visit.parameter("system")
        let all = try await desk.sourceSystems(by: .staff(visit.actor))
        guard let system = all.first(where: { $0.name == name }) else {
            throw GatewayFailure.notFound
        }
        return system
    }

    private func key(_ visit: StaffVisit, _ system: SourceSystem) -> FeedWorker.Key {
        FeedWorker.Key(person: visit.actor.id, system: system.name)
    }

    func feedPage(_ visit: StaffVisit, form: Form = .empty) async throws -> Response {
        let system = try await system(visit)
        let job = feeds.worker.job(key(visit, system))
        let history = try await desk.uploads(of: system.name, by: .staff(visit.actor))
        let first = max(0, visit.visit.query["row"].flatMap { Int($0) } ?? 0)
        let page = FeedPage(
            name: system.name,
            title: system.mapping.title,
            owner: try await desk.name(of: system.owner),
            stage: job.map { FeedStageView($0, from: first) },
            modes: Choice.list(
                FeedMode.allCases,
                chosen: form.values[.feedMode].flatMap(FeedMode.init(rawValue:)).map { [$0] } ?? []
            ),
            fileLimit: ByteCount(feeds.limits.file),
            history: history.map { row($0) },
            drops: try await desk.feedDrops(of: system.name, by: .staff(visit.actor))
                .map { row($0, of: system) },
            form: form
        )
        return frame.page(
            page,
            visit,
            door: .locator,
            status: form.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    private func row(_ upload: FeedUpload) -> FeedUploadRow {
        FeedUploadRow(
            file: upload.fileName,
            at: local(upload.startedAt, Self.capital),
            mode: upload.mode,
            status: upload.status,
            counts: FeedCountsView(upload.counts)
        )
    }

    /// Takes a file for a dry run; nothing is changed by it.
    func handInFeed(_ visit: StaffVisit) async throws -> Response {
        let system = try await system(visit)
        let upload = try await visit.visit.upload().receive(into: feeds.drop, limits: feeds.limits)
        var form = Form(upload.fields.typed(.feedMode), problems: upload.refusals.map(\.problem))
        if upload.files.isEmpty, form.problems.isEmpty {
            form.problems.append(FieldProblem(.files, .feedFileMissing))
        }
        let mode = FeedMode(rawValue: upload.fields[.feedMode])
        if mode == nil { form.problems.append(FieldProblem(.feedMode, .feedModeMissing)) }
        guard form.problems.isEmpty, let mode, let file = upload.files.first?.file,
            feeds.worker.take(file, mode, key(visit, system), by: visit.actor)
        else {
            for file in upload.files { try? feeds.drop.remove(file.file.id) }
            if form.problems.isEmpty {
                form.problems.append(FieldProblem(.files, .feedBusy))
            }
            return try await feedPage(visit, form: form)
        }
        return .seeOther(StaffRoute.feed.path(system.name))
    }

    func applyFeed(_ visit: StaffVisit) async throws -> Response {
        let system = try await system(visit)
        let typed = visit.visit.form
        guard
            feeds.worker.apply(
                typed["feedJob"] ?? "",
                key(visit, system),
                confirmed: typed["feedConfirmed"].flatMap { Int($0) }
            )
        else { throw GatewayFailure.conflict }
        return .seeOther(StaffRoute.feed.path(system.name))
    }

    func discardFeed(_ visit: StaffVisit) async throws -> Response {
        let system = try await system(visit)
        feeds.worker.discard(visit.visit.form["feedJob"] ?? "", key(visit, system))
        return .seeOther(StaffRoute.feed.path(system.name))
    }

    /// Every refused row of the file that was looked at last: where and why, nothing of what stood
    /// there.
    func refusedRows(_ visit: StaffVisit) async throws -> Response {
        let system = try await system(visit)
        guard let refusals = feeds.worker.job(key(visit, system))?.report?.refusals else {
            throw GatewayFailure.notFound
        }
        return refusedRows(refusals, of: system.name, in: visit.visit.language)
    }

    func refusedRows(
        _ refusals: [RefusedRow],
        of system: String,
        in language: Language
    ) -> Response {
        var text = "row,column,reason\r\n"
        for refusal in refusals {
            let reason = frame.renderer.sentence(refusal.reason, in: language)
            text += SpreadsheetField.line([String(refusal.row), refusal.column, reason]) + "\r\n"
        }
        var response = Response.text(text, mediaType: "text/csv; charset=utf-8")
        response.headers[.contentDisposition] =
            ContentDisposition.attachment("\(system)-refused.csv")
        return response
    }
}
