/// Why somebody asks the locator where a student's records are.
///
/// Asked before every look-up and written into the audit log: the locator tells where a child is
/// or was, and nobody needs to know that without a reason that can be checked later.
package enum LookupPurpose: String, Hashable, Sendable, CaseIterable, Codable {
    /// The student enrolls at the asking school, or is about to (34 CFR 99.31(a)(2)).
    case enrolling
    /// The student is enrolled here and is placed into grades and courses.
    case placing
    /// A migrant education program at the asking school serves the student.
    case serving
    /// Health or safety (34 CFR 99.36): the records are needed at once.
    case safety
}
