/* Nothing: CXMLSchema includes the headers of the library itself. */
