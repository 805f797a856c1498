#include "internal.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>

// ---- a BIO that calls back ----

struct callbacks {
    mochila_read read;
    mochila_write write;
    void *context;
    int at_end;
    int failed;
};

static int bio_read(BIO *bio, char *buffer, int capacity) {
    struct callbacks *calls = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (!calls->read || capacity <= 0) return -1;
    long count = calls->read(calls->context, (uint8_t *)buffer, (size_t)capacity);
    if (count == 0) calls->at_end = 1;
    if (count < 0) calls->failed = 1;
    return (int)count;
}

static int bio_write(BIO *bio, const char *bytes, int count) {
    struct callbacks *calls = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (!calls->write || count < 0) return -1;
    if (calls->failed || calls->write(calls->context, (const uint8_t *)bytes, (size_t)count) != 0) {
        calls->failed = 1;
        return -1;
    }
    return count;
}

static long bio_control(BIO *bio, int command, long number, void *pointer) {
    struct callbacks *calls = BIO_get_data(bio);
    (void)number, (void)pointer;
    switch (command) {
        case BIO_CTRL_FLUSH:
        case BIO_CTRL_DUP: return 1;
        case BIO_CTRL_EOF: return calls->at_end;
        default: return 0;
    }
}

static int bio_create(BIO *bio) {
    BIO_set_init(bio, 1);
    return 1;
}

static BIO_METHOD *callback_method;
static pthread_once_t callback_once = PTHREAD_ONCE_INIT;

static void make_callback_method(void) {
    callback_method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "mochila");
    if (!callback_method) return;
    BIO_meth_set_read(callback_method, bio_read);
    BIO_meth_set_write(callback_method, bio_write);
    BIO_meth_set_ctrl(callback_method, bio_control);
    BIO_meth_set_create(callback_method, bio_create);
}

// `calls` must outlive the BIO.
static BIO *callback_bio(struct callbacks *calls) {
    pthread_once(&callback_once, make_callback_method);
    BIO *bio = callback_method ? BIO_new(callback_method) : NULL;
    if (bio) BIO_set_data(bio, calls);
    return bio;
}

// ---- sealing ----

struct mochila_sealing {
    CMS_ContentInfo *cms;
    BIO *out;
    BIO *content;
    struct callbacks calls;
};

enum { SEAL_FLAGS = CMS_BINARY | CMS_STREAM | CMS_PARTIAL, BUFFER_SIZE = 1 << 16 };

static int add_recipient(CMS_ContentInfo *cms, X509 *certificate) {
    CMS_RecipientInfo *info =
        CMS_add1_recipient_cert(cms, certificate, SEAL_FLAGS | CMS_KEY_PARAM);
    EVP_PKEY_CTX *parameters = info ? CMS_RecipientInfo_get0_pkey_ctx(info) : NULL;
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (!parameters || !key) return 0;
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_EC:
            // Left alone, OpenSSL derives with SHA-1.
            return EVP_PKEY_CTX_set_ecdh_kdf_md(parameters, EVP_sha256()) > 0;
        case EVP_PKEY_RSA:
            // Left alone, OpenSSL pads by PKCS #1 v1.5.
            return EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_OAEP_PADDING) > 0
                && EVP_PKEY_CTX_set_rsa_oaep_md(parameters, EVP_sha256()) > 0;
        default: return 0;
    }
}

// Puts a buffer between the cipher, which gives 4 KiB at a time, and what frames each piece that it
// gets as a segment: whoever opens the seal looks at a sixteenth of the segments.
static int gather_segments(BIO *cipher) {
    BIO *buffer = BIO_new(BIO_f_buffer());
    if (!buffer || BIO_set_write_buffer_size(buffer, BUFFER_SIZE) != 1) {
        BIO_free(buffer);
        return 0;
    }
    BIO *frames = BIO_pop(cipher);
    BIO_push(cipher, buffer);
    BIO_push(buffer, frames);
    return 1;
}

mochila_sealing *mochila_sealing_new(const uint8_t *const *certificates, const size_t *counts,
                                     size_t recipients, mochila_write write, void *context) {
    ERR_clear_error();
    mochila_sealing *sealing = OPENSSL_zalloc(sizeof *sealing);
    if (!sealing) return NULL;
    sealing->calls.write = write;
    sealing->calls.context = context;
    sealing->cms = CMS_encrypt(NULL, NULL, EVP_aes_256_gcm(), SEAL_FLAGS);
    sealing->out = callback_bio(&sealing->calls);
    if (!sealing->cms || !sealing->out || recipients == 0) goto failed;
    for (size_t i = 0; i < recipients; i++) {
        X509 *certificate = mochila_x509(certificates[i], counts[i]);
        int added = certificate && add_recipient(sealing->cms, certificate);
        X509_free(certificate);
        if (!added) goto failed;
    }
    sealing->content = BIO_new_CMS(sealing->out, sealing->cms);
    if (!sealing->content || !gather_segments(sealing->content)) goto failed;
    return sealing;
failed:
    mochila_sealing_free(sealing);
    return NULL;
}

