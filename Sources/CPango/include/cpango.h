// What Mochila needs of Pango and Cairo to print a page as PDF, and nothing else of them. Lengths
// are in points of 1/72 inch, from the upper left corner. Fonts are embedded, the parts in use only.
#ifndef MOCHILA_CPANGO_H
#define MOCHILA_CPANGO_H

#include <stddef.h>
#include <stdint.h>

typedef struct mochila_print mochila_print;

enum { MOCHILA_ALIGN_START = 0, MOCHILA_ALIGN_END = 1, MOCHILA_ALIGN_CENTRE = 2 };

// A text of UTF-8 bytes, set in lines of `width`.
typedef struct {
    const char *bytes;
    int count;
    double size;
    double width;
    int is_bold;
    int alignment;
    double grey;               // 0 is black
} mochila_words;

// `created` is as ISO 8601 has it, `language` as HTML has it. NULL where there is no memory.
mochila_print *mochila_print_new(double width, double height, const char *title,
                                 const char *created, const char *language);
// The lines of a text and the height of each, of at most `capacity`; returns how many there are.
int mochila_print_lines(mochila_print *print, const mochila_words *words, double *heights,
                        int capacity);
// Shows `count` lines from `first` on, with the upper left corner there.
void mochila_print_show(mochila_print *print, const mochila_words *words, int first, int count,
                        double x, double y);
void mochila_print_fill(mochila_print *print, double x, double y, double width, double height);
// What stands between begin and end has that role in the document's structure, such as "H1".
void mochila_print_begin(mochila_print *print, const char *role);
void mochila_print_end(mochila_print *print, const char *role);
void mochila_print_next_page(mochila_print *print);
// Ends the document. Returns 1, and its bytes, which stay until the print is freed; 0 for failure.
int mochila_print_finish(mochila_print *print, const uint8_t **bytes, size_t *count);
void mochila_print_free(mochila_print *print);

#endif
