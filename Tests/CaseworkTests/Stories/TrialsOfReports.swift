import Casework
import RecordExchange
import TestSupport
import Vocabulary

extension Trial {
    private static let spring = ReportPeriod(schoolYearEnding: 2026)

    static let overReports: [Self] = [
        Self(name: "report of a state", permitted: [Cast.texas], prepare: filed) { desk, _, actor in
            _ = try await desk.report(.state(.texas), spring, by: actor)
        },
        Self(
            name: "report of a school",
            permitted: requesters,
            prepare: filed
        ) { desk, _, actor in
            _ = try await desk.report(.school(School.oak.id), spring, by: actor)
        },
        Self(
            name: "report of everything",
            permitted: [Cast.administrator],
            prepare: filed
        ) { desk, _, actor in
            _ = try await desk.report(.gateway, spring, by: actor)
        },
    ]
}
