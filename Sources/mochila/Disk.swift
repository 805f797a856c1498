import Glibc

/// The few file operations of the program itself, with the system's own words where they fail.
struct SystemFailure: Error, CustomStringConvertible {
    let what: String
    let code: Int32

    var description: String { "\(what): \(String(cString: strerror(code)))" }
}

func rename(_ path: String, to newPath: String) throws {
    guard Glibc.rename(path, newPath) == 0 else {
        throw SystemFailure(what: "A finished file could not be put in its place", code: errno)
    }
}

func removeIfThere(_ path: String) throws {
    guard unlink(path) != 0, errno != ENOENT else { return }
    throw SystemFailure(what: "An unfinished file could not be removed", code: errno)
}

func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Makes a folder that nobody else may enter; fine where it is there.
func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw SystemFailure(what: "The folder \(path) could not be made", code: errno)
}
