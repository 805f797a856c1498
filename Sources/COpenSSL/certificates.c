#include "internal.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <limits.h>
#include <string.h>
#include <time.h>

X509 *mochila_x509(const uint8_t *der, size_t count) {
    const unsigned char *p = der;
    if (!der || count > INT_MAX) return NULL;
    X509 *certificate = d2i_X509(NULL, &p, (long)count);
    if (certificate && p != der + count) {
        X509_free(certificate);
        return NULL;
    }
    return certificate;
}

EVP_PKEY *mochila_pkey(const uint8_t *der, size_t count) {
    const unsigned char *p = der;
    if (!der || count > INT_MAX) return NULL;
    EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &p, (long)count);
    if (key && p != der + count) {
        EVP_PKEY_free(key);
        return NULL;
    }
    return key;
}

int mochila_take(unsigned char *der, int count, mochila_bytes *out) {
    if (count <= 0 || !der) {
        OPENSSL_free(der);
        return 0;
    }
    out->bytes = der;
    out->count = (size_t)count;
    return 1;
}

static int no_passphrase(char *buffer, int size, int writing, void *context) {
    (void)buffer, (void)size, (void)writing, (void)context;
    return -1;
}

static int key_der(EVP_PKEY *key, mochila_bytes *out) {
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    unsigned char *der = NULL;
    int count = info ? i2d_PKCS8_PRIV_KEY_INFO(info, &der) : -1;
    PKCS8_PRIV_KEY_INFO_free(info);
    return mochila_take(der, count, out);
}

static int certificate_der(X509 *certificate, mochila_bytes *out) {
    unsigned char *der = NULL;
    int count = i2d_X509(certificate, &der);
    return mochila_take(der, count, out);
}

int mochila_certificate_from_pem(const uint8_t *pem, size_t count, mochila_bytes *out) {
    if (count > INT_MAX) return 0;
    BIO *bio = BIO_new_mem_buf(pem, (int)count);
    X509 *certificate = bio ? PEM_read_bio_X509(bio, NULL, no_passphrase, NULL) : NULL;
    int done = certificate && certificate_der(certificate, out);
    X509_free(certificate);
    BIO_free(bio);
    return done;
}

int mochila_key_from_pem(const uint8_t *pem, size_t count, mochila_bytes *out) {
    if (count > INT_MAX) return 0;
    BIO *bio = BIO_new_mem_buf(pem, (int)count);
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;
    int done = key && key_der(key, out);
    EVP_PKEY_free(key);
    BIO_free(bio);
    return done;
}

static int bio_bytes(BIO *bio, mochila_bytes *out) {
    char *start = NULL;
    long count = BIO_get_mem_data(bio, &start);
    if (count <= 0) return 0;
    out->bytes = OPENSSL_memdup(start, (size_t)count);
    out->count = out->bytes ? (size_t)count : 0;
    return out->bytes != NULL;
}

int mochila_certificate_to_pem(const uint8_t *der, size_t count, mochila_bytes *out) {
    X509 *certificate = mochila_x509(der, count);
    BIO *bio = BIO_new(BIO_s_mem());
    int done = certificate && bio && PEM_write_bio_X509(bio, certificate) == 1
        && bio_bytes(bio, out);
    BIO_free(bio);
    X509_free(certificate);
    return done;
}

int mochila_key_to_pem(const uint8_t *der, size_t count, mochila_bytes *out) {
    EVP_PKEY *key = mochila_pkey(der, count);
    BIO *bio = BIO_new(BIO_s_secmem());
    int done = key && bio
        && PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1
        && bio_bytes(bio, out);
    BIO_free(bio);
    EVP_PKEY_free(key);
    return done;
}

static int64_t seconds(const ASN1_TIME *time) {
    struct tm parts;
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return INT64_MIN;
    return (int64_t)timegm(&parts);
}

static int kind_of(const EVP_PKEY *key) {
    if (EVP_PKEY_is_a(key, "RSA")) return MOCHILA_KEY_RSA;
    if (!EVP_PKEY_is_a(key, "EC")) return MOCHILA_KEY_OTHER;
    char group[64];
    size_t count = 0;
    if (EVP_PKEY_get_group_name(key, group, sizeof group, &count) != 1) return MOCHILA_KEY_OTHER;
    if (strcmp(group, SN_X9_62_prime256v1) == 0) return MOCHILA_KEY_P256;
    if (strcmp(group, SN_secp384r1) == 0) return MOCHILA_KEY_P384;
    return MOCHILA_KEY_OTHER;
}

