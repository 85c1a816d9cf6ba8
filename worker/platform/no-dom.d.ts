// Preact's types refer to the library `dom`. The Worker and Node have no document: this empty file replaces that
// library, so that `document` does not compile there (https://www.typescriptlang.org/tsconfig/#libReplacement).
export {};
