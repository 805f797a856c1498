#!/bin/sh
# Makes the sealed files of this folder with the stock openssl program (3.0 or later). They are
# committed; run it again only to add one. Keys are thrown away: the tests look at the structure.
set -eu
cd "$(dirname "$0")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
printf 'Synthetic record of nobody.\n' > "$keys/content"

certificate() { # name, key options...
    name=$1
    shift
    openssl req -x509 -nodes -days 3650 -subj "/CN=$name.example" -keyout "$keys/$name.key" \
        -out "$keys/$name.pem" "$@" 2>/dev/null
}
certificate p256 -newkey ec -pkeyopt ec_paramgen_curve:P-256
certificate p384 -newkey ec -pkeyopt ec_paramgen_curve:P-384
certificate p521 -newkey ec -pkeyopt ec_paramgen_curve:P-521
certificate rsa -newkey rsa:2048

seal() { # output, options...
    out=$1
    shift
    openssl cms -encrypt -binary -outform DER -in "$keys/content" -out "$out" "$@"
}
ecdh="-keyopt ecdh_kdf_md:sha256"
oaep="-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256"
gcm=-aes-256-gcm

seal p256-definite.cms $gcm -recip "$keys/p256.pem" $ecdh
seal p256-streamed.cms $gcm -stream -recip "$keys/p256.pem" $ecdh
seal p384-streamed.cms $gcm -stream -recip "$keys/p384.pem" $ecdh
seal rsa-definite.cms $gcm -recip "$keys/rsa.pem" $oaep
seal rsa-streamed.cms $gcm -stream -recip "$keys/rsa.pem" $oaep
seal two-recipients.cms $gcm -stream -recip "$keys/p256.pem" $ecdh -recip "$keys/rsa.pem" $oaep
seal p256-keyid.cms $gcm -keyid -recip "$keys/p256.pem" $ecdh
seal rsa-keyid.cms $gcm -keyid -recip "$keys/rsa.pem" $oaep

seal ecdh-sha1.cms $gcm -recip "$keys/p256.pem"
seal ecdh-p521.cms $gcm -recip "$keys/p521.pem" $ecdh
seal rsa-pkcs1.cms $gcm -recip "$keys/rsa.pem"
seal rsa-oaep-sha1.cms $gcm -recip "$keys/rsa.pem" -keyopt rsa_padding_mode:oaep
seal rsa-mgf-sha1.cms $gcm -recip "$keys/rsa.pem" $oaep -keyopt rsa_mgf1_md:sha1
seal shared-key-too.cms $gcm -recip "$keys/p256.pem" $ecdh -secretkey \
    000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F -secretkeyid 01
seal aes-128-gcm.cms -aes-128-gcm -recip "$keys/p256.pem" $ecdh
seal cbc.cms -aes-256-cbc -recip "$keys/p256.pem" $ecdh
seal cbc-streamed.cms -aes-256-cbc -stream -recip "$keys/rsa.pem" $oaep
seal triple-des.cms -des3 -recip "$keys/rsa.pem" $oaep
openssl cms -EncryptedData_encrypt -aes-256-cbc -binary -outform DER -in "$keys/content" \
    -out encrypted-data.cms \
    -secretkey 000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F
openssl cms -sign -binary -nodetach -outform DER -in "$keys/content" -out signed-data.cms \
    -signer "$keys/p256.pem" -inkey "$keys/p256.key"
openssl cms -data_create -binary -outform DER -in "$keys/content" -out data.cms
openssl cms -digest_create -binary -outform DER -in "$keys/content" -out digested-data.cms
cp "$keys/content" plain-text.cms
: > empty.cms
