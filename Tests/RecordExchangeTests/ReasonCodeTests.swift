import RecordExchange
import Testing

@Suite("Reason code") struct ReasonCodeTests {
    @Test(arguments: [
        (ReasonCode.Family.refusal, "E1 E2 E3 E4 E5 E6 E7 M1 M2 M3 M4 M5 M6 M7 M8 M9 M10"),
        (.system, "X1 X2 X3 X4"), (.cancellation, "C1 C2 C3 C4 C5"),
        (.notAcceptable, "W1 W2 W3 W4 W5"),
    ])
    func `each family holds its letters, in the standards' order`(
        family: ReasonCode.Family,
        codes: String
    ) {
        #expect(ReasonCode.all(in: family).map(\.rawValue).joined(separator: " ") == codes)
    }

    @Test func `every reason is of one family`() {
        let counted = ReasonCode.Family.allCases.map { ReasonCode.all(in: $0).count }
        #expect(counted.reduce(0, +) == ReasonCode.allCases.count)
    }

    @Test func `codes are read as written and not otherwise`() {
        for reason in ReasonCode.allCases {
            #expect(ReasonCode(rawValue: reason.rawValue) == reason)
        }
        for text in ["", "e1", "E8", "E01", "M11", " M1", "W", "Ｅ1"] {
            #expect(ReasonCode(rawValue: text) == nil)
        }
    }

    @Test func `urgent grounds begin with the report's own two`() {
        #expect(UrgentGround.allCases.prefix(2) == [.interstateSecondary, .immunizationHold])
    }

    @Test func `every refusal can be said, each in one place`() {
        let offered =
            ReasonCode.forRefusing + ReasonCode.forRefusingSeldom
            + ReasonCode.forRefusingConcealed + ReasonCode.saidOtherwise
        #expect(Set(offered) == Set(ReasonCode.all(in: .refusal)))
        #expect(offered.count == Set(offered).count)
        // At most eight on the first view.
        #expect(ReasonCode.forRefusing.count <= 8 && ReasonCode.forRest.count <= 8)
    }

    @Test func `what is concealed stands apart, and is no reason for a rest`() {
        let concealed = ReasonCode.allCases.filter(\.isConcealed)
        #expect(ReasonCode.forRefusingConcealed == concealed)
        for reason in ReasonCode.forRest {
            #expect(!reason.isConcealed && reason.family == .refusal)
        }
    }
}
