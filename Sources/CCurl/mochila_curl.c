#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* A folder listing is read only to see that the folder is there. */
#define MOST_RECEIVED (16 * 1024 * 1024)

struct mochila_curl_engine {
    CURLM *multi;
};

const char *mochila_curl_version(void) { return curl_version_info(CURLVERSION_NOW)->version; }

static int progressed(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                      curl_off_t up) {
    mochila_curl_transfer *transfer = context;
    (void)down_total, (void)down, (void)up_total, (void)up;
    transfer->begun = true;
    return atomic_load(&transfer->cancelled) ? 1 : 0;
}

static size_t read_body(char *buffer, size_t size, size_t count, void *context) {
    mochila_curl_transfer *transfer = context;
    int64_t left = transfer->length - transfer->position;
    size_t wanted = size * count;
    if (left <= 0 || wanted == 0) return 0;
    if ((int64_t)wanted > left) wanted = (size_t)left;
    if (transfer->bytes) {
        memcpy(buffer, transfer->bytes + transfer->position, wanted);
        transfer->position += (int64_t)wanted;
        return wanted;
    }
    ssize_t got = pread(transfer->descriptor, buffer, wanted, (off_t)transfer->position);
    /* A file that ends before its length has changed under us: nothing of it may count. */
    if (got <= 0) return CURL_READFUNC_ABORT;
    transfer->position += got;
    return (size_t)got;
}

static int seek_body(void *context, curl_off_t offset, int origin) {
    mochila_curl_transfer *transfer = context;
    if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
    if (transfer->bytes) {
        /* A mail that was begun on a dead connection starts again from its first byte. */
        if (offset > transfer->length) return CURL_SEEKFUNC_FAIL;
    } else {
        transfer->resumed_at = offset;
        if (offset > transfer->length) {
            transfer->too_long_there = true;
            return CURL_SEEKFUNC_FAIL;
        }
    }
    transfer->position = offset;
    return CURL_SEEKFUNC_OK;
}

static size_t discard(char *buffer, size_t size, size_t count, void *context) {
    mochila_curl_transfer *transfer = context;
    (void)buffer;
    transfer->received += (int64_t)(size * count);
    return transfer->received > MOST_RECEIVED ? 0 : size * count;
}

static size_t keep_reply(char *buffer, size_t size, size_t count, void *context) {
    mochila_curl_transfer *transfer = context;
    size_t length = size * count, kept = length < REPLY_BYTES - 1 ? length : REPLY_BYTES - 1;
    /* The goodbye after a refusal is not what the server said about the mail. */
    if (length >= 3 && memcmp(buffer, "221", 3) == 0) return length;
    memcpy(transfer->reply, buffer, kept);
    transfer->reply[kept] = 0;
    return length;
}

mochila_curl_transfer *mochila_curl_transfer_make(void) {
    mochila_curl_transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer) return NULL;
    atomic_init(&transfer->cancelled, false);
    transfer->descriptor = -1;
    CURL *handle = transfer->handle = curl_easy_init();
    if (!handle) {
        free(transfer);
        return NULL;
    }
    bool ok = curl_easy_setopt(handle, CURLOPT_PRIVATE, transfer) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, transfer->error) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK
        /* An empty proxy also keeps the environment's proxies out. */
        && curl_easy_setopt(handle, CURLOPT_PROXY, "") == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_body) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_READDATA, transfer) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, seek_body) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_SEEKDATA, transfer) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, discard) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_WRITEDATA, transfer) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, progressed) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_XFERINFODATA, transfer) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, keep_reply) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_HEADERDATA, transfer) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024) == CURLE_OK;
    if (ok) return transfer;
    mochila_curl_transfer_free(transfer);
    return NULL;
}

void mochila_curl_transfer_free(mochila_curl_transfer *transfer) {
    if (!transfer) return;
    curl_easy_cleanup(transfer->handle);
    for (int i = 0; i < LISTS; i++) curl_slist_free_all(transfer->lists[i]);
    free(transfer->bytes);
    free(transfer);
}

