#include "internal.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* IANA's registries of special-purpose addresses: what is not globally reachable, and what only
   wraps an IPv4 address. */
bool mochila_curl_is_public(const uint8_t *a, size_t length) {
    if (length == 4) {
        if (a[0] == 0 || a[0] == 10 || a[0] == 127 || a[0] >= 224) return false;
        if (a[0] == 100 && (a[1] & 0xC0) == 64) return false;
        if (a[0] == 169 && a[1] == 254) return false;
        if (a[0] == 172 && (a[1] & 0xF0) == 16) return false;
        if (a[0] == 192 && (a[1] == 168 || (a[1] == 0 && (a[2] == 0 || a[2] == 2))
                            || (a[1] == 88 && a[2] == 99)))
            return false;
        if (a[0] == 198 && ((a[1] & 0xFE) == 18 || (a[1] == 51 && a[2] == 100))) return false;
        return !(a[0] == 203 && a[1] == 0 && a[2] == 113);
    }
    if (length != 16 || (a[0] & 0xE0) != 0x20) return false;
    /* 2001::/23 (Teredo, benchmarks, ORCHID), 2001:db8::/32, 2002::/16 (6to4), 3fff::/20. */
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 2) return false;
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8) return false;
    if (a[0] == 0x20 && a[1] == 0x02) return false;
    return !(a[0] == 0x3F && a[1] == 0xFF && (a[2] & 0xF0) == 0);
}

/* libcurl connects to exactly the address that it hands over here. */
curl_socket_t mochila_curl_open_public(void *was_refused, curlsocktype purpose,
                                       struct curl_sockaddr *address) {
    bool is_public = false;
    if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET
        && address->addrlen >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in found;
        memcpy(&found, &address->addr, sizeof found);
        is_public = mochila_curl_is_public((const uint8_t *)&found.sin_addr, 4);
    } else if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET6
               && address->addrlen >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 found;
        /* The union is longer than it is declared. */
        memcpy(&found, (const void *)&address->addr, sizeof found);
        is_public = mochila_curl_is_public((const uint8_t *)&found.sin6_addr, 16);
    }
    if (!is_public) {
        *(bool *)was_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}
