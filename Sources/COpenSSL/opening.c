#include "internal.h"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rsa.h>
#include <limits.h>
#include <string.h>

// ---- the key of the content ----

// The sender's one-time key, on the curve of ours; OpenSSL refuses a point that is not on it.
static EVP_PKEY *peer_key(const EVP_PKEY *own, const uint8_t *point, size_t count) {
    EVP_PKEY *peer = EVP_PKEY_new();
    if (peer && EVP_PKEY_copy_parameters(peer, own) == 1
        && EVP_PKEY_set1_encoded_public_key(peer, point, count) == 1)
        return peer;
    EVP_PKEY_free(peer);
    return NULL;
}

// X9.63 over the shared secret, as RFC 5753 section 7.1.3 asks.
static int derive(EVP_PKEY *own, EVP_PKEY *peer, const uint8_t *info, size_t info_count,
                  uint8_t out[32]) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
    unsigned char *copy = OPENSSL_memdup(info, info_count);
    size_t written = 32;
    int done = context && copy && info_count <= INT_MAX && EVP_PKEY_derive_init(context) == 1
        && EVP_PKEY_CTX_set_ecdh_cofactor_mode(context, 0) > 0
        && EVP_PKEY_derive_set_peer(context, peer) == 1
        && EVP_PKEY_CTX_set_ecdh_kdf_type(context, EVP_PKEY_ECDH_KDF_X9_63) > 0
        && EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) > 0
        && EVP_PKEY_CTX_set_ecdh_kdf_outlen(context, 32) > 0;
    // The context takes the copy over.
    if (done && EVP_PKEY_CTX_set0_ecdh_kdf_ukm(context, copy, (int)info_count) > 0) copy = NULL;
    else done = 0;
    done = done && EVP_PKEY_derive(context, out, &written) == 1 && written == 32;
    OPENSSL_free(copy);
    EVP_PKEY_CTX_free(context);
    return done;
}

static int unwrap(const uint8_t kek[32], const uint8_t wrapped[40], uint8_t out[32]) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t buffer[64];
    int count = 0, last = 0, done = 0;
    if (context) {
        EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
        done = EVP_DecryptInit_ex(context, EVP_aes_256_wrap(), NULL, kek, NULL) == 1
            && EVP_DecryptUpdate(context, buffer, &count, wrapped, 40) == 1
            && EVP_DecryptFinal_ex(context, buffer + count, &last) == 1 && count + last == 32;
    }
    if (done) memcpy(out, buffer, 32);
    OPENSSL_cleanse(buffer, sizeof buffer);
    EVP_CIPHER_CTX_free(context);
    return done;
}

int mochila_unwrap_ecdh(const uint8_t *key, size_t key_count, const uint8_t *point,
                        size_t point_count, const uint8_t *info, size_t info_count,
                        const uint8_t wrapped[40], uint8_t out[32]) {
    uint8_t kek[32];
    EVP_PKEY *own = mochila_pkey(key, key_count);
    EVP_PKEY *peer = own && EVP_PKEY_is_a(own, "EC") ? peer_key(own, point, point_count) : NULL;
    int done = peer && derive(own, peer, info, info_count, kek) && unwrap(kek, wrapped, out);
    OPENSSL_cleanse(kek, sizeof kek);
    EVP_PKEY_free(peer);
    EVP_PKEY_free(own);
    ERR_clear_error();
    return done;
}

int mochila_unwrap_rsa(const uint8_t *key, size_t key_count, const uint8_t *encrypted,
                       size_t count, uint8_t out[32]) {
    EVP_PKEY *own = mochila_pkey(key, key_count);
    EVP_PKEY_CTX *context = own && EVP_PKEY_is_a(own, "RSA") ? EVP_PKEY_CTX_new(own, NULL) : NULL;
    uint8_t buffer[2048];
    size_t written = sizeof buffer;
    int done = context && EVP_PKEY_decrypt_init(context) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0
        && EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) > 0
        && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) > 0
        && EVP_PKEY_decrypt(context, buffer, &written, encrypted, count) == 1 && written == 32;
    if (done) memcpy(out, buffer, 32);
    OPENSSL_cleanse(buffer, sizeof buffer);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(own);
    ERR_clear_error();
    return done;
}

// ---- the tag ----

struct mochila_tag_check {
    EVP_CIPHER_CTX *context;
    uint64_t count;
    uint8_t hash_key[16];
};

// AES of sixteen zero bytes: the key of GHASH.
static int hash_key(const uint8_t key[32], uint8_t out[16]) {
    static const uint8_t zeros[16];
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int count = 0;
    int done = context && EVP_EncryptInit_ex(context, EVP_aes_256_ecb(), NULL, key, NULL) == 1
        && EVP_CIPHER_CTX_set_padding(context, 0) == 1
        && EVP_EncryptUpdate(context, out, &count, zeros, 16) == 1 && count == 16;
    EVP_CIPHER_CTX_free(context);
    return done;
}

