// Loaded before any TypeScript (`node --import`), so that a Node which can't read it says so in one line.
if (!process.features.typescript) {
  console.error(
    `Nashra needs Node 22.18 or newer, and this is ${process.version}. "npm ci" installs Node 24 for it.`,
  );
  process.exit(1);
}