static int digest_of_key(const X509 *certificate, uint8_t out[32]) {
    unsigned char *der = NULL;
    int count = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    int done = count > 0 && mochila_sha256(der, (size_t)count, out);
    OPENSSL_free(der);
    return done;
}

int mochila_certificate_read(const uint8_t *der, size_t count, mochila_certificate_facts *facts) {
    memset(facts, 0, sizeof *facts);
    X509 *certificate = mochila_x509(der, count);
    EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate) : NULL;
    int done = key && mochila_sha256(der, count, facts->fingerprint);
    if (done) {
        // OpenSSL answers all ones where the extension is missing.
        uint32_t usage = X509_get_key_usage(certificate);
        facts->not_before = seconds(X509_get0_notBefore(certificate));
        facts->not_after = seconds(X509_get0_notAfter(certificate));
        facts->key_kind = kind_of(key);
        facts->key_bits = EVP_PKEY_get_bits(key);
        facts->is_authority = X509_check_ca(certificate) != 0;
        facts->may_agree_keys = (usage & KU_KEY_AGREEMENT) != 0;
        facts->may_encipher_keys = (usage & KU_KEY_ENCIPHERMENT) != 0;
        facts->may_sign = (usage & KU_DIGITAL_SIGNATURE) != 0;
        uint32_t extended = X509_get_extended_key_usage(certificate);
        facts->may_protect_mail = (extended & (XKU_SMIME | XKU_ANYEKU)) != 0;
        facts->may_authenticate = (extended & (XKU_SSL_CLIENT | XKU_ANYEKU)) != 0;
        done = digest_of_key(certificate, facts->key_digest);
        // A certificate whose extensions do not parse promises nothing.
        if (X509_get_extension_flags(certificate) & EXFLAG_INVALID) done = 0;
    }
    X509_free(certificate);
    return done;
}

int mochila_certificate_issuer_and_serial(const uint8_t *der, size_t count, mochila_bytes *out) {
    X509 *certificate = mochila_x509(der, count);
    if (!certificate) return 0;
    unsigned char *name = NULL, *serial = NULL, *whole = NULL;
    int name_count = i2d_X509_NAME(X509_get_issuer_name(certificate), &name);
    int serial_count = i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate), &serial);
    int done = 0;
    if (name_count > 0 && serial_count > 0) {
        int inner = name_count + serial_count;
        int total = ASN1_object_size(1, inner, V_ASN1_SEQUENCE);
        whole = total > 0 ? OPENSSL_malloc((size_t)total) : NULL;
        if (whole) {
            unsigned char *p = whole;
            ASN1_put_object(&p, 1, inner, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
            memcpy(p, name, (size_t)name_count);
            memcpy(p + name_count, serial, (size_t)serial_count);
            done = mochila_take(whole, total, out);
        }
    }
    OPENSSL_free(name);
    OPENSSL_free(serial);
    X509_free(certificate);
    return done;
}

static int subject_field(const uint8_t *der, size_t count, int field, mochila_bytes *out) {
    memset(out, 0, sizeof *out);
    X509 *certificate = mochila_x509(der, count);
    if (!certificate) return 0;
    X509_NAME *subject = X509_get_subject_name(certificate);
    int position = X509_NAME_get_index_by_NID(subject, field, -1);
    X509_NAME_ENTRY *entry = position >= 0 ? X509_NAME_get_entry(subject, position) : NULL;
    unsigned char *text = NULL;
    int length = entry ? ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry)) : 0;
    if (length > 0) mochila_take(text, length, out);
    else OPENSSL_free(text);
    X509_free(certificate);
    return 1;
}

int mochila_certificate_common_name(const uint8_t *der, size_t count, mochila_bytes *out) {
    return subject_field(der, count, NID_commonName, out);
}

int mochila_certificate_organization(const uint8_t *der, size_t count, mochila_bytes *out) {
    return subject_field(der, count, NID_organizationName, out);
}

int mochila_key_belongs(const uint8_t *key, size_t key_count, const uint8_t *certificate,
                        size_t certificate_count) {
    EVP_PKEY *parsed = mochila_pkey(key, key_count);
    X509 *holder = mochila_x509(certificate, certificate_count);
    int belongs = parsed && holder && X509_check_private_key(holder, parsed) == 1;
    X509_free(holder);
    EVP_PKEY_free(parsed);
    ERR_clear_error();
    return belongs;
}

// ---- issuing ----