bool mochila_curl_set_text(mochila_curl_transfer *transfer, mochila_curl_text which,
                           const char *value) {
    CURLoption option;
    struct curl_blob blob = {(void *)value, strlen(value), CURL_BLOB_COPY};
    switch (which) {
    case mochila_curl_text_ownCertificate:
        return curl_easy_setopt(transfer->handle, CURLOPT_SSLCERT_BLOB, &blob) == CURLE_OK;
    case mochila_curl_text_ownKey:
        return curl_easy_setopt(transfer->handle, CURLOPT_SSLKEY_BLOB, &blob) == CURLE_OK;
    case mochila_curl_text_authorities: {
        return curl_easy_setopt(transfer->handle, CURLOPT_CAINFO_BLOB, &blob) == CURLE_OK
            /* The system's would count beside them. */
            && curl_easy_setopt(transfer->handle, CURLOPT_CAPATH, NULL) == CURLE_OK;
    }
    case mochila_curl_text_url: option = CURLOPT_URL; break;
    case mochila_curl_text_protocols: option = CURLOPT_PROTOCOLS_STR; break;
    case mochila_curl_text_user: option = CURLOPT_USERNAME; break;
    case mochila_curl_text_password: option = CURLOPT_PASSWORD; break;
    case mochila_curl_text_authoritiesFile: option = CURLOPT_CAINFO; break;
    case mochila_curl_text_mailFrom: option = CURLOPT_MAIL_FROM; break;
    case mochila_curl_text_privateKeyFile: option = CURLOPT_SSH_PRIVATE_KEYFILE; break;
    case mochila_curl_text_knownHostsFile: option = CURLOPT_SSH_KNOWNHOSTS; break;
    case mochila_curl_text_command: option = CURLOPT_CUSTOMREQUEST; break;
    default: return false;
    }
    return curl_easy_setopt(transfer->handle, option, value) == CURLE_OK;
}

bool mochila_curl_set_number(mochila_curl_transfer *transfer, mochila_curl_number which,
                             int64_t value) {
    CURL *handle = transfer->handle;
    long number = (long)value;
    switch (which) {
    case mochila_curl_number_connectMilliseconds:
        return curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, number) == CURLE_OK;
    case mochila_curl_number_totalMilliseconds:
        return curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, number) == CURLE_OK;
    case mochila_curl_number_stallSeconds:
        return curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L) == CURLE_OK
            && curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, number) == CURLE_OK
            /* For a mail server's single answers. */
            && curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, number) == CURLE_OK;
    case mochila_curl_number_requireTLS:
        return curl_easy_setopt(handle, CURLOPT_USE_SSL,
                                (long)(number ? CURLUSESSL_ALL : CURLUSESSL_NONE)) == CURLE_OK;
    case mochila_curl_number_noBody:
        return curl_easy_setopt(handle, CURLOPT_NOBODY, number) == CURLE_OK;
    case mochila_curl_number_createFolders:
        return curl_easy_setopt(handle, CURLOPT_FTP_CREATE_MISSING_DIRS, number) == CURLE_OK;
    case mochila_curl_number_publicKeyOnly:
        return curl_easy_setopt(handle, CURLOPT_SSH_AUTH_TYPES,
                                (long)(number ? CURLSSH_AUTH_PUBLICKEY : CURLSSH_AUTH_DEFAULT))
            == CURLE_OK;
    case mochila_curl_number_closeAfterwards:
        return curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, number) == CURLE_OK;
    case mochila_curl_number_publicAddressesOnly:
        return number == 1
            && curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION,
                                mochila_curl_open_public) == CURLE_OK
            && curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA,
                                &transfer->private_refused) == CURLE_OK;
    case mochila_curl_number_lookAtCertificates:
        return number == 1 && curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L) == CURLE_OK
            && curl_easy_setopt(handle, CURLOPT_CERTINFO, 1L) == CURLE_OK
            && curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L) == CURLE_OK
            && curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L) == CURLE_OK;
    default:
        return false;
    }
}

bool mochila_curl_append(mochila_curl_transfer *transfer, mochila_curl_list which,
                         const char *value) {
    int place;
    CURLoption option;
    switch (which) {
    case mochila_curl_list_recipients: place = 0, option = CURLOPT_MAIL_RCPT; break;
    case mochila_curl_list_commands: place = 1, option = CURLOPT_QUOTE; break;
    case mochila_curl_list_headers: place = 2, option = CURLOPT_HTTPHEADER; break;
    default: return false;
    }
    struct curl_slist *longer = curl_slist_append(transfer->lists[place], value);
    if (!longer) return false;
    transfer->lists[place] = longer;
    return curl_easy_setopt(transfer->handle, option, longer) == CURLE_OK;
}

bool mochila_curl_upload_bytes(mochila_curl_transfer *transfer, const void *bytes, size_t length) {
    free(transfer->bytes);
    transfer->bytes = malloc(length ? length : 1);
    if (!transfer->bytes) return false;
    memcpy(transfer->bytes, bytes, length);
    transfer->length = (int64_t)length;
    transfer->position = 0;
    return curl_easy_setopt(transfer->handle, CURLOPT_UPLOAD, 1L) == CURLE_OK
        && curl_easy_setopt(transfer->handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)length)
            == CURLE_OK;
}

bool mochila_curl_put_file(mochila_curl_transfer *transfer, int descriptor, int64_t length) {
    transfer->descriptor = descriptor;
    transfer->length = length;
    transfer->position = 0;
    return curl_easy_setopt(transfer->handle, CURLOPT_UPLOAD, 1L) == CURLE_OK
        && curl_easy_setopt(transfer->handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)length)
            == CURLE_OK;
}

