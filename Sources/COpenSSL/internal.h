#ifndef MOCHILA_COPENSSL_INTERNAL_H
#define MOCHILA_COPENSSL_INTERNAL_H

#include "copenssl.h"
#include <openssl/evp.h>
#include <openssl/x509.h>

// Both refuse trailing bytes.
X509 *mochila_x509(const uint8_t *der, size_t count);
EVP_PKEY *mochila_pkey(const uint8_t *der, size_t count);
// Takes over OpenSSL's allocation.
int mochila_take(unsigned char *der, int count, mochila_bytes *out);

#endif
