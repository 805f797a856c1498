/// An enumeration whose cases are said in words of the catalogue.
///
/// The text's key is the prefix and the case's name; what a case carries fills the placeholders of
/// the same names. So a page holds `.schoolClosed(until: day)`, never a sentence.
package protocol Worded: Sendable {
    /// Where its texts stand, such as `status`.
    static var words: String { get }
}

extension Worded {
    /// The case's name without what it carries.
    package var caseName: String {
        // Mirror, since a description of a case with values would print the values.
        Mirror(reflecting: self).children.first?.label ?? String(describing: self)
    }

    /// The key of the text in the catalogue.
    package var textKey: String { Self.words + "." + caseName }
}
