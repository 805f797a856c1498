#include "cqrcode.h"

#include <limits.h>
#include <qrencode.h>

int mochila_qr(const uint8_t *bytes, size_t count, uint8_t *modules, size_t capacity) {
    if (count == 0 || count > INT_MAX) return 0;
    // Medium correction: a fold or a stamp may hide some of it.
    QRcode *code = QRcode_encodeData((int)count, bytes, 0, QR_ECLEVEL_M);
    if (code == NULL) return 0;
    size_t width = (size_t)code->width;
    int made = 0;
    if (width * width <= capacity) {
        for (size_t module = 0; module < width * width; module++)
            modules[module] = code->data[module] & 1;
        made = code->width;
    }
    QRcode_free(code);
    return made;
}
