// Preact's types ask for the library `dom`. In the Worker there is no document: this takes that library's place, so that
// `document` does not compile (https://www.typescriptlang.org/tsconfig/#libReplacement).
export {};
