import Demonstration
import RecordExchange
import Testing

@Suite("Demonstration rules") struct DemoRulesTests {
    @Test func `a rule of the demonstration says that it is made up and that nobody checked it`()
        throws
    {
        let rules = DemoRules.all.values.compactMap(\.acceptance)

        #expect(!rules.isEmpty)
        for rule in rules {
            #expect(rule.isMadeUp)
            #expect(!rule.isVerified)
            #expect(rule.citation.contains("made up"))
        }
    }

    @Test func `not every state has one, so that both can be seen`() {
        #expect(DemoRules.all.count < 3)
    }
}
