// What Mochila needs of libarchive: writing and reading one ZIP, streamed through callbacks.
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

// Returns 0, or -1 for failure.
typedef int (*mochila_zip_write)(void *context, const uint8_t *bytes, size_t count);
// Reads up to `capacity` bytes from `offset`; 0 at the end, -1 for failure.
typedef long (*mochila_zip_read)(void *context, int64_t offset, uint8_t *buffer, size_t capacity);

typedef struct mochila_zip_writer mochila_zip_writer;
mochila_zip_writer *mochila_zip_writer_new(mochila_zip_write write, void *context);
// Starts the next file; exactly `size` bytes must follow. `modified` in seconds since 1970.
int mochila_zip_writer_begin(mochila_zip_writer *writer, const char *name, int64_t size,
                             int64_t modified, int deflate);
int mochila_zip_writer_data(mochila_zip_writer *writer, const uint8_t *bytes, size_t count);
// Writes the central directory.
int mochila_zip_writer_finish(mochila_zip_writer *writer);
void mochila_zip_writer_free(mochila_zip_writer *writer);

typedef struct mochila_zip_reader mochila_zip_reader;
mochila_zip_reader *mochila_zip_reader_new(int64_t size, mochila_zip_read read, void *context);
// Goes to the next entry, in the order of their places in the file: 1 for an entry, 0 at the end,
// -1 for failure. Sizes are what the central directory claims.
int mochila_zip_reader_next(mochila_zip_reader *reader, int64_t *size, int *is_regular_file);
// Reads of the entry: bytes read, 0 at its end (its checksum agreed), -1 for failure.
long mochila_zip_reader_data(mochila_zip_reader *reader, uint8_t *buffer, size_t capacity);
void mochila_zip_reader_free(mochila_zip_reader *reader);

#endif
