// Preact's types refer to the library `dom`. The Worker has no document: this empty file replaces that library, so that
// `document` does not compile here (https://www.typescriptlang.org/tsconfig/#libReplacement).
export {};
