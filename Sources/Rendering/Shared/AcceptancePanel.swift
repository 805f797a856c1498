package import StudentRecords

/// Which copies the receiving state accepts, or that nobody entered it and whom to ask.
package struct AcceptancePanel: Hashable, Sendable {
    package let state: String
    /// Absent where nobody of the state entered one.
    package let rule: AcceptanceRule?
    /// Who knows; empty where the directory names nobody.
    package let askName: String
    package let askPhone: String

    package init(state: String, rule: AcceptanceRule?, askName: String = "", askPhone: String = "")
    {
        self.state = state
        self.rule = rule
        self.askName = askName
        self.askPhone = askPhone
    }
}

/// A state's rule as it was entered.
package struct AcceptanceRule: Hashable, Sendable {
    package let certifier: String
    package let electronic: [RecordUse]
    package let handCarried: [RecordUse]
    package let remark: String
    package let citation: String
    package let isVerified: Bool
    package let isMadeUp: Bool

    package init(
        certifier: String,
        electronic: [RecordUse],
        handCarried: [RecordUse],
        remark: String = "",
        citation: String,
        isVerified: Bool,
        isMadeUp: Bool = false
    ) {
        self.certifier = certifier
        self.electronic = electronic
        self.handCarried = handCarried
        self.remark = remark
        self.citation = citation
        self.isVerified = isVerified
        self.isMadeUp = isMadeUp
    }
}
