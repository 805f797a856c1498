package import RecordExchange

/// Which copies the receiving state accepts, or that nobody entered it and whom to ask.
package struct AcceptancePanel: Hashable, Sendable {
    package let state: String
    /// Absent where nobody of the state entered one.
    package let rule: StateRule.Acceptance?
    /// Who knows; empty where the directory names nobody.
    package let askName: String
    package let askPhone: String

    package init(
        state: String,
        rule: StateRule.Acceptance?,
        askName: String = "",
        askPhone: String = ""
    ) {
        self.state = state
        self.rule = rule
        self.askName = askName
        self.askPhone = askPhone
    }
}
