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

/// A sealed bundle on its way to a partner's server.
package struct Parcel: Hashable, Sendable {
    /// The sealed file.
    package let path: String
    /// The name under which it arrives: unique and free of student data.
    package let name: String
    /// The delivery's identifier: the same at every attempt.
    package let key: String
    /// Of the sealed file, 64 hexadecimal digits.
    package let sha256: String

    package init(path: String, name: String, key: String, sha256: String) {
        self.path = path
        self.name = name
        self.key = key
        self.sha256 = sha256
    }
}

/// Pushes sealed bundles to partners' servers.
package protocol BundleCourier: Sendable {
    /// Brings the parcel into the destination's folder under its name, whole or not at all and
    /// never over an existing name.
    ///
    /// A file that already stands there with the same size counts as delivered: an attempt whose
    /// answer was lost put it there. Never throws; reasons hold no student data.
    func push(_ parcel: Parcel, to destination: PushDestination) async -> PushOutcome
}
