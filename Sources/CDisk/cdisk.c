#define _GNU_SOURCE
#include "cdisk.h"

#include <unistd.h>

int mochila_flush_file_system(int descriptor) { return syncfs(descriptor); }
