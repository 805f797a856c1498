import DropLayout
import Glibc

/// Who may read the drop's files.
enum SpoolMode {
    /// Where the drop's folder passes its group on, two accounts share it: the gateway's and the
    /// one behind `sshd`.
    ///
    /// Else there is one, and nobody beside it reads anything.
    static func file(in places: DropPlaces) -> mode_t {
        var status = stat()
        let isShared = stat(places.root, &status) == 0 && status.st_mode & S_ISGID != 0
        return isShared ? 0o660 : 0o600
    }
}
