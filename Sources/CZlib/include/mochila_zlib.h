#ifndef MOCHILA_ZLIB_H
#define MOCHILA_ZLIB_H

#include <stddef.h>
#include <stdint.h>

/* The reader's state is zlib's own and stays on this side: Swift sees a pointer to nothing. */
typedef struct mochila_gunzip mochila_gunzip;

typedef enum {
    MOCHILA_GUNZIP_MORE = 0,      /* the output is filled as far as the input reached */
    MOCHILA_GUNZIP_END = 1,       /* the last byte is out and its checksum holds */
    MOCHILA_GUNZIP_DAMAGED = -1,  /* not gzip, or changed on the way */
    MOCHILA_GUNZIP_NO_MEMORY = -2
} mochila_gunzip_status;

/* NULL where there is no memory. Why: inflateInit2 is a macro, which Swift cannot call. */
mochila_gunzip *mochila_gunzip_new(void);

/* Reads from input and writes to output as far as both last; *used and *written say how far.
   Why: the stream structure holds pointers that must not outlive the call. */
mochila_gunzip_status mochila_gunzip_step(mochila_gunzip *reader,
                                          const uint8_t *input, size_t input_length, size_t *used,
                                          uint8_t *output, size_t output_length, size_t *written);

void mochila_gunzip_free(mochila_gunzip *reader);

#endif
