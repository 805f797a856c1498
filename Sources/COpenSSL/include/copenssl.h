// What Mochila needs of OpenSSL's libcrypto, and nothing else of it. OpenSSL's own headers are
// included in the .c files only, so no other module can call it: its stacks, macros and variadic
// functions do not import into Swift anyway. Keys and certificates cross this line as DER bytes,
// which Swift can copy and send between threads; only streams are handles.
//
// Unless a comment says otherwise a function returns 1 for success and 0 for failure, and leaves
// the reason in the thread's error queue for mochila_take_errors.
#ifndef MOCHILA_COPENSSL_H
#define MOCHILA_COPENSSL_H

#include <stddef.h>
#include <stdint.h>

// Bytes made on the C side; empty ones have a null pointer.
typedef struct {
    uint8_t *bytes;
    size_t count;
} mochila_bytes;

// Overwrites and frees what a function below put into a mochila_bytes.
void mochila_bytes_free(mochila_bytes bytes);

// Copies the thread's whole error queue into `out` as text and clears it. Must be called on the
// thread of the failed call, before anything is awaited.
void mochila_take_errors(char *out, size_t capacity);

// ---- random, digests, key derivation ----

int mochila_random(uint8_t *out, size_t count);
// Time does not depend on where the bytes differ.
int mochila_equal(const uint8_t *a, const uint8_t *b, size_t count);
int mochila_sha256(const uint8_t *bytes, size_t count, uint8_t out[32]);
int mochila_hmac_sha1(const uint8_t *key, size_t key_count, const uint8_t *message,
                      size_t message_count, uint8_t out[20]);
int mochila_hkdf_sha256(const uint8_t key[32], const uint8_t *info, size_t info_count,
                        uint8_t out[32]);
int mochila_scrypt(const uint8_t *password, size_t password_count, const uint8_t *salt,
                   size_t salt_count, uint64_t n, uint64_t r, uint64_t p, uint8_t *out,
                   size_t out_count);

typedef struct mochila_hasher mochila_hasher;
mochila_hasher *mochila_hasher_new(void);
int mochila_hasher_update(mochila_hasher *hasher, const uint8_t *bytes, size_t count);
int mochila_hasher_finish(mochila_hasher *hasher, uint8_t out[32]);
void mochila_hasher_free(mochila_hasher *hasher);

// ---- AES-256-GCM with 12-byte nonces and 16-byte tags ----

typedef struct mochila_gcm mochila_gcm;
// The key schedule is kept, so that sealing many chunks pays for it once.
mochila_gcm *mochila_gcm_new(const uint8_t key[32]);
// Writes count + 16 bytes: ciphertext, then tag. May not overlap its input.
int mochila_gcm_seal(mochila_gcm *gcm, const uint8_t nonce[12], const uint8_t *context,
                     size_t context_count, const uint8_t *plaintext, size_t count, uint8_t *out);
// `count` includes the tag. Writes count - 16 bytes; on failure they are overwritten with zeros.
int mochila_gcm_open(mochila_gcm *gcm, const uint8_t nonce[12], const uint8_t *context,
                     size_t context_count, const uint8_t *sealed, size_t count, uint8_t *out);
void mochila_gcm_free(mochila_gcm *gcm);

// ---- keys and certificates ----

// DER of the first certificate, or of the unencrypted private key (PKCS #8), in a PEM text. Never
// asks for a passphrase on the terminal, as OpenSSL does when it is given no callback.
int mochila_certificate_from_pem(const uint8_t *pem, size_t count, mochila_bytes *out);
int mochila_key_from_pem(const uint8_t *pem, size_t count, mochila_bytes *out);
int mochila_certificate_to_pem(const uint8_t *der, size_t count, mochila_bytes *out);
int mochila_key_to_pem(const uint8_t *der, size_t count, mochila_bytes *out);

enum { MOCHILA_KEY_OTHER = 0, MOCHILA_KEY_P256 = 1, MOCHILA_KEY_P384 = 2, MOCHILA_KEY_RSA = 3 };

typedef struct {
    uint8_t fingerprint[32];   // SHA-256 of the DER
    int64_t not_before;        // seconds since 1970
    int64_t not_after;
    int key_kind;
    int key_bits;
    int is_authority;
    // 1 where key usage allows it or is not restricted.
    int may_agree_keys;        // keyAgreement
    int may_encipher_keys;     // keyEncipherment
    int may_sign;              // digitalSignature
    // 1 where extended key usage allows mail protection or is not restricted.
    int may_protect_mail;
    // 1 where extended key usage allows a client's side of TLS or is not restricted.
    int may_authenticate;
    uint8_t key_digest[32];    // SHA-256 of the DER of SubjectPublicKeyInfo
} mochila_certificate_facts;

// Refuses DER with trailing bytes.
int mochila_certificate_read(const uint8_t *der, size_t count, mochila_certificate_facts *facts);
// DER of IssuerAndSerialNumber, which is how a CMS recipient info names this certificate.
int mochila_certificate_issuer_and_serial(const uint8_t *der, size_t count, mochila_bytes *out);
// The subject's common name in UTF-8, empty where it has none.
int mochila_certificate_common_name(const uint8_t *der, size_t count, mochila_bytes *out);
int mochila_certificate_organization(const uint8_t *der, size_t count, mochila_bytes *out);
int mochila_key_belongs(const uint8_t *key, size_t key_count, const uint8_t *certificate,
                        size_t certificate_count);

