#ifndef MOCHILA_XMLSCHEMA_H
#define MOCHILA_XMLSCHEMA_H

#include <stddef.h>
#include <stdint.h>

/* The findings are kept on this side: Swift sees a pointer to nothing. */
typedef struct mochila_schema_findings mochila_schema_findings;

typedef enum {
    MOCHILA_SCHEMA_FITS = 0,
    MOCHILA_SCHEMA_DIFFERS = 1,          /* the findings say where */
    MOCHILA_SCHEMA_UNREADABLE = -1,      /* the schema itself; the findings say why */
    MOCHILA_SCHEMA_NOT_XML = -2,         /* the document, or it has a document type */
    MOCHILA_SCHEMA_NO_MEMORY = -3
} mochila_schema_outcome;

/* Reads the schema at path, with the files beside it that it names, and holds the document against
   it. *findings is always set unless there is no memory, and is the caller's to free.
   Why: the library reports through callbacks with variable arguments and by structures whose
   pointers end with the call; and while a schema is read only files of this machine are opened,
   while a document is, nothing. */
mochila_schema_outcome mochila_schema_check(const char *path,
                                            const uint8_t *document, size_t length,
                                            mochila_schema_findings **findings);

size_t mochila_schema_finding_count(const mochila_schema_findings *findings);
/* How many there were beyond those that are kept. */
size_t mochila_schema_finding_unlisted(const mochila_schema_findings *findings);
/* The line in the document, or in the schema; 0 where none is known. */
int mochila_schema_finding_line(const mochila_schema_findings *findings, size_t index);
/* Without namespace; empty where none is known. Lives as long as the findings. */
const char *mochila_schema_finding_element(const mochila_schema_findings *findings, size_t index);
/* The library's own words, English. Lives as long as the findings. */
const char *mochila_schema_finding_words(const mochila_schema_findings *findings, size_t index);

void mochila_schema_findings_free(mochila_schema_findings *findings);

#endif
