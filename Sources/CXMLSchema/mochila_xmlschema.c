#include "mochila_xmlschema.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A document can differ in every line; whoever mends it starts at the top. */
enum { MOST_FINDINGS = 100, LONGEST_WORDS = 600 };

typedef struct {
    int line;
    char *element;
    char *words;
} finding;

struct mochila_schema_findings {
    size_t count;
    size_t unlisted;
    finding list[MOST_FINDINGS];
};

/* Whether this thread reads a schema now: then files may be opened, and only then. */
static _Thread_local int reads_schema = 0;
static xmlExternalEntityLoader library_loader = NULL;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static xmlParserInputPtr load(const char *url, const char *identifier, xmlParserCtxtPtr context) {
    if (!reads_schema || library_loader == NULL) return NULL;
    if (url != NULL && strstr(url, "://") != NULL && strncmp(url, "file://", 7) != 0) return NULL;
    return library_loader(url, identifier, context);
}

static void prepare(void) {
    xmlInitParser();
    library_loader = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(load);
}

static void note(void *context, xmlErrorPtr error) {
    mochila_schema_findings *findings = context;
    if (findings == NULL || error == NULL || error->level < XML_ERR_ERROR) return;
    if (findings->count == MOST_FINDINGS) {
        findings->unlisted++;
        return;
    }
    finding *new = &findings->list[findings->count];
    const char *words = error->message != NULL ? error->message : "";
    const xmlNode *node = error->node;
    int is_element = node != NULL && node->type == XML_ELEMENT_NODE && node->name != NULL;
    size_t length = strnlen(words, LONGEST_WORDS);
    /* Not inside a character. */
    while (length == LONGEST_WORDS && length > 0 && ((unsigned char)words[length] & 0xC0) == 0x80) {
        length--;
    }
    while (length > 0 && (words[length - 1] == '\n' || words[length - 1] == ' ')) length--;
    new->line = error->line;
    new->element = strdup(is_element ? (const char *)node->name : "");
    new->words = strndup(words, length);
    if (new->element == NULL || new->words == NULL) {
        free(new->element);
        free(new->words);
        findings->unlisted++;
        return;
    }
    findings->count++;
}

static xmlSchemaPtr read_schema(const char *path, mochila_schema_findings *findings) {
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(path);
    if (parser == NULL) return NULL;
    xmlSchemaSetParserStructuredErrors(parser, note, findings);
    reads_schema = 1;
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    reads_schema = 0;
    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

static mochila_schema_outcome check(const char *path, const uint8_t *document, size_t length,
                                    mochila_schema_findings *findings) {
    xmlSchemaPtr schema = read_schema(path, findings);
    if (schema == NULL) return MOCHILA_SCHEMA_UNREADABLE;
    mochila_schema_outcome outcome = MOCHILA_SCHEMA_NOT_XML;
    xmlSchemaValidCtxtPtr validator = NULL;
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDocPtr tree = length > INT_MAX
        ? NULL
        : xmlReadMemory((const char *)document, (int)length, NULL, NULL, options);
    if (tree == NULL || tree->intSubset != NULL) goto end;
    validator = xmlSchemaNewValidCtxt(schema);
    if (validator == NULL) {
        outcome = MOCHILA_SCHEMA_NO_MEMORY;
        goto end;
    }
    xmlSchemaSetValidStructuredErrors(validator, note, findings);
    int result = xmlSchemaValidateDoc(validator, tree);
    outcome = result == 0 ? MOCHILA_SCHEMA_FITS
        : result > 0      ? MOCHILA_SCHEMA_DIFFERS
                          : MOCHILA_SCHEMA_NO_MEMORY;
end:
    if (validator != NULL) xmlSchemaFreeValidCtxt(validator);
    if (tree != NULL) xmlFreeDoc(tree);
    xmlSchemaFree(schema);
    return outcome;
}

mochila_schema_outcome mochila_schema_check(const char *path,
                                            const uint8_t *document, size_t length,
                                            mochila_schema_findings **findings) {
    pthread_once(&prepared, prepare);
    *findings = calloc(1, sizeof(**findings));
    if (*findings == NULL) return MOCHILA_SCHEMA_NO_MEMORY;
    /* What is not said through the two callbacks would go to standard error, and may quote. The
       setting is this thread's own. */
    xmlStructuredErrorFunc earlier = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(*findings, note);
    mochila_schema_outcome outcome = check(path, document, length, *findings);
    xmlSetStructuredErrorFunc(context, earlier);
    return outcome;
}

size_t mochila_schema_finding_count(const mochila_schema_findings *findings) {
    return findings->count;
}

size_t mochila_schema_finding_unlisted(const mochila_schema_findings *findings) {
    return findings->unlisted;
}

int mochila_schema_finding_line(const mochila_schema_findings *findings, size_t index) {
    return index < findings->count ? findings->list[index].line : 0;
}

const char *mochila_schema_finding_element(const mochila_schema_findings *findings, size_t index) {
    return index < findings->count ? findings->list[index].element : "";
}

const char *mochila_schema_finding_words(const mochila_schema_findings *findings, size_t index) {
    return index < findings->count ? findings->list[index].words : "";
}

void mochila_schema_findings_free(mochila_schema_findings *findings) {
    if (findings == NULL) return;
    for (size_t index = 0; index < findings->count; index++) {
        free(findings->list[index].element);
        free(findings->list[index].words);
    }
    free(findings);
}
