import CCurl

/// One conversation with another server: what to do, and afterwards how it went.
///
/// `@unchecked Sendable` holds because a transfer has one user at a time: the task that sets it
/// up, then the lane's thread from `submit` until it resumes that task, then the task again.
/// The hand-overs go through the lane's lock and the continuation, which order the accesses. `cancel` is the one
/// function that others may call meanwhile; it sets an atomic flag.
final class Transfer: @unchecked Sendable {
    let handle: OpaquePointer

    /// `nil` where memory is short or a deadline cannot be set.
    init?(url: String, protocols: String, deadlines: Deadlines) {
        guard let handle = mochila_curl_transfer_make() else { return nil }
        self.handle = handle
        let stall = max(1, deadlines.stall.milliseconds / 1_000)
        guard set(.url, to: url),
            set(.protocols, to: protocols),
            set(.connectMilliseconds, to: deadlines.connect.milliseconds),
            set(.totalMilliseconds, to: deadlines.total.milliseconds),
            set(.stallSeconds, to: stall)
        else { return nil }
    }

    deinit { mochila_curl_transfer_free(handle) }

    func set(_ setting: mochila_curl_text, to value: String) -> Bool {
        mochila_curl_set_text(handle, setting, value)
    }

    func set(_ setting: mochila_curl_number, to value: Int64) -> Bool {
        mochila_curl_set_number(handle, setting, value)
    }

    func append(_ value: String, to list: mochila_curl_list) -> Bool {
        mochila_curl_append(handle, list, value)
    }

    func upload(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { mochila_curl_upload_bytes(handle, $0.baseAddress, $0.count) }
    }

    func upload(descriptor: Int32, length: Int64) -> Bool {
        mochila_curl_upload_file(handle, descriptor, length)
    }

    /// All of it, whatever stands at the other side.
    func put(descriptor: Int32, length: Int64) -> Bool {
        mochila_curl_put_file(handle, descriptor, length)
    }

    /// What `lookAtCertificates` was shown, as PEM, the server's own first; read after the end.
    var shownCertificates: [String] {
        var shown: [String] = []
        while let pem = mochila_curl_shown_certificate(handle, Int32(shown.count)) {
            shown.append(String(cString: pem))
        }
        return shown
    }

    /// From any thread.
    func cancel() { mochila_curl_cancel(handle) }

    var isCancelledBeforeItBegan: Bool { mochila_curl_is_cancelled_before_it_began(handle) }

    func report(_ result: mochila_curl_result) -> TransferReport {
        TransferReport(
            result: result,
            code: Int(mochila_curl_code(handle)),
            replyCode: Int(mochila_curl_reply_code(handle)),
            replyLine: String(cString: mochila_curl_reply_line(handle)),
            resumedAt: mochila_curl_resumed_at(handle),
            sent: mochila_curl_sent(handle),
            contentLength: mochila_curl_content_length(handle),
            refusesOurCertificate: mochila_curl_refuses_our_certificate(handle)
        )
    }
}

/// How one conversation went.
struct TransferReport: Sendable {
    let result: mochila_curl_result
    /// libcurl's own number, for messages.
    let code: Int
    /// The server's last reply code; 0 where it never answered.
    let replyCode: Int
    /// The mail server's last reply line; it may quote addresses.
    let replyLine: String
    /// Where the other side's copy ended when an upload began.
    let resumedAt: Int64
    let sent: Int64
    /// Length of the file at the other side; -1 where it is empty or unknown.
    let contentLength: Int64
    /// The server ended the conversation because of who we said we are.
    let refusesOurCertificate: Bool
}
