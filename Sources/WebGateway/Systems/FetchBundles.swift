import Casework
import Hummingbird
import RecordExchange
import Vocabulary

/// Reading what arrived.
extension SystemRoom {
    func bundles(_ visit: SystemVisit) async throws -> Response {
        let arrived = try await desk.records(of: try number(visit), by: visit.actor)
        return .json(
            SystemView.List(
                items: arrived.bundles.map { SystemView.Bundle($0, arrived.outcomes) },
                next: nil
            )
        )
    }

    func sealedBundle(_ visit: SystemVisit) async throws -> Response {
        let number = try number(visit)
        let bundle = try await release(.sealed, visit)
        guard let seal = bundle.seal, let digest = SHA256Digest(hexadecimal: seal.sha256) else {
            throw SystemProblem(.notFound)
        }
        return Download(
            reader: try files.sealed(bundle),
            name: "\(number)-\(bundle.sequence).cms",
            mediaType: "application/cms",
            digest: digest,
            fetch: fetch(.sealed, bundle, visit)
        ).response(to: visit.request)
    }

    func bundleFile(_ visit: SystemVisit) async throws -> Response {
        let id = visit.parameters["file"] ?? ""
        let bundle = try await release(.file(id), visit)
        guard let file = bundle.files.first(where: { $0.id == id }),
            let digest = SHA256Digest(hexadecimal: file.sha256)
        else { throw SystemProblem(.notFound) }
        return Download(
            reader: try files.file(file),
            name: file.name,
            mediaType: file.mediaType,
            digest: digest,
            fetch: fetch(.file(id), bundle, visit)
        ).response(to: visit.request)
    }

    private func release(_ extent: Extent, _ visit: SystemVisit) async throws -> RecordBundle {
        try await desk.release(
            extent,
            of: try visit.identifier("bundle"),
            in: try number(visit),
            to: visit.actor
        )
    }

    private func fetch(
        _ extent: Extent,
        _ bundle: RecordBundle,
        _ visit: SystemVisit
    ) -> Fetch {
        let (desk, actor) = (desk, visit.actor)
        return Fetch(fetches, .init(actor.id, bundle.id, extent)) {
            // Where that cannot be known, the rest can be fetched later.
            (try? await desk.isGiven(bundle.id)) ?? false
        } whenWhole: {
            // The disclosure is on file already; only "received" could be late.
            try? await desk.noteTaken(extent, of: bundle.id, by: actor)
        }
    }
}
