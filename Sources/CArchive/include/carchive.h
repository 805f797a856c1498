// What Mochila needs of libarchive: reading one ZIP, streamed through a callback.
// libarchive's headers are included in the .c file only.
//
// libarchive converts names through the C library's locale, and a server process runs in "C",
// where no accented name survives. Every call here therefore runs with C.UTF-8 as the thread's
// locale and puts the old one back.
//
// Unless a comment says otherwise a function returns 1 for success and 0 for failure.
#ifndef MOCHILA_CARCHIVE_H
#define MOCHILA_CARCHIVE_H

#include <stddef.h>
#include <stdint.h>

// Loads the locale now, for a process that will not be able to open files later.
void mochila_zip_prepare(void);

// Reads up to `capacity` bytes from `offset`; 0 at the end, -1 for failure.
typedef long (*mochila_zip_read)(void *context, int64_t offset, uint8_t *buffer, size_t capacity);

typedef struct mochila_zip_reader mochila_zip_reader;
mochila_zip_reader *mochila_zip_reader_new(int64_t size, mochila_zip_read read, void *context);
// Goes to the next entry, in the order of their places in the file: 1 for an entry, 0 at the end,
// -1 for failure. Sizes are what the central directory claims.
int mochila_zip_reader_next(mochila_zip_reader *reader, int64_t *size, int *is_regular_file);
// The next bytes of the entry, where they lie until the next call, and their place in it: 1, 0 at
// its end, -1 for failure. The checksum is the caller's to compare: libarchive's takes longer than
// anything else that it does with a stored file.
int mochila_zip_reader_data(mochila_zip_reader *reader, const void **bytes, size_t *count,
                            int64_t *place);
void mochila_zip_reader_free(mochila_zip_reader *reader);

// CRC-32 of bytes that come in pieces; 0 before the first.
uint32_t mochila_crc32(uint32_t checksum, const uint8_t *bytes, size_t count);

#endif
