import Casework
import Hummingbird
import RecordExchange
import Rendering
import Vocabulary

/// Another student's records: stopping them, who took something, and what is destroyed.
extension StaffRoom {
    func recallPage(_ visit: StaffVisit) async throws -> Response {
        try await recallPage(visit, form: .empty, status: .ok)
    }

    func recall(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let bundle: RecordBundle.ID = try visit.visit.identifier("bundle")
        let typed = visit.visit.form
        do {
            _ = try await desk.recallRecords(
                bundle,
                in: number,
                note: typed[.note],
                by: visit.actor
            )
        } catch CaseworkFailure.tooLong {
            let problem = FieldProblem(.note, .tooLong(limit: RequestDraft.longestMessage))
            return try await recallPage(
                visit,
                form: Form(typed.typed(.note), problems: [problem]),
                status: .unprocessableContent
            )
        }
        return seeOther(
            .recall,
            number.description,
            bundle.description,
            done: .recordsStopped
        )
    }

    func confirmDestroyed(_ visit: StaffVisit) async throws -> Response {
        let number = try number(visit)
        let bundle: RecordBundle.ID = try visit.visit.identifier("bundle")
        _ = try await desk.confirmDestroyed(
            bundle,
            in: number,
            forSchool: visit.visit.form["copies"] == "all",
            by: visit.actor
        )
        return seeOther(
            .recall,
            number.description,
            bundle.description,
            done: .destructionSaid
        )
    }

    /// The ways from a request's page to its answers, for whoever may recall them.
    func recallLinks(_ story: RequestStory) -> [RecallLink] {
        story.bundles.filter { $0.seal != nil && $0.isForRecall }
            .map { bundle in
                RecallLink(
                    path: StaffRoute.recall.path(
                        story.request.number.description,
                        bundle.id.description
                    ).description,
                    sequence: bundle.sequence,
                    isRecalled: bundle.recall != nil
                )
            }
    }

    private func recallPage(
        _ visit: StaffVisit,
        form: Form,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let view = try await desk.recallView(
            of: try visit.visit.identifier("bundle"),
            in: try number(visit),
            by: visit.actor
        )
        let bundle = view.bundle
        let zone = view.requester.state
        let path = "/requests/\(view.number)/bundles/\(bundle.id)"
        let page = RecallPage(
            path: path,
            backPath: back(from: view, visit),
            number: view.number,
            sequence: bundle.sequence,
            holder: view.holder,
            requester: view.requester.name,
            answeredAt: local(bundle.answeredAt, zone),
            recall: bundle.recall.map { recall in
                RecallSaid(
                    at: local(recall.at, zone),
                    side: recall.side,
                    person: recall.person,
                    note: recall.note
                )
            },
            rows: view.openings.map { row($0, of: view) },
            open: view.open,
            canRecall: view.canRecall,
            canConfirm: view.canConfirm,
            canConfirmForSchool: view.canConfirmForSchool,
            form: form
        )
        return frame.page(page, visit, status: status)
    }

    /// Where the reader came from: each side has a page of its own.
    private func back(from view: RecallView, _ visit: StaffVisit) -> String {
        let number = view.number.description
        if visit.actor.requestingSchools.contains(view.requester.id) {
            return StaffRoute.tracker.path(number).description
        }
        if !visit.actor.watchedStates.isEmpty {
            return StaffRoute.queueRow.path(number).description
        }
        return StaffRoute.home.path().description
    }

    private func row(_ opening: Opening, of view: RecallView) -> OpeningRow {
        let zone = view.requester.state
        return OpeningRow(
            firstAt: local(opening.firstAt, zone),
            lastAt: opening.lastAt == opening.firstAt ? nil : local(opening.lastAt, zone),
            person: opening.person,
            recipient: view.names[opening.recipient] ?? "",
            way: opening.way,
            taken: taken(opening, of: view.bundle),
            destroyed: destroyed(opening, of: view)
        )
    }

    private func taken(_ opening: Opening, of bundle: RecordBundle) -> [TakenWord] {
        var words: [TakenWord] = []
        for extent in opening.extents {
            let word = TakenWord(extent, in: bundle)
            if !words.contains(word) { words.append(word) }
        }
        return words
    }

    private func destroyed(_ opening: Opening, of view: RecallView) -> DestroyedWord {
        guard let recall = view.bundle.recall else { return .notAsked }
        guard opening.recipient == .school(view.requester.id) else { return .elsewhere }
        guard let destruction = recall.destruction(of: opening) else { return .notYet }
        return .said(
            person: destruction.person,
            day: local(destruction.at, view.requester.state).date
        )
    }
}

extension TakenWord {
    /// What a disclosure record calls it, without the name of a file.
    init(_ extent: String, in bundle: RecordBundle) {
        switch extent {
        case DisclosureRecord.Extent.archive: self = .everything
        case DisclosureRecord.Extent.sealed: self = .sealed
        case DisclosureRecord.Extent.familyCopy: self = .familyCopy
        default:
            let file = bundle.files.first { $0.id == extent }
            let ending = file?.name.split(separator: ".").dropFirst().last
            // A name without an ending, or with a long one, says nothing of its kind.
            if let ending, ending.count <= 5 {
                self = .file(kind: ending.uppercased())
            } else {
                self = file == nil ? .copy : .file(kind: "?")
            }
        }
    }
}

extension RecordBundle {
    /// Somebody may have it, and nobody found it wanting: what was corrected counts too.
    fileprivate var isForRecall: Bool {
        withdrawnAt == nil || recall != nil || replacedBy != nil
    }
}
