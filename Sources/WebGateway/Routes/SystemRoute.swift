import Casework

/// The programming interface for schools' own systems, version 1.
///
/// A system shows an access key with every call; the table says which scope the key must have. What
/// stands here stands in `Templates/openapi.json` too: a test compares them.
package enum SystemRoute: String, RouteTable {
    case caller, schools
    case requests, fileRequest, request, cancelRequest, acceptRecords
    case remindHolder, askAnotherSchool, rejectRecords
    case familyMail, keepFamilyMail, forgetFamilyMail
    case bundles, sealedBundle, bundleFile, reportReceipt, receipts
    case takeBundle, upload, appendUpload, cancelUpload
    case outcomes, reportOutcome
    case recallState, recallBundle, confirmDestroyed, recallAnswer
    case inquiries, inquiry, sendRecords, promise, hold, refuse, ask, receiptsForAnswer
    case webhooks, addWebhook, rotateWebhook, stopWebhook, testWebhook

    package var definition: RouteDefinition {
        switch self {
        case .caller: .read("/api/v1/me")
        case .schools: .read("/api/v1/schools")

        case .requests: .read("/api/v1/requests", .readRequests)
        case .fileRequest: .json("/api/v1/requests", .writeRequests)
        case .request: .read("/api/v1/requests/{number}", .readRequests)
        case .cancelRequest: .json("/api/v1/requests/{number}/cancel", .writeRequests)
        case .acceptRecords: .json("/api/v1/requests/{number}/accept", .writeRequests)

        case .remindHolder: .json("/api/v1/requests/{number}/remind", .writeRequests)
        case .askAnotherSchool: .json("/api/v1/requests/{number}/location", .writeRequests)
        case .rejectRecords: .json("/api/v1/requests/{number}/reject", .writeRequests)

        case .familyMail: .read("/api/v1/requests/{number}/family-mail", .readRequests)
        case .keepFamilyMail: .json("/api/v1/requests/{number}/family-mail", .writeRequests)
        case .forgetFamilyMail: .remove("/api/v1/requests/{number}/family-mail", .writeRequests)

        case .bundles: .read("/api/v1/requests/{number}/bundles", .readRecords)
        case .sealedBundle:
            .read("/api/v1/requests/{number}/bundles/{bundle}/sealed", .readRecords)
        case .bundleFile:
            .read("/api/v1/requests/{number}/bundles/{bundle}/files/{file}", .readRecords)

        case .reportReceipt:
            .json("/api/v1/requests/{number}/bundles/{bundle}/receipt", .readRecords)
        case .receipts: .read("/api/v1/requests/{number}/receipts", .readRecords)
        case .outcomes:
            .read("/api/v1/requests/{number}/bundles/{bundle}/outcome", .readRecords)
        case .reportOutcome:
            .json("/api/v1/requests/{number}/bundles/{bundle}/outcome", .readRecords)

        case .recallState:
            .read("/api/v1/requests/{number}/bundles/{bundle}/recall", .readRecords)
        case .recallBundle:
            .json("/api/v1/requests/{number}/bundles/{bundle}/recall", .readRecords)
        case .confirmDestroyed:
            .json("/api/v1/requests/{number}/bundles/{bundle}/destroyed", .readRecords)
        case .recallAnswer: .json("/api/v1/inquiries/{inquiry}/recall", .answerInquiries)

        case .takeBundle: .stream(.post, "/api/v1/bundles", .answerInquiries)
        case .upload: .read("/api/v1/uploads/{upload}", .answerInquiries)
        case .appendUpload: .stream(.patch, "/api/v1/uploads/{upload}", .answerInquiries)
        case .cancelUpload: .remove("/api/v1/uploads/{upload}", .answerInquiries)

        case .inquiries: .read("/api/v1/inquiries", .answerInquiries)
        case .inquiry: .read("/api/v1/inquiries/{inquiry}", .answerInquiries)
        case .sendRecords: .records("/api/v1/inquiries/{inquiry}/records", .answerInquiries)
        case .promise: .json("/api/v1/inquiries/{inquiry}/promise", .answerInquiries)
        case .hold: .json("/api/v1/inquiries/{inquiry}/hold", .answerInquiries)
        case .refuse: .json("/api/v1/inquiries/{inquiry}/refuse", .answerInquiries)
        case .ask: .json("/api/v1/inquiries/{inquiry}/question", .answerInquiries)
        case .receiptsForAnswer:
            .read("/api/v1/inquiries/{inquiry}/receipts", .answerInquiries)

        case .webhooks: .read("/api/v1/webhooks", .manageWebhooks)
        case .addWebhook: .json("/api/v1/webhooks", .manageWebhooks)
        case .rotateWebhook: .json("/api/v1/webhooks/{webhook}/rotate", .manageWebhooks)
        case .stopWebhook: .json("/api/v1/webhooks/{webhook}/stop", .manageWebhooks)
        case .testWebhook: .json("/api/v1/webhooks/{webhook}/test", .manageWebhooks)
        }
    }
}
