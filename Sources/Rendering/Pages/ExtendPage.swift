package import Vocabulary

/// Giving the school that is asked more time.
///
/// Posts `extendedMonth`, `extendedDay`, `extendedYear` and `extensionReason` to `path`.
package struct ExtendPage: Page {
    package static let template = "extend"

    package let path: String
    package let backPath: String
    package let number: RequestNumber
    package let holder: String
    /// The last day that can be given; `nil` where none can.
    package let latest: CivilDate?
    /// What the law gives the school; it stays.
    package let law: CivilDate?
    /// What it was given before.
    package let given: CivilDate?
    /// What it promised itself.
    package let promised: CivilDate?
    package let form: Form

    package init(
        path: String,
        backPath: String,
        number: RequestNumber,
        holder: String,
        latest: CivilDate?,
        law: CivilDate? = nil,
        given: CivilDate? = nil,
        promised: CivilDate? = nil,
        form: Form = .empty
    ) {
        self.path = path
        self.backPath = backPath
        self.number = number
        self.holder = holder
        self.latest = latest
        self.law = law
        self.given = given
        self.promised = promised
        self.form = form
    }
}