enum {
    MOCHILA_PURPOSE_AUTHORITY = 1,
    MOCHILA_PURPOSE_SIGNING = 2,
    MOCHILA_PURPOSE_ENCRYPTION = 3,
    MOCHILA_PURPOSE_TLS_SERVER = 4,
    MOCHILA_PURPOSE_TLS_CLIENT = 5,
};

typedef struct {
    int purpose;
    int key_kind;              // MOCHILA_KEY_P256, _P384 or _RSA (3072 bits)
    const char *common_name;   // UTF-8
    const char *organization;  // UTF-8
    const char *alternative_names;  // OpenSSL's form, "DNS:localhost,IP:127.0.0.1"; null for none
    int64_t not_before;
    int64_t not_after;
    // Null for a self-signed one.
    const uint8_t *issuer_certificate;
    size_t issuer_certificate_count;
    const uint8_t *issuer_key;
    size_t issuer_key_count;
} mochila_issue;

// Makes a key and a certificate for it, both as DER.
int mochila_issue_certificate(const mochila_issue *order, mochila_bytes *key,
                              mochila_bytes *certificate);

// ---- CMS ----

// Returns how many bytes were read, 0 at the end, -1 for failure.
typedef long (*mochila_read)(void *context, uint8_t *buffer, size_t capacity);
// Returns 0, or -1 for failure.
typedef int (*mochila_write)(void *context, const uint8_t *bytes, size_t count);

typedef struct mochila_sealing mochila_sealing;
// Starts an AuthEnvelopedData (AES-256-GCM) to every certificate: ECDH with the SHA-256 key
// derivation for EC keys, OAEP with SHA-256 for RSA. Output goes to `write` while it is made.
mochila_sealing *mochila_sealing_new(const uint8_t *const *certificates, const size_t *counts,
                                     size_t recipients, mochila_write write, void *context);
int mochila_sealing_write(mochila_sealing *sealing, const uint8_t *bytes, size_t count);
// Writes the rest and the tag.
int mochila_sealing_finish(mochila_sealing *sealing);
void mochila_sealing_free(mochila_sealing *sealing);

// Unwraps the 32-byte key of a seal's content: by ECDH with the SHA-256 key derivation and AES-256
// key wrap, where `info` is the DER of ECC-CMS-SharedInfo, or by RSA-OAEP with SHA-256. Leaves no
// reasons.
int mochila_unwrap_ecdh(const uint8_t *key, size_t key_count, const uint8_t *point,
                        size_t point_count, const uint8_t *info, size_t info_count,
                        const uint8_t wrapped[40], uint8_t out[32]);
int mochila_unwrap_rsa(const uint8_t *key, size_t key_count, const uint8_t *encrypted,
                       size_t count, uint8_t out[32]);

typedef struct mochila_tag_check mochila_tag_check;
// Checks the tag of AES-256-GCM over ciphertext without decrypting any of it.
mochila_tag_check *mochila_tag_check_new(const uint8_t key[32], const uint8_t nonce[12]);
int mochila_tag_check_update(mochila_tag_check *check, const uint8_t *bytes, size_t count);
// 1 where the tag is right, 0 where it is not, -1 for failure.
int mochila_tag_check_finish(mochila_tag_check *check, const uint8_t tag[16]);
void mochila_tag_check_free(mochila_tag_check *check);

typedef struct mochila_content mochila_content;
// Decrypts ciphertext of AES-256-GCM from any position, after its tag was checked.
mochila_content *mochila_content_new(const uint8_t key[32], const uint8_t nonce[12]);
// Going on where the last call ended costs nothing extra. `out` may not overlap.
int mochila_content_decrypt(mochila_content *content, uint64_t position, const uint8_t *bytes,
                            size_t count, uint8_t *out);
void mochila_content_free(mochila_content *content);

// A detached CAdES-BES signature, SHA-256, with the signer's certificate inside, and `at` (seconds
// since 1970) as the time of signing.
int mochila_cms_sign(const uint8_t *content, size_t count, const uint8_t *certificate,
                     size_t certificate_count, const uint8_t *key, size_t key_count, int64_t at,
                     mochila_bytes *signature);

enum {
    MOCHILA_VERIFY_DONE = 1,
    MOCHILA_VERIFY_MALFORMED = 0,
    MOCHILA_VERIFY_NOT_ONE_SIGNER = -1,
    MOCHILA_VERIFY_WEAK = -2,
    MOCHILA_VERIFY_UNTRUSTED = -3,
    MOCHILA_VERIFY_EXPIRED = -4,
    MOCHILA_VERIFY_NOT_YET_VALID = -5,
    MOCHILA_VERIFY_WRONG_PURPOSE = -6,
    MOCHILA_VERIFY_SIGNATURE_WRONG = -7,
};

// Verifies a detached signature with exactly one signer whose certificate leads to one of the
// roots at `at` (seconds since 1970) and may sign mail. `signer` receives its certificate.
// Where a certificate of that chain has expired by `at` and all of it held at the time of signing
// that stands under the signature, that is DONE as well, and `signed_at` is that time; else it is 0.
int mochila_cms_verify(const uint8_t *signature, size_t signature_count, const uint8_t *content,
                       size_t content_count, const uint8_t *const *roots,
                       const size_t *root_counts, size_t root_total, int64_t at,
                       mochila_bytes *signer, int64_t *signed_at);

#endif
