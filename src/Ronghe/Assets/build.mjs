// Bundles scripts and styles and draws the icon sprite: node Assets/build.mjs OUT
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { build } from "esbuild";

const here = new URL(".", import.meta.url);
const out = process.argv[2] ?? "wwwroot/assets";

// Dark colours are written once and apply twice: where they were chosen, and on devices that prefer them.
const dark = {
  name: "dark",
  setup(bundle) {
    bundle.onLoad({ filter: /dark\.css$/ }, async ({ path }) => {
      const rules = (await readFile(path, "utf8")).replace(/^\s*:root\s*/, "");
      return {
        loader: "css",
        contents: `:root[data-theme="dark"] ${rules}\n@media (prefers-color-scheme: dark) { :root[data-theme="auto"] ${rules} }`,
      };
    });
  },
};

async function drawIcons() {
  const names = (await readFile(new URL("icons.txt", here), "utf8")).split("\n").map((n) => n.trim()).filter(Boolean);
  const symbols = await Promise.all(names.map(async (name) => {
    const file = new URL(`../node_modules/@tabler/icons/icons/outline/${name}.svg`, here);
    const drawing = await readFile(file, "utf8").catch(() => { throw new Error(`icons.txt: Tabler has no outline icon "${name}"`); });
    const shapes = drawing.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").replace(/> </g, "><").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  }));
  await writeFile(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

await mkdir(out, { recursive: true });
const path = (name) => new URL(name, here).pathname;
await Promise.all([
  build({
    entryPoints: { app: path("app.ts"), worker: path("worker.ts") }, outdir: out, bundle: true, minify: true, format: "iife", target: "es2020",
    legalComments: "none", logLevel: "warning",
  }),
  build({
    entryPoints: { app: path("app.css") }, outdir: out, bundle: true, minify: true, target: ["chrome90", "firefox90", "safari14"],
    legalComments: "none", logLevel: "warning", plugins: [dark],
  }),
  drawIcons(),
]);