int mochila_sealing_write(mochila_sealing *sealing, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        int step = count > INT_MAX ? INT_MAX : (int)count;
        int written = BIO_write(sealing->content, bytes, step);
        if (written <= 0) return 0;
        bytes += written;
        count -= (size_t)written;
    }
    return 1;
}

int mochila_sealing_finish(mochila_sealing *sealing) {
    return BIO_flush(sealing->content) == 1 && !sealing->calls.failed;
}

void mochila_sealing_free(mochila_sealing *sealing) {
    if (!sealing) return;
    // The chain ends in our own BIO, which is freed by name.
    BIO *bio = sealing->content;
    while (bio && bio != sealing->out) {
        BIO *next = BIO_pop(bio);
        BIO_free(bio);
        bio = next;
    }
    BIO_free(sealing->out);
    CMS_ContentInfo_free(sealing->cms);
    ERR_clear_error();
    OPENSSL_free(sealing);
}

// ---- signing ----

// OpenSSL adds its own clock's time where there is none.
static int add_signing_time(CMS_SignerInfo *info, int64_t at) {
    ASN1_TIME *time = X509_time_adj_ex(NULL, 0, 0, &(time_t){(time_t)at});
    int added = time
        && CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, time->type, time, -1) == 1;
    ASN1_TIME_free(time);
    return added;
}

int mochila_cms_sign(const uint8_t *content, size_t count, const uint8_t *certificate,
                     size_t certificate_count, const uint8_t *key, size_t key_count, int64_t at,
                     mochila_bytes *signature) {
    ERR_clear_error();
    if (count > INT_MAX) return 0;
    const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL;
    X509 *holder = mochila_x509(certificate, certificate_count);
    EVP_PKEY *signer = mochila_pkey(key, key_count);
    BIO *in = BIO_new_mem_buf(content, (int)count);
    CMS_ContentInfo *cms = in ? CMS_sign(NULL, NULL, NULL, in, flags) : NULL;
    unsigned char *der = NULL;
    int der_count = -1;
    CMS_SignerInfo *info = holder && signer && cms
        ? CMS_add1_signer(cms, holder, signer, EVP_sha256(), CMS_BINARY | CMS_CADES)
        : NULL;
    if (info && add_signing_time(info, at)
        && CMS_final(cms, in, NULL, CMS_DETACHED | CMS_BINARY) == 1)
        der_count = i2d_CMS_ContentInfo(cms, &der);
    CMS_ContentInfo_free(cms);
    BIO_free(in);
    EVP_PKEY_free(signer);
    X509_free(holder);
    return mochila_take(der, der_count, signature);
}

// ---- verifying ----

static int outcome_of(int error) {
    switch (error) {
        case X509_V_ERR_CERT_HAS_EXPIRED: return MOCHILA_VERIFY_EXPIRED;
        case X509_V_ERR_CERT_NOT_YET_VALID: return MOCHILA_VERIFY_NOT_YET_VALID;
        case X509_V_ERR_INVALID_PURPOSE: return MOCHILA_VERIFY_WRONG_PURPOSE;
        default: return MOCHILA_VERIFY_UNTRUSTED;
    }
}

static int check_chain(X509_STORE *store, X509 *signer, STACK_OF(X509) *others) {
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    int outcome = MOCHILA_VERIFY_UNTRUSTED;
    if (context && X509_STORE_CTX_init(context, store, signer, others) == 1)
        outcome = X509_verify_cert(context) == 1
            ? MOCHILA_VERIFY_DONE
            : outcome_of(X509_STORE_CTX_get_error(context));
    X509_STORE_CTX_free(context);
    return outcome;
}

// ECDSA with SHA-256 or SHA-384 on P-256 or P-384: what Mochila writes, and nothing weaker.
static int is_strong(CMS_SignerInfo *info, X509 *signer) {
    X509_ALGOR *digest = NULL, *signature = NULL;
    const ASN1_OBJECT *object = NULL;
    CMS_SignerInfo_get0_algs(info, NULL, NULL, &digest, &signature);
    X509_ALGOR_get0(&object, NULL, NULL, digest);
    int digest_id = OBJ_obj2nid(object);
    X509_ALGOR_get0(&object, NULL, NULL, signature);
    int signature_id = OBJ_obj2nid(object);
    EVP_PKEY *key = X509_get0_pubkey(signer);
    return (digest_id == NID_sha256 || digest_id == NID_sha384)
        && (signature_id == NID_ecdsa_with_SHA256 || signature_id == NID_ecdsa_with_SHA384)
        && key && EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_bits(key) >= 256;
}

