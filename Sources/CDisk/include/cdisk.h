#ifndef MOCHILA_CDISK_H
#define MOCHILA_CDISK_H

// What the C library keeps behind a macro that Swift's view of it does not set.

// Makes everything durable that was written to the file system of an open file; 0, or -1 and errno.
int mochila_flush_file_system(int descriptor);

#endif
