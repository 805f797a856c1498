import Rendering

extension Samples {
    /// Two schools that ask, of which one answer was refused.
    static let questions = [
        QuestionRow(
            index: 0,
            inquiry: "i1",
            school: "Cedar East High School",
            question: "Is she also called Mary?"
        ),
        QuestionRow(
            index: 1,
            inquiry: "i2",
            school: "Mangrove High School",
            question: "",
            askedAbout: .cannotIdentify,
            typed: " ",
            trouble: .noteMissing
        ),
    ]
}
