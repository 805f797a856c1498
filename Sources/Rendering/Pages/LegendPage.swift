/// What a school or a district prints on its transcripts.
///
/// Posts `transcriptLegend` to its own path; an empty one takes it away.
package struct LegendPage: Page {
    package static let template = "transcript-legend"

    package let path: String
    package let backPath: String
    package let name: String
    package let form: Form

    package init(path: String, backPath: String, name: String, form: Form = .empty) {
        self.path = path
        self.backPath = backPath
        self.name = name
        self.form = form
    }
}
