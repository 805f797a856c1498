#define _GNU_SOURCE
#include "carchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static locale_t utf8;
static pthread_once_t utf8_once = PTHREAD_ONCE_INIT;

static void make_utf8(void) { utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

static locale_t enter(void) {
    pthread_once(&utf8_once, make_utf8);
    return utf8 ? uselocale(utf8) : (locale_t)0;
}

static void leave(locale_t before) {
    if (before) uselocale(before);
}

void mochila_zip_prepare(void) { leave(enter()); }

// ---- reading ----

enum { WINDOW = 1 << 16 };

struct mochila_zip_reader {
    struct archive *archive;
    mochila_zip_read read;
    void *context;
    int64_t size;
    int64_t position;
    uint8_t window[WINDOW];
};

static la_ssize_t read_in(struct archive *archive, void *data, const void **bytes) {
    mochila_zip_reader *reader = data;
    *bytes = reader->window;
    long count = reader->read(reader->context, reader->position, reader->window, WINDOW);
    if (count < 0) {
        archive_set_error(archive, EIO, "source failed");
        return -1;
    }
    reader->position += count;
    return count;
}

static la_int64_t seek_in(struct archive *archive, void *data, la_int64_t offset, int whence) {
    mochila_zip_reader *reader = data;
    (void)archive;
    int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? reader->position : reader->size;
    int64_t target;
    if (__builtin_add_overflow(base, offset, &target) || target < 0 || target > reader->size)
        return ARCHIVE_FATAL;
    reader->position = target;
    return target;
}

static la_int64_t skip_in(struct archive *archive, void *data, la_int64_t count) {
    mochila_zip_reader *reader = data;
    (void)archive;
    int64_t left = reader->size - reader->position;
    int64_t step = count < left ? count : left;
    reader->position += step;
    return step;
}

mochila_zip_reader *mochila_zip_reader_new(int64_t size, mochila_zip_read read, void *context) {
    mochila_zip_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    reader->read = read;
    reader->context = context;
    reader->size = size;
    locale_t before = enter();
    reader->archive = archive_read_new();
    // The seekable reader goes by the central directory, as unzip does; the streaming one would
    // believe the local headers.
    int done = reader->archive
        && archive_read_support_format_zip_seekable(reader->archive) == ARCHIVE_OK
        && archive_read_set_format_option(reader->archive, "zip", "ignorecrc32", "1") == ARCHIVE_OK
        && archive_read_set_read_callback(reader->archive, read_in) == ARCHIVE_OK
        && archive_read_set_seek_callback(reader->archive, seek_in) == ARCHIVE_OK
        && archive_read_set_skip_callback(reader->archive, skip_in) == ARCHIVE_OK
        && archive_read_set_callback_data(reader->archive, reader) == ARCHIVE_OK
        && archive_read_open1(reader->archive) == ARCHIVE_OK;
    leave(before);
    if (!done) {
        mochila_zip_reader_free(reader);
        return NULL;
    }
    return reader;
}

int mochila_zip_reader_next(mochila_zip_reader *reader, int64_t *size, int *is_regular_file) {
    struct archive_entry *entry = NULL;
    locale_t before = enter();
    int outcome = archive_read_next_header(reader->archive, &entry);
    if (outcome == ARCHIVE_OK) {
        *size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
        *is_regular_file = archive_entry_filetype(entry) == AE_IFREG
            && archive_entry_symlink(entry) == NULL && archive_entry_hardlink(entry) == NULL
            && !archive_entry_is_encrypted(entry);
    }
    leave(before);
    return outcome == ARCHIVE_OK ? 1 : outcome == ARCHIVE_EOF ? 0 : -1;
}

int mochila_zip_reader_data(mochila_zip_reader *reader, const void **bytes, size_t *count,
                            int64_t *place) {
    la_int64_t offset = 0;
    locale_t before = enter();
    int outcome = archive_read_data_block(reader->archive, bytes, count, &offset);
    leave(before);
    *place = offset;
    return outcome == ARCHIVE_OK ? 1 : outcome == ARCHIVE_EOF ? 0 : -1;
}

void mochila_zip_reader_free(mochila_zip_reader *reader) {
    if (!reader) return;
    locale_t before = enter();
    archive_read_free(reader->archive);
    leave(before);
    free(reader);
}
