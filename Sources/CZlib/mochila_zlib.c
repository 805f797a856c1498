#include "mochila_zlib.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

struct mochila_gunzip {
    z_stream stream;
    int ended;
};

mochila_gunzip *mochila_gunzip_new(void) {
    mochila_gunzip *reader = calloc(1, sizeof(*reader));
    if (reader == NULL) return NULL;
    /* 15 bits of window, and 16 says: a gzip header and nothing else. */
    if (inflateInit2(&reader->stream, 15 + 16) != Z_OK) {
        free(reader);
        return NULL;
    }
    return reader;
}

mochila_gunzip_status mochila_gunzip_step(mochila_gunzip *reader,
                                          const uint8_t *input, size_t input_length, size_t *used,
                                          uint8_t *output, size_t output_length, size_t *written) {
    *used = 0;
    *written = 0;
    if (reader->ended) return MOCHILA_GUNZIP_END;
    uInt available = input_length > UINT_MAX ? UINT_MAX : (uInt)input_length;
    uInt room = output_length > UINT_MAX ? UINT_MAX : (uInt)output_length;
    reader->stream.next_in = (z_const Bytef *)input;
    reader->stream.avail_in = available;
    reader->stream.next_out = output;
    reader->stream.avail_out = room;
    int result = inflate(&reader->stream, Z_NO_FLUSH);
    *used = available - reader->stream.avail_in;
    *written = room - reader->stream.avail_out;
    switch (result) {
    case Z_STREAM_END:
        reader->ended = 1;
        return MOCHILA_GUNZIP_END;
    case Z_OK:
    case Z_BUF_ERROR: /* no progress possible: more input or more room is needed */
        return MOCHILA_GUNZIP_MORE;
    case Z_MEM_ERROR:
        return MOCHILA_GUNZIP_NO_MEMORY;
    default:
        return MOCHILA_GUNZIP_DAMAGED;
    }
}

void mochila_gunzip_free(mochila_gunzip *reader) {
    if (reader == NULL) return;
    inflateEnd(&reader->stream);
    free(reader);
}
