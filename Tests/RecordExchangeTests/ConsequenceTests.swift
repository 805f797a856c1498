import RecordExchange
import Testing
import Vocabulary

@Suite("What a refusal brings about") struct ConsequenceTests {
    @Test func `every refusal has a consequence, and no other reason has one`() {
        for reason in ReasonCode.allCases {
            #expect((reason.consequence != nil) == (reason.family == .refusal))
        }
    }

    @Test(arguments: [
        (ReasonCode.cannotIdentify, ReasonCode.Consequence.question), (.needsPermission, .question),
        (.stillEnrolledHere, .question), (.duplicateInquiry, .question),
        (.noDegreeAwarded, .hold(.afterDegreeAwarded)),
        (.noGradesPosted, .hold(.afterGradesPosted)), (.paperOnly, .hold(.offlineRecordSearch)),
        (.movedOn, .otherHolder), (.schoolClosed, .otherHolder), (.feesOwed, .fees),
        (.deceased, .silence), (.willNotSend, .nextLocation), (.neverEnrolled, .nextLocation),
        (.destroyedUnderSchedule, .nextLocation), (.requesterNotVerified, .nextLocation),
    ])
    func `it is the plan's`(reason: ReasonCode, consequence: ReasonCode.Consequence) {
        #expect(reason.consequence == consequence)
    }

    @Test func `what is concealed has the consequence of "never enrolled"`() {
        for reason in ReasonCode.allCases where reason.isConcealed {
            #expect(reason.consequence == ReasonCode.neverEnrolled.consequence)
        }
    }

    @Test func `what is waited for is a condition without a day`() {
        for case .hold(let code) in ReasonCode.allCases.compactMap(\.consequence) {
            #expect(HoldCondition(code) != nil)
        }
    }

    @Test(arguments: UrgentGround.allCases)
    func `fees hold back nothing of homeless, foster and migratory students`(
        ground: UrgentGround
    ) throws {
        let request = try Fixture.recordRequest(grounds: [ground])
        #expect(request.isFreeOfFees == [.homeless, .foster, .migratory].contains(ground))
        #expect(try !Fixture.recordRequest().isFreeOfFees)
    }
}
