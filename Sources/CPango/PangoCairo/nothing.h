/* Nothing: CPango includes the headers of the library itself. */