bool mochila_curl_upload_file(mochila_curl_transfer *transfer, int descriptor, int64_t length) {
    return mochila_curl_put_file(transfer, descriptor, length)
        /* -1: libcurl asks the server how much it has and seeks our side to it. */
        && curl_easy_setopt(transfer->handle, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)-1)
            == CURLE_OK;
}

void mochila_curl_cancel(mochila_curl_transfer *transfer) {
    atomic_store(&transfer->cancelled, true);
}

bool mochila_curl_is_cancelled_before_it_began(const mochila_curl_transfer *transfer) {
    return !transfer->begun && atomic_load(&transfer->cancelled);
}

static mochila_curl_result result_of(const mochila_curl_transfer *transfer, CURLcode code) {
    if (transfer->too_long_there) return mochila_curl_result_tooLongThere;
    /* Whatever the abort looked like where it struck. */
    if (code != CURLE_OK && atomic_load(&transfer->cancelled))
        return mochila_curl_result_cancelled;
    if (code == CURLE_COULDNT_CONNECT && transfer->private_refused)
        return mochila_curl_result_privateAddress;
    switch (code) {
    case CURLE_OK: return mochila_curl_result_done;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return mochila_curl_result_cannotResolve;
    case CURLE_COULDNT_CONNECT: return mochila_curl_result_cannotConnect;
    case CURLE_OPERATION_TIMEDOUT: return mochila_curl_result_timedOut;
    case CURLE_PEER_FAILED_VERIFICATION: return mochila_curl_result_peerRefused;
    case CURLE_USE_SSL_FAILED: return mochila_curl_result_noTLS;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER: return mochila_curl_result_tlsFailed;
    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR: return mochila_curl_result_loginRefused;
    case CURLE_QUOTE_ERROR: return mochila_curl_result_commandRefused;
    case CURLE_REMOTE_FILE_NOT_FOUND: return mochila_curl_result_notFound;
    case CURLE_REMOTE_ACCESS_DENIED:
    case CURLE_UPLOAD_FAILED: return mochila_curl_result_accessDenied;
    case CURLE_REMOTE_DISK_FULL: return mochila_curl_result_diskFull;
    case CURLE_WEIRD_SERVER_REPLY: return mochila_curl_result_unexpectedReply;
    case CURLE_SEND_ERROR: return mochila_curl_result_sendFailed;
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SSH: return mochila_curl_result_receiveFailed;
    case CURLE_ABORTED_BY_CALLBACK:
    case CURLE_READ_ERROR: return mochila_curl_result_localFile;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_FUNCTION_ARGUMENT:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM: return mochila_curl_result_badSetting;
    default: return mochila_curl_result_other;
    }
}

void mochila_curl_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

bool mochila_curl_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }

mochila_curl_engine *mochila_curl_engine_make(int connections) {
    mochila_curl_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return NULL;
    engine->multi = curl_multi_init();
    if (engine->multi
        && curl_multi_setopt(engine->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)connections)
            == CURLM_OK
        /* Idle connections are kept for a moment's reuse, not for their own sake. */
        && curl_multi_setopt(engine->multi, CURLMOPT_MAXCONNECTS, (long)connections) == CURLM_OK)
        return engine;
    mochila_curl_engine_free(engine);
    return NULL;
}

void mochila_curl_engine_free(mochila_curl_engine *engine) {
    if (!engine) return;
    curl_multi_cleanup(engine->multi);
    free(engine);
}

bool mochila_curl_engine_add(mochila_curl_engine *engine, mochila_curl_transfer *transfer) {
    return curl_multi_add_handle(engine->multi, transfer->handle) == CURLM_OK;
}

void mochila_curl_engine_remove(mochila_curl_engine *engine, mochila_curl_transfer *transfer) {
    curl_multi_remove_handle(engine->multi, transfer->handle);
}

void mochila_curl_engine_move(mochila_curl_engine *engine) {
    int running = 0;
    curl_multi_perform(engine->multi, &running);
}

void mochila_curl_engine_wait(mochila_curl_engine *engine, int milliseconds) {
    curl_multi_poll(engine->multi, NULL, 0, milliseconds, NULL);
}

void mochila_curl_engine_wake(mochila_curl_engine *engine) { curl_multi_wakeup(engine->multi); }

mochila_curl_transfer *mochila_curl_engine_next(mochila_curl_engine *engine,
                                                mochila_curl_result *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(engine->multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        /* The message dies with the handle's removal: read it first. */
        CURL *handle = message->easy_handle;
        CURLcode code = message->data.result;
        mochila_curl_transfer *transfer = NULL;
        curl_easy_getinfo(handle, CURLINFO_PRIVATE, (char **)&transfer);
        curl_multi_remove_handle(engine->multi, handle);
        transfer->code = code;
        *result = result_of(transfer, code);
        return transfer;
    }
    return NULL;
}
