package import Vocabulary

/// The one-page record for paper: what `record.html` says, without anything to click.
package struct PrintedRecord: Hashable, Sendable {
    /// A label and what is said under it, one line each.
    package struct Fact: Hashable, Sendable {
        package let label: String
        package let values: [String]

        package init(_ label: String, _ values: [String]) {
            self.label = label
            self.values = values
        }
    }

    /// Facts under a heading.
    package struct Section: Hashable, Sendable {
        package let title: String
        package let facts: [Fact]

        package init(title: String, facts: [Fact]) {
            self.title = title
            self.facts = facts
        }
    }

    /// Rows of cells: the first column is words, the others are numbers; the last row is a total.
    package struct Table: Hashable, Sendable {
        package let title: String
        package let head: [String]
        package let rows: [[String]]

        package init(title: String, head: [String], rows: [[String]]) {
            self.title = title
            self.head = head
            self.rows = rows
        }
    }

    /// Lines under a heading; without one they are the small print.
    package struct Lines: Hashable, Sendable {
        package let title: String
        package let lines: [String]

        package init(title: String = "", lines: [String]) {
            self.title = title
            self.lines = lines
        }
    }

    /// Names no student: it is shown in the lists of other programs.
    package let title: String
    package let heading: String
    package let caption: String
    package let facts: [Fact]
    package let sections: [Section]
    package let table: Table?
    package let lists: [Lines]
    /// The address that the square code leads to.
    package let checkAddress: String
    /// Stands at the foot of each page.
    package let foot: String
    package let language: Language
    package let at: Instant

    package init(
        title: String,
        heading: String,
        caption: String,
        facts: [Fact],
        sections: [Section],
        table: Table? = nil,
        lists: [Lines] = [],
        checkAddress: String,
        foot: String,
        language: Language,
        at instant: Instant
    ) {
        self.title = title
        self.heading = heading
        self.caption = caption
        self.facts = facts
        self.sections = sections
        self.table = table
        self.lists = lists
        self.checkAddress = checkAddress
        self.foot = foot
        self.language = language
        at = instant
    }
}
