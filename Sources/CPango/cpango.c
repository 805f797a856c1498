#include "cpango.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

struct mochila_print {
    cairo_surface_t *surface;
    cairo_t *cairo;
    // One of its own: the default one belongs to the thread.
    PangoFontMap *fonts;
    PangoContext *context;
    PangoLanguage *language;
    uint8_t *bytes;
    size_t count;
    size_t capacity;
};

static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned int count) {
    mochila_print *print = closure;
    if (print->capacity - print->count < count) {
        size_t capacity = (print->capacity + count) * 2;
        uint8_t *larger = realloc(print->bytes, capacity);
        if (larger == NULL) return CAIRO_STATUS_NO_MEMORY;
        print->bytes = larger;
        print->capacity = capacity;
    }
    memcpy(print->bytes + print->count, bytes, count);
    print->count += count;
    return CAIRO_STATUS_SUCCESS;
}

mochila_print *mochila_print_new(double width, double height, const char *title,
                                 const char *created, const char *language) {
    mochila_print *print = calloc(1, sizeof(*print));
    if (print == NULL) return NULL;
    print->surface = cairo_pdf_surface_create_for_stream(take, print, width, height);
    cairo_pdf_surface_set_metadata(print->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(print->surface, CAIRO_PDF_METADATA_CREATOR, "Mochila");
    cairo_pdf_surface_set_metadata(print->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
    print->cairo = cairo_create(print->surface);
    print->fonts = pango_cairo_font_map_new();
    print->context = pango_font_map_create_context(print->fonts);
    print->language = pango_language_from_string(language);
    pango_cairo_update_context(print->cairo, print->context);
    // No rounding to the grid of a screen.
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(print->context, options);
    cairo_font_options_destroy(options);
    return print;
}

static PangoLayout *layout(mochila_print *print, const mochila_words *words) {
    PangoLayout *layout = pango_layout_new(print->context);
    PangoFontDescription *font = pango_font_description_new();
    // Metric-compatible with what the pages are printed in; what it lacks comes from other fonts.
    pango_font_description_set_family(font, "Liberation Sans,DejaVu Sans,sans-serif");
    pango_font_description_set_absolute_size(font, words->size * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      words->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(words->width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, words->alignment == MOCHILA_ALIGN_END ? PANGO_ALIGN_RIGHT
                               : words->alignment == MOCHILA_ALIGN_CENTRE ? PANGO_ALIGN_CENTER
                                                                          : PANGO_ALIGN_LEFT);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_language_new(print->language));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_text(layout, words->bytes, words->count);
    return layout;
}

static double height(PangoLayoutLine *line) {
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

int mochila_print_lines(mochila_print *print, const mochila_words *words, double *heights,
                        int capacity) {
    PangoLayout *text = layout(print, words);
    int count = pango_layout_get_line_count(text);
    for (int line = 0; line < count && line < capacity; line++)
        heights[line] = height(pango_layout_get_line_readonly(text, line));
    g_object_unref(text);
    return count;
}

void mochila_print_show(mochila_print *print, const mochila_words *words, int first, int count,
                        double x, double y) {
    PangoLayout *text = layout(print, words);
    cairo_set_source_rgb(print->cairo, words->grey, words->grey, words->grey);
    PangoLayoutIter *lines = pango_layout_get_iter(text);
    int number = 0;
    do {
        if (number >= first + count) break;
        if (number >= first) {
            PangoRectangle logical;
            pango_layout_iter_get_line_extents(lines, NULL, &logical);
            double base = (double)(pango_layout_iter_get_baseline(lines) - logical.y) / PANGO_SCALE;
            cairo_move_to(print->cairo, x + (double)logical.x / PANGO_SCALE, y + base);
            pango_cairo_show_layout_line(print->cairo, pango_layout_iter_get_line_readonly(lines));
            y += (double)logical.height / PANGO_SCALE;
        }
        number++;
    } while (pango_layout_iter_next_line(lines));
    pango_layout_iter_free(lines);
    g_object_unref(text);
}

void mochila_print_fill(mochila_print *print, double x, double y, double width, double height) {
    cairo_set_source_rgb(print->cairo, 0, 0, 0);
    cairo_rectangle(print->cairo, x, y, width, height);
    cairo_fill(print->cairo);
}

void mochila_print_begin(mochila_print *print, const char *role) {
    cairo_tag_begin(print->cairo, role, NULL);
}

void mochila_print_end(mochila_print *print, const char *role) {
    cairo_tag_end(print->cairo, role);
}

void mochila_print_next_page(mochila_print *print) { cairo_show_page(print->cairo); }

int mochila_print_finish(mochila_print *print, const uint8_t **bytes, size_t *count) {
    cairo_show_page(print->cairo);
    int drawn = cairo_status(print->cairo) == CAIRO_STATUS_SUCCESS;
    cairo_surface_finish(print->surface);
    if (!drawn || cairo_surface_status(print->surface) != CAIRO_STATUS_SUCCESS) return 0;
    *bytes = print->bytes;
    *count = print->count;
    return 1;
}

void mochila_print_free(mochila_print *print) {
    if (print == NULL) return;
    g_object_unref(print->context);
    g_object_unref(print->fonts);
    cairo_destroy(print->cairo);
    cairo_surface_finish(print->surface);
    cairo_surface_destroy(print->surface);
    free(print->bytes);
    free(print);
}
