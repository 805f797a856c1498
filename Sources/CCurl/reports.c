#include "internal.h"

#include <string.h>

/* What a transfer says about itself afterwards. */

int64_t mochila_curl_resumed_at(const mochila_curl_transfer *transfer) {
    return transfer->resumed_at;
}

int64_t mochila_curl_sent(const mochila_curl_transfer *transfer) {
    curl_off_t value = 0;
    curl_easy_getinfo(transfer->handle, CURLINFO_SIZE_UPLOAD_T, &value);
    return value;
}

int64_t mochila_curl_content_length(const mochila_curl_transfer *transfer) {
    curl_off_t value = -1;
    curl_easy_getinfo(transfer->handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &value);
    return value;
}

int64_t mochila_curl_reply_code(const mochila_curl_transfer *transfer) {
    long value = 0;
    curl_easy_getinfo(transfer->handle, CURLINFO_RESPONSE_CODE, &value);
    return value;
}

const char *mochila_curl_reply_line(const mochila_curl_transfer *transfer) {
    return transfer->reply;
}

/* TLS 1.3 tells us only after our side of the handshake, in the middle of whatever we do then; an
   alert is the one place where it stands (RFC 8446, 6.2). */
bool mochila_curl_refuses_our_certificate(const mochila_curl_transfer *transfer) {
    static const char *const words[] = {
        "certificate required", "bad certificate", "unsupported certificate",
        "certificate revoked", "certificate expired", "certificate unknown", "unknown ca",
        "access denied",
    };
    if (!strstr(transfer->error, "alert")) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(transfer->error, words[i])) return true;
    return false;
}

const char *mochila_curl_shown_certificate(const mochila_curl_transfer *transfer, int place) {
    struct curl_certinfo *shown = NULL;
    if (curl_easy_getinfo(transfer->handle, CURLINFO_CERTINFO, &shown) != CURLE_OK || !shown
        || place < 0 || place >= shown->num_of_certs)
        return NULL;
    for (struct curl_slist *line = shown->certinfo[place]; line; line = line->next)
        if (strncmp(line->data, "Cert:", 5) == 0) return line->data + 5;
    return NULL;
}

int mochila_curl_code(const mochila_curl_transfer *transfer) { return (int)transfer->code; }
