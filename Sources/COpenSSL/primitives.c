#include "internal.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

void mochila_bytes_free(mochila_bytes bytes) { OPENSSL_clear_free(bytes.bytes, bytes.count); }

void mochila_take_errors(char *out, size_t capacity) {
    size_t used = 0;
    unsigned long code;
    const char *data;
    int flags;
    if (capacity) out[0] = 0;
    while ((code = ERR_get_error_all(NULL, NULL, NULL, &data, &flags)) != 0) {
        const char *reason = ERR_reason_error_string(code);
        int has_data = (flags & ERR_TXT_STRING) && data && *data;
        if (used >= capacity) continue;
        int count = snprintf(out + used, capacity - used, "%s%s%s%s", used ? "; " : "",
                             reason ? reason : "unknown", has_data ? ": " : "",
                             has_data ? data : "");
        if (count > 0) used += (size_t)count;
    }
}

int mochila_random(uint8_t *out, size_t count) {
    return count <= INT_MAX && RAND_bytes(out, (int)count) == 1;
}

int mochila_equal(const uint8_t *a, const uint8_t *b, size_t count) {
    return CRYPTO_memcmp(a, b, count) == 0;
}

int mochila_sha256(const uint8_t *bytes, size_t count, uint8_t out[32]) {
    return EVP_Digest(bytes, count, out, NULL, EVP_sha256(), NULL) == 1;
}

int mochila_hmac_sha1(const uint8_t *key, size_t key_count, const uint8_t *message,
                      size_t message_count, uint8_t out[20]) {
    unsigned written = 0;
    return key_count <= INT_MAX
        && HMAC(EVP_sha1(), key, (int)key_count, message, message_count, out, &written) != NULL
        && written == 20;
}

int mochila_hkdf_sha256(const uint8_t key[32], const uint8_t *info, size_t info_count,
                        uint8_t out[32]) {
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, 32),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_count),
        OSSL_PARAM_construct_end(),
    };
    int done = context && EVP_KDF_derive(context, out, 32, parameters) == 1;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return done;
}

int mochila_scrypt(const uint8_t *password, size_t password_count, const uint8_t *salt,
                   size_t salt_count, uint64_t n, uint64_t r, uint64_t p, uint8_t *out,
                   size_t out_count) {
    // OpenSSL's default ceiling of 32 MiB is below what a password deserves today.
    const uint64_t ceiling = (uint64_t)512 << 20;
    return EVP_PBE_scrypt((const char *)password, password_count, salt, salt_count, n, r, p,
                          ceiling, out, out_count) == 1;
}

struct mochila_hasher {
    EVP_MD_CTX *context;
};

mochila_hasher *mochila_hasher_new(void) {
    mochila_hasher *hasher = OPENSSL_zalloc(sizeof *hasher);
    if (!hasher) return NULL;
    hasher->context = EVP_MD_CTX_new();
    if (!hasher->context || EVP_DigestInit_ex(hasher->context, EVP_sha256(), NULL) != 1) {
        mochila_hasher_free(hasher);
        return NULL;
    }
    return hasher;
}

int mochila_hasher_update(mochila_hasher *hasher, const uint8_t *bytes, size_t count) {
    return EVP_DigestUpdate(hasher->context, bytes, count) == 1;
}

int mochila_hasher_finish(mochila_hasher *hasher, uint8_t out[32]) {
    return EVP_DigestFinal_ex(hasher->context, out, NULL) == 1;
}

void mochila_hasher_free(mochila_hasher *hasher) {
    if (!hasher) return;
    EVP_MD_CTX_free(hasher->context);
    OPENSSL_free(hasher);
}

struct mochila_gcm {
    EVP_CIPHER_CTX *seal;
    EVP_CIPHER_CTX *open;
};

mochila_gcm *mochila_gcm_new(const uint8_t key[32]) {
    mochila_gcm *gcm = OPENSSL_zalloc(sizeof *gcm);
    if (!gcm) return NULL;
    gcm->seal = EVP_CIPHER_CTX_new();
    gcm->open = EVP_CIPHER_CTX_new();
    if (!gcm->seal || !gcm->open
        || EVP_EncryptInit_ex(gcm->seal, EVP_aes_256_gcm(), NULL, key, NULL) != 1
        || EVP_DecryptInit_ex(gcm->open, EVP_aes_256_gcm(), NULL, key, NULL) != 1) {
        mochila_gcm_free(gcm);
        return NULL;
    }
    return gcm;
}

int mochila_gcm_seal(mochila_gcm *gcm, const uint8_t nonce[12], const uint8_t *context,
                     size_t context_count, const uint8_t *plaintext, size_t count, uint8_t *out) {
    int written = 0, rest = 0;
    if (count > INT_MAX - 16 || context_count > INT_MAX) return 0;
    if (EVP_EncryptInit_ex(gcm->seal, NULL, NULL, NULL, nonce) != 1) return 0;
    if (context_count
        && EVP_EncryptUpdate(gcm->seal, NULL, &written, context, (int)context_count) != 1)
        return 0;
    written = 0;
    if (count && EVP_EncryptUpdate(gcm->seal, out, &written, plaintext, (int)count) != 1) return 0;
    if (EVP_EncryptFinal_ex(gcm->seal, out + written, &rest) != 1) return 0;
    if ((size_t)(written + rest) != count) return 0;
    return EVP_CIPHER_CTX_ctrl(gcm->seal, EVP_CTRL_AEAD_GET_TAG, 16, out + count) == 1;
}

int mochila_gcm_open(mochila_gcm *gcm, const uint8_t nonce[12], const uint8_t *context,
                     size_t context_count, const uint8_t *sealed, size_t count, uint8_t *out) {
    int written = 0, rest = 0;
    if (count < 16 || count > INT_MAX || context_count > INT_MAX) return 0;
    size_t length = count - 16;
    if (EVP_DecryptInit_ex(gcm->open, NULL, NULL, NULL, nonce) != 1) return 0;
    if (context_count
        && EVP_DecryptUpdate(gcm->open, NULL, &written, context, (int)context_count) != 1)
        return 0;
    written = 0;
    if (EVP_CIPHER_CTX_ctrl(gcm->open, EVP_CTRL_AEAD_SET_TAG, 16, (void *)(sealed + length)) != 1)
        return 0;
    if ((length && EVP_DecryptUpdate(gcm->open, out, &written, sealed, (int)length) != 1)
        || EVP_DecryptFinal_ex(gcm->open, out + written, &rest) != 1
        || (size_t)(written + rest) != length) {
        OPENSSL_cleanse(out, length);
        ERR_clear_error();
        return 0;
    }
    return 1;
}

void mochila_gcm_free(mochila_gcm *gcm) {
    if (!gcm) return;
    EVP_CIPHER_CTX_free(gcm->seal);
    EVP_CIPHER_CTX_free(gcm->open);
    OPENSSL_free(gcm);
}