mochila_tag_check *mochila_tag_check_new(const uint8_t key[32], const uint8_t nonce[12]) {
    mochila_tag_check *check = OPENSSL_zalloc(sizeof *check);
    if (!check) return NULL;
    check->context = EVP_CIPHER_CTX_new();
    if (!check->context || !hash_key(key, check->hash_key)
        || EVP_EncryptInit_ex(check->context, EVP_aes_256_gcm(), NULL, key, nonce) != 1) {
        mochila_tag_check_free(check);
        return NULL;
    }
    return check;
}

int mochila_tag_check_update(mochila_tag_check *check, const uint8_t *bytes, size_t count) {
    int written = 0;
    if (count == 0) return 1;
    if (count > INT_MAX) return 0;
    check->count += count;
    // As additional data the ciphertext is hashed, and nothing is encrypted.
    return EVP_EncryptUpdate(check->context, NULL, &written, bytes, (int)count) == 1;
}

static uint64_t load(const uint8_t *bytes) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) value = value << 8 | bytes[i];
    return value;
}

static void store(uint64_t value, uint8_t *bytes) {
    for (int i = 7; i >= 0; i--, value >>= 8) bytes[i] = (uint8_t)value;
}

// The product in GCM's field, NIST SP 800-38D section 6.3; without branches on the values.
static void multiply(const uint8_t x[16], const uint8_t y[16], uint8_t out[16]) {
    uint64_t xh = load(x), xl = load(x + 8), vh = load(y), vl = load(y + 8), zh = 0, zl = 0;
    for (int i = 0; i < 128; i++) {
        uint64_t bit = (i < 64 ? xh >> (63 - i) : xl >> (127 - i)) & 1;
        uint64_t lsb = vl & 1;
        zh ^= vh & (0 - bit);
        zl ^= vl & (0 - bit);
        vl = vl >> 1 | vh << 63;
        vh = vh >> 1 ^ ((uint64_t)0xE1 << 56 & (0 - lsb));
    }
    store(zh, out);
    store(zl, out + 8);
}

int mochila_tag_check_finish(mochila_tag_check *check, const uint8_t tag[16]) {
    uint8_t computed[16], lengths[16], difference[16], none[16];
    int written = 0;
    if (EVP_EncryptFinal_ex(check->context, none, &written) != 1
        || EVP_CIPHER_CTX_ctrl(check->context, EVP_CTRL_AEAD_GET_TAG, 16, computed) != 1)
        return -1;
    // The last block that GHASH takes holds the lengths: here the bytes stand as additional data,
    // in the seal as ciphertext. GHASH is linear in that block, so the one tag follows from the
    // other.
    store(check->count * 8, lengths);
    store(check->count * 8, lengths + 8);
    multiply(lengths, check->hash_key, difference);
    for (int i = 0; i < 16; i++) computed[i] ^= difference[i];
    return CRYPTO_memcmp(computed, tag, 16) == 0;
}

void mochila_tag_check_free(mochila_tag_check *check) {
    if (!check) return;
    EVP_CIPHER_CTX_free(check->context);
    OPENSSL_clear_free(check, sizeof *check);
}

// ---- the content ----

struct mochila_content {
    EVP_CIPHER_CTX *context;
    uint8_t nonce[12];
    uint64_t position;
    int is_placed;
};

mochila_content *mochila_content_new(const uint8_t key[32], const uint8_t nonce[12]) {
    mochila_content *content = OPENSSL_zalloc(sizeof *content);
    if (!content) return NULL;
    memcpy(content->nonce, nonce, 12);
    content->context = EVP_CIPHER_CTX_new();
    if (!content->context
        || EVP_DecryptInit_ex(content->context, EVP_aes_256_ctr(), NULL, key, NULL) != 1) {
        mochila_content_free(content);
        return NULL;
    }
    return content;
}

static int place(mochila_content *content, uint64_t position) {
    uint8_t counter[16], scratch[16] = {0};
    int written = 0, into = (int)(position % 16);
    // The tag took counter 1.
    uint64_t block = position / 16 + 2;
    if (block > UINT32_MAX) return 0;
    memcpy(counter, content->nonce, 12);
    for (int i = 0; i < 4; i++) counter[12 + i] = (uint8_t)(block >> (24 - 8 * i));
    return EVP_DecryptInit_ex(content->context, NULL, NULL, NULL, counter) == 1
        && (into == 0 || EVP_DecryptUpdate(content->context, scratch, &written, scratch, into) == 1);
}

int mochila_content_decrypt(mochila_content *content, uint64_t position, const uint8_t *bytes,
                            size_t count, uint8_t *out) {
    int written = 0;
    if (count > INT_MAX) return 0;
    if ((!content->is_placed || content->position != position) && !place(content, position))
        return 0;
    content->is_placed = 1;
    content->position = position + count;
    return count == 0
        || EVP_DecryptUpdate(content->context, out, &written, bytes, (int)count) == 1;
}

void mochila_content_free(mochila_content *content) {
    if (!content) return;
    EVP_CIPHER_CTX_free(content->context);
    OPENSSL_clear_free(content, sizeof *content);
}
