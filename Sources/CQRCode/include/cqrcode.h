// What Mochila needs of libqrencode.
#ifndef MOCHILA_CQRCODE_H
#define MOCHILA_CQRCODE_H

#include <stddef.h>
#include <stdint.h>

// The square of a code for `bytes`, row by row, one byte a module with 1 for dark, in at most
// `capacity` bytes of `modules`. Returns its width, or 0 where it cannot be made.
int mochila_qr(const uint8_t *bytes, size_t count, uint8_t *modules, size_t capacity);

#endif
