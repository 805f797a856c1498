#ifndef MOCHILA_CURL_H
#define MOCHILA_CURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why this exists: libcurl is set up through variadic functions, which Swift cannot call, and its
   callbacks run on bare pointers, which are safer to follow here, in one short file. libcurl's own
   header is included in the .c file only, so that nothing outside can call past these functions.

   A transfer is used by one thread at a time: first by whoever sets it up, then, from
   mochila_curl_engine_add to the end, by the engine's thread alone. mochila_curl_cancel is the
   exception. */

typedef struct mochila_curl_transfer mochila_curl_transfer;
typedef struct mochila_curl_engine mochila_curl_engine;

/* How a transfer ended, as far as a caller decides something by it. */
typedef enum __attribute__((enum_extensibility(closed))) {
    mochila_curl_result_done,
    mochila_curl_result_cannotResolve,
    mochila_curl_result_cannotConnect,
    mochila_curl_result_timedOut,
    /* The certificate or the SSH host key is not the one expected. */
    mochila_curl_result_peerRefused,
    /* Every address of the name is one that mochila_curl_number_publicAddressesOnly refuses. */
    mochila_curl_result_privateAddress,
    /* The other side offers no TLS where it is required. */
    mochila_curl_result_noTLS,
    mochila_curl_result_tlsFailed,
    mochila_curl_result_loginRefused,
    /* A command after or instead of the transfer was answered with an error. */
    mochila_curl_result_commandRefused,
    mochila_curl_result_notFound,
    mochila_curl_result_accessDenied,
    mochila_curl_result_diskFull,
    /* An answer that does not fit, such as a 5xx code to the end of a mail. */
    mochila_curl_result_unexpectedReply,
    mochila_curl_result_sendFailed,
    mochila_curl_result_receiveFailed,
    mochila_curl_result_localFile,
    mochila_curl_result_badSetting,
    /* What stands at the other side is longer than what we have to send. */
    mochila_curl_result_tooLongThere,
    /* mochila_curl_cancel was called. */
    mochila_curl_result_cancelled,
    mochila_curl_result_other
} mochila_curl_result;

/* Text settings; copied by libcurl. */
typedef enum __attribute__((enum_extensibility(closed))) {
    mochila_curl_text_url,
    mochila_curl_text_protocols,
    mochila_curl_text_user,
    mochila_curl_text_password,
    mochila_curl_text_authoritiesFile,
    /* PEM: these authorities and no others. */
    mochila_curl_text_authorities,
    mochila_curl_text_mailFrom,
    mochila_curl_text_privateKeyFile,
    mochila_curl_text_knownHostsFile,
    mochila_curl_text_command,
    /* PEM: who we are to the server, and the key to it. */
    mochila_curl_text_ownCertificate,
    mochila_curl_text_ownKey
} mochila_curl_text;

/* Whole-number settings. */
typedef enum __attribute__((enum_extensibility(closed))) {
    mochila_curl_number_connectMilliseconds,
    mochila_curl_number_totalMilliseconds,
    mochila_curl_number_stallSeconds,
    /* 1: encryption or nothing. */
    mochila_curl_number_requireTLS,
    /* 1: look, do not fetch. */
    mochila_curl_number_noBody,
    mochila_curl_number_createFolders,
    /* 1: log in with the private key and nothing else. */
    mochila_curl_number_publicKeyOnly,
    /* 1: no other transfer may use this connection afterwards. */
    mochila_curl_number_closeAfterwards,
    /* 1: no connection to an address that is not of the public internet, whatever name it was
       found under. */
    mochila_curl_number_publicAddressesOnly,
    /* 1: connect, agree on encryption with whoever answers, keep the certificates that were shown,
       and end. Nobody is believed, so nothing is said: no request leaves on such a connection. */
    mochila_curl_number_lookAtCertificates
} mochila_curl_number;

/* Settings that are lists of texts. */
typedef enum __attribute__((enum_extensibility(closed))) {
    mochila_curl_list_recipients,
    /* SFTP commands carried out before the transfer. */
    mochila_curl_list_commands,
    /* `Name: value` of an HTTP request. */
    mochila_curl_list_headers
} mochila_curl_list;