static X509 *signer_of(CMS_SignerInfo *info, STACK_OF(X509) *certificates) {
    for (int i = 0; i < sk_X509_num(certificates); i++) {
        X509 *candidate = sk_X509_value(certificates, i);
        if (CMS_SignerInfo_cert_cmp(info, candidate) == 0) return candidate;
    }
    return NULL;
}

// Seconds since 1970 that the signer says it signed at; -1 where it says nothing of use.
static int64_t signing_time(CMS_SignerInfo *info) {
    int place = CMS_signed_get_attr_by_NID(info, NID_pkcs9_signingTime, -1);
    if (place < 0) return -1;
    X509_ATTRIBUTE *attribute = CMS_signed_get_attr(info, place);
    if (X509_ATTRIBUTE_count(attribute) != 1) return -1;
    const ASN1_TYPE *value = X509_ATTRIBUTE_get0_type(attribute, 0);
    if (!value || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME))
        return -1;
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int days = 0, seconds = 0;
    int known = epoch && ASN1_TIME_diff(&days, &seconds, epoch, value->value.asn1_string) == 1;
    ASN1_TIME_free(epoch);
    return known && days >= 0 && seconds >= 0 ? (int64_t)days * 86400 + seconds : -1;
}

static X509_STORE *store_of(const uint8_t *const *roots, const size_t *counts, size_t total,
                            int64_t at) {
    X509_STORE *store = X509_STORE_new();
    if (!store) return NULL;
    X509_VERIFY_PARAM *parameters = X509_STORE_get0_param(store);
    X509_VERIFY_PARAM_set_time(parameters, (time_t)at);
    X509_VERIFY_PARAM_set_depth(parameters, 3);
    if (X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SMIME_SIGN) != 1) goto failed;
    for (size_t i = 0; i < total; i++) {
        X509 *root = mochila_x509(roots[i], counts[i]);
        int added = root && X509_STORE_add_cert(store, root) == 1;
        X509_free(root);
        if (!added) goto failed;
    }
    return store;
failed:
    X509_STORE_free(store);
    return NULL;
}

int mochila_cms_verify(const uint8_t *signature, size_t signature_count, const uint8_t *content,
                       size_t content_count, const uint8_t *const *roots,
                       const size_t *root_counts, size_t root_total, int64_t at,
                       mochila_bytes *signer, int64_t *signed_at) {
    ERR_clear_error();
    *signed_at = 0;
    int outcome = MOCHILA_VERIFY_MALFORMED;
    const unsigned char *p = signature;
    if (signature_count > INT_MAX || content_count > INT_MAX) return outcome;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)signature_count);
    BIO *in = BIO_new_mem_buf(content, (int)content_count);
    X509_STORE *store = store_of(roots, root_counts, root_total, at);
    STACK_OF(X509) *certificates = NULL;
    if (!cms || !in || !store || p != signature + signature_count) goto end;
    if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed || CMS_is_detached(cms) != 1) goto end;

    STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms);
    certificates = CMS_get1_certs(cms);
    if (sk_CMS_SignerInfo_num(infos) != 1 || sk_X509_num(certificates) > 4) {
        outcome = MOCHILA_VERIFY_NOT_ONE_SIGNER;
        goto end;
    }
    CMS_SignerInfo *info = sk_CMS_SignerInfo_value(infos, 0);
    X509 *holder = signer_of(info, certificates);
    if (!holder) {
        outcome = MOCHILA_VERIFY_UNTRUSTED;
        goto end;
    }
    if (!is_strong(info, holder)) {
        outcome = MOCHILA_VERIFY_WEAK;
        goto end;
    }
    outcome = check_chain(store, holder, certificates);
    int64_t then = outcome == MOCHILA_VERIFY_EXPIRED ? signing_time(info) : -1;
    if (then >= 0 && then <= at) {
        // Everything once more, as it was when it was signed: this time is under the signature.
        X509_STORE_free(store);
        store = store_of(roots, root_counts, root_total, then);
        if (!store) {
            outcome = MOCHILA_VERIFY_MALFORMED;
            goto end;
        }
        if (check_chain(store, holder, certificates) == MOCHILA_VERIFY_DONE) {
            outcome = MOCHILA_VERIFY_DONE;
            *signed_at = then;
        }
    }
    if (outcome != MOCHILA_VERIFY_DONE) goto end;
    // CMS_CADES also requires the signed attribute that pins the signer's certificate.
    if (CMS_verify(cms, NULL, store, in, NULL, CMS_BINARY | CMS_CADES) != 1) {
        outcome = MOCHILA_VERIFY_SIGNATURE_WRONG;
        goto end;
    }
    unsigned char *der = NULL;
    int der_count = i2d_X509(holder, &der);
    outcome = mochila_take(der, der_count, signer) ? MOCHILA_VERIFY_DONE
                                                   : MOCHILA_VERIFY_MALFORMED;
end:
    sk_X509_pop_free(certificates, X509_free);
    X509_STORE_free(store);
    BIO_free(in);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
    return outcome;
}
