// Loaded before any TypeScript (`node --import`), so that a Node that can't run TypeScript prints one clear line.
if (!process.features.typescript) {
  console.error(
    `Nashra needs Node 22.18 or newer, but this is Node ${process.version}. "npm ci" installs a newer one for Nashra.`,
  );
  process.exit(1);
}
