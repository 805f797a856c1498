/// Checks of files and disks.
package enum PlaceChecks {
    /// Keys and data must be closed to everybody else.
    ///
    /// `paths`: what must be there.
    /// `user`: who runs the gateway.
    package static func permissions(
        of paths: [String],
        user: UInt32,
        facts: (String) -> FileFacts? = FileFacts.init(path:)
    ) -> [Finding] {
        let name = "permissions"
        let faults = paths.compactMap { path -> Finding? in
            guard let fact = facts(path) else {
                return .fault(
                    name,
                    "\(path) is missing or cannot be seen",
                    cure: "run doctor as the user of the gateway, or restore a backup"
                )
            }
            let right = fact.isFolder ? "700" : "600"
            // A group may be let in on purpose (a backup's, say) but never writes.
            if fact.mode & 0o027 != 0 {
                return .fault(
                    name,
                    "\(path) is open to others (mode \(String(fact.mode, radix: 8)))",
                    cure: "chmod \(right) \(path)"
                )
            }
            // Root may own a service's credentials.
            if fact.owner != user && fact.owner != 0 {
                return .fault(
                    name,
                    "\(path) belongs to user \(fact.owner), the gateway runs as \(user)",
                    cure: "chown \(user) \(path)"
                )
            }
            return nil
        }
        return faults.isEmpty
            ? [.ok(name, "\(paths.count) files and folders are closed to others")] : faults
    }

    /// Bytes below which nothing more is accepted soon.
    static let tooLittle: Int64 = 2 << 30
    static let little: Int64 = 20 << 30

    package static func disk(
        at path: String,
        space: (bytes: Int64, shareOfFiles: Double)?
    ) -> Finding {
        let name = "disk"
        guard let space else {
            return .fault(
                name,
                "free space of \(path) cannot be read",
                cure: "is the disk mounted?"
            )
        }
        let free = "\(space.bytes >> 20) MiB free at \(path)"
        let cure = "free some, or move data_directory to a larger disk"
        if space.shareOfFiles < 0.02 {
            return .fault(name, "\(path) has hardly any room for more files (inodes)", cure: cure)
        }
        if space.bytes < tooLittle { return .fault(name, "only \(free)", cure: cure) }
        if space.bytes < little { return .warning(name, free, cure: cure) }
        return .ok(name, free)
    }

    package static func templates(_ root: Result<ResourceRoot, ResourceRoot.NotFound>) -> Finding {
        switch root {
        case .success(let root): .ok("templates", root.templates)
        case .failure(let failure):
            .fault(
                "templates",
                "no templates in \(failure.looked.joined(separator: ", "))",
                cure: "set share_directory to the folder that holds Templates"
            )
        }
    }
}