static EVP_PKEY *new_key(int kind) {
    switch (kind) {
        case MOCHILA_KEY_P256: return EVP_EC_gen("P-256");
        case MOCHILA_KEY_P384: return EVP_EC_gen("P-384");
        case MOCHILA_KEY_RSA: return EVP_RSA_gen(3072);
        default: return NULL;
    }
}

static int add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    int done = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return done;
}

static int add_purpose(X509 *certificate, X509 *issuer, const mochila_issue *order) {
    const char *basic = "critical,CA:FALSE", *usage = NULL, *extended = NULL;
    switch (order->purpose) {
        case MOCHILA_PURPOSE_AUTHORITY:
            basic = "critical,CA:TRUE,pathlen:0";
            usage = "critical,keyCertSign,cRLSign";
            break;
        case MOCHILA_PURPOSE_SIGNING:
            usage = "critical,digitalSignature,nonRepudiation";
            extended = "emailProtection";
            break;
        case MOCHILA_PURPOSE_ENCRYPTION:
            usage = order->key_kind == MOCHILA_KEY_RSA ? "critical,keyEncipherment"
                                                       : "critical,keyAgreement";
            extended = "emailProtection";
            break;
        case MOCHILA_PURPOSE_TLS_CLIENT:
            usage = "critical,digitalSignature";
            extended = "clientAuth";
            break;
        case MOCHILA_PURPOSE_TLS_SERVER:
            usage = "critical,digitalSignature";
            extended = "serverAuth";
            break;
        default: return 0;
    }
    return add_extension(certificate, issuer, NID_basic_constraints, basic)
        && add_extension(certificate, issuer, NID_key_usage, usage)
        && (!extended || add_extension(certificate, issuer, NID_ext_key_usage, extended))
        && (!order->alternative_names
            || add_extension(certificate, issuer, NID_subject_alt_name, order->alternative_names))
        && add_extension(certificate, issuer, NID_subject_key_identifier, "hash")
        && add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
}

static int add_name(X509 *certificate, const mochila_issue *order) {
    X509_NAME *name = X509_get_subject_name(certificate);
    const unsigned char *organization = (const unsigned char *)order->organization;
    const unsigned char *common = (const unsigned char *)order->common_name;
    if (organization && *organization
        && X509_NAME_add_entry_by_NID(name, NID_organizationName, MBSTRING_UTF8, organization, -1,
                                      -1, 0) != 1)
        return 0;
    return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, common, -1, -1, 0) == 1;
}

// 127 random bits: positive, and never two alike.
static int add_serial(X509 *certificate) {
    uint8_t bytes[16];
    if (!mochila_random(bytes, sizeof bytes)) return 0;
    bytes[0] = (bytes[0] & 0x7F) | 0x40;
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    int done = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return done;
}

int mochila_issue_certificate(const mochila_issue *order, mochila_bytes *key,
                              mochila_bytes *certificate) {
    int done = 0;
    int is_own = order->issuer_certificate == NULL;
    EVP_PKEY *subject_key = new_key(order->key_kind);
    X509 *made = X509_new();
    X509 *issuer = is_own ? made
                          : mochila_x509(order->issuer_certificate,
                                         order->issuer_certificate_count);
    EVP_PKEY *issuer_key = is_own ? subject_key
                                  : mochila_pkey(order->issuer_key, order->issuer_key_count);
    memset(key, 0, sizeof *key);
    memset(certificate, 0, sizeof *certificate);
    if (!subject_key || !made || !issuer || !issuer_key) goto end;
    if (X509_set_version(made, X509_VERSION_3) != 1 || !add_serial(made)) goto end;
    if (!ASN1_TIME_adj(X509_getm_notBefore(made), (time_t)order->not_before, 0, 0)
        || !ASN1_TIME_adj(X509_getm_notAfter(made), (time_t)order->not_after, 0, 0))
        goto end;
    if (!add_name(made, order)) goto end;
    if (X509_set_issuer_name(made, X509_get_subject_name(issuer)) != 1
        || X509_set_pubkey(made, subject_key) != 1)
        goto end;
    if (!add_purpose(made, issuer, order)) goto end;
    if (X509_sign(made, issuer_key, EVP_sha256()) <= 0) goto end;
    done = key_der(subject_key, key) && certificate_der(made, certificate);
end:
    if (!done) {
        mochila_bytes_free(*key);
        mochila_bytes_free(*certificate);
        memset(key, 0, sizeof *key);
        memset(certificate, 0, sizeof *certificate);
    }
    if (!is_own) {
        X509_free(issuer);
        EVP_PKEY_free(issuer_key);
    }
    X509_free(made);
    EVP_PKEY_free(subject_key);
    return done;
}
