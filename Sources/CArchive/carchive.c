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

// ---- writing ----

struct mochila_zip_writer {
    struct archive *archive;
    struct archive_entry *entry;
    mochila_zip_write write;
    void *context;
};

static la_ssize_t write_out(struct archive *archive, void *data, const void *bytes, size_t count) {
    mochila_zip_writer *writer = data;
    (void)archive;
    return writer->write(writer->context, bytes, count) == 0 ? (la_ssize_t)count : -1;
}

mochila_zip_writer *mochila_zip_writer_new(mochila_zip_write write, void *context) {
    mochila_zip_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return NULL;
    writer->write = write;
    writer->context = context;
    locale_t before = enter();
    writer->archive = archive_write_new();
    writer->entry = archive_entry_new();
    int done = writer->archive && writer->entry
        && archive_write_set_format_zip(writer->archive) == ARCHIVE_OK
        && archive_write_set_format_option(writer->archive, "zip", "hdrcharset", "UTF-8")
            == ARCHIVE_OK
        // No padding at the end: the sealed size is the size of the archive.
        && archive_write_set_bytes_in_last_block(writer->archive, 1) == ARCHIVE_OK
        && archive_write_set_bytes_per_block(writer->archive, 1 << 16) == ARCHIVE_OK
        && archive_write_open(writer->archive, writer, NULL, write_out, NULL) == ARCHIVE_OK;
    leave(before);
    if (!done) {
        mochila_zip_writer_free(writer);
        return NULL;
    }
    return writer;
}

int mochila_zip_writer_begin(mochila_zip_writer *writer, const char *name, int64_t size,
                             int64_t modified, int deflate) {
    locale_t before = enter();
    archive_entry_clear(writer->entry);
    archive_entry_set_pathname(writer->entry, name);
    archive_entry_set_size(writer->entry, size);
    archive_entry_set_filetype(writer->entry, AE_IFREG);
    archive_entry_set_perm(writer->entry, 0644);
    archive_entry_set_mtime(writer->entry, (time_t)modified, 0);
    int method = deflate ? archive_write_zip_set_compression_deflate(writer->archive)
                         : archive_write_zip_set_compression_store(writer->archive);
    int done = method == ARCHIVE_OK
        && archive_write_header(writer->archive, writer->entry) == ARCHIVE_OK;
    leave(before);
    return done;
}

int mochila_zip_writer_data(mochila_zip_writer *writer, const uint8_t *bytes, size_t count) {
    locale_t before = enter();
    int done = count == 0
        || archive_write_data(writer->archive, bytes, count) == (la_ssize_t)count;
    leave(before);
    return done;
}

int mochila_zip_writer_finish(mochila_zip_writer *writer) {
    locale_t before = enter();
    int done = archive_write_close(writer->archive) == ARCHIVE_OK;
    leave(before);
    return done;
}

static int drop_write(void *context, const uint8_t *bytes, size_t count) {
    (void)context, (void)bytes, (void)count;
    return 0;
}

void mochila_zip_writer_free(mochila_zip_writer *writer) {
    if (!writer) return;
    // Freeing an unfinished archive makes libarchive write its end; the owner of the callback
    // may be gone by now.
    writer->write = drop_write;
    locale_t before = enter();
    archive_entry_free(writer->entry);
    archive_write_free(writer->archive);
    leave(before);
    free(writer);
}

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

long mochila_zip_reader_data(mochila_zip_reader *reader, uint8_t *buffer, size_t capacity) {
    locale_t before = enter();
    la_ssize_t count = archive_read_data(reader->archive, buffer, capacity);
    leave(before);
    return count < 0 ? -1 : (long)count;
}

void mochila_zip_reader_free(mochila_zip_reader *reader) {
    if (!reader) return;
    locale_t before = enter();
    archive_read_free(reader->archive);
    leave(before);
    free(reader);
}
