package import RecordExchange

/// What became of one attempt to push a sealed bundle to a partner's server.
package enum PushOutcome: Hashable, Sendable {
    /// It stands under its final name with the size we sent.
    case delivered(bytes: Int64)
    /// Trying again later may help: no connection, a cut, a stalled server.
    case deferred(reason: String)
    /// A person must change something first: wrong host key, refused login, name taken.
    case refused(reason: String)
}

/// Pushes sealed bundles to partners' servers.
package protocol BundleCourier: Sendable {
    /// Uploads the sealed file at `path` under `name` in the destination's folder: `.part`, resume,
    /// size compared, rename, never over an existing name. A file that already stands there with
    /// the same size counts as delivered. Never throws; reasons hold no student data.
    func push(
        fileAt path: String,
        as name: String,
        to destination: SFTPDestination
    ) async -> PushOutcome
}
