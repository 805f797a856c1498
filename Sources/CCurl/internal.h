#ifndef MOCHILA_CURL_INTERNAL_H
#define MOCHILA_CURL_INTERNAL_H

#include "mochila_curl.h"

#include <curl/curl.h>
#include <stdatomic.h>

#define LISTS 3
#define REPLY_BYTES 201

struct mochila_curl_transfer {
    CURL *handle;
    struct curl_slist *lists[LISTS];
    int descriptor;
    uint8_t *bytes;
    int64_t length;
    int64_t position;
    int64_t resumed_at;
    int64_t received;
    bool too_long_there;
    bool begun;
    bool private_refused;
    atomic_bool cancelled;
    CURLcode code;
    char reply[REPLY_BYTES];
    char error[CURL_ERROR_SIZE];
};

/* In addresses.c. */
curl_socket_t mochila_curl_open_public(void *was_refused, curlsocktype purpose,
                                       struct curl_sockaddr *address);

#endif