/* libcurl's version as text, such as "7.88.1". */
const char *mochila_curl_version(void);

/* NULL where memory is short. No signals, no redirects, no environment proxies, TLS 1.2 at least. */
mochila_curl_transfer *mochila_curl_transfer_make(void);
void mochila_curl_transfer_free(mochila_curl_transfer *);

bool mochila_curl_set_text(mochila_curl_transfer *, mochila_curl_text, const char *value);
bool mochila_curl_set_number(mochila_curl_transfer *, mochila_curl_number, int64_t value);
/* Appends to the list. */
bool mochila_curl_append(mochila_curl_transfer *, mochila_curl_list, const char *value);

/* Whether an address is of the public internet; `length` is 4 or 16 bytes, in network order. */
bool mochila_curl_is_public(const uint8_t *address, size_t length);

/* Uploads these bytes, which are copied. */
bool mochila_curl_upload_bytes(mochila_curl_transfer *, const void *bytes, size_t length);
/* Uploads `length` bytes of an open file, from wherever the other side's copy ends. The
   descriptor is read by position, never moved, and stays the caller's to close. */
bool mochila_curl_upload_file(mochila_curl_transfer *, int descriptor, int64_t length);
/* Uploads all of it, whatever stands there: HTTP's PUT has no end of another copy to go on from. */
bool mochila_curl_put_file(mochila_curl_transfer *, int descriptor, int64_t length);

/* Ends the transfer soon, from any thread: the connection is closed where it stands. Taking a
   transfer out of the engine is no way to do this: libcurl would first end it in good order, which
   for a mail means to say that half of it is all. */
void mochila_curl_cancel(mochila_curl_transfer *);
/* Cancelled while it still waited for its connection: such a one may be taken out. */
bool mochila_curl_is_cancelled_before_it_began(const mochila_curl_transfer *);

/* Where the other side's copy ended when the upload began; 0 where there was none. */
int64_t mochila_curl_resumed_at(const mochila_curl_transfer *);
/* Bytes sent of the body. */
int64_t mochila_curl_sent(const mochila_curl_transfer *);
/* Length of the file the other side has; -1 where unknown or zero. */
int64_t mochila_curl_content_length(const mochila_curl_transfer *);
/* The last reply code of the server; 0 where it never answered. */
int64_t mochila_curl_reply_code(const mochila_curl_transfer *);
/* The last reply line of a mail server, cut at 200 bytes. Not for people's eyes: it may quote
   addresses. */
const char *mochila_curl_reply_line(const mochila_curl_transfer *);
/* The server ended the conversation because of the certificate that we showed, or did not show. */
bool mochila_curl_refuses_our_certificate(const mochila_curl_transfer *);
/* The certificates that lookAtCertificates was shown, the server's own first, as PEM; NULL where
   there is no such one. Lives as long as the transfer. */
const char *mochila_curl_shown_certificate(const mochila_curl_transfer *, int place);
/* libcurl's own number of how it ended, for messages. */
int mochila_curl_code(const mochila_curl_transfer *);

/* Names the calling thread, as `top -H` shows it: 15 bytes, what is longer is cut. */
void mochila_curl_name_thread(const char *name);

/* Sets libcurl up for the process: once, before the first engine, while no other thread runs it. */
bool mochila_curl_start(void);
mochila_curl_engine *mochila_curl_engine_make(int connections);
/* Every transfer must have ended or been removed. */
void mochila_curl_engine_free(mochila_curl_engine *);
bool mochila_curl_engine_add(mochila_curl_engine *, mochila_curl_transfer *);
void mochila_curl_engine_remove(mochila_curl_engine *, mochila_curl_transfer *);
/* Moves every transfer on as far as it goes without waiting. */
void mochila_curl_engine_move(mochila_curl_engine *);
/* Waits until something can move, the time is over or mochila_curl_engine_wake was called. */
void mochila_curl_engine_wait(mochila_curl_engine *, int milliseconds);
/* May be called from any thread. */
void mochila_curl_engine_wake(mochila_curl_engine *);
/* The next transfer that has ended, already removed from the engine; NULL where there is none. */
mochila_curl_transfer *mochila_curl_engine_next(mochila_curl_engine *, mochila_curl_result *);

#endif
