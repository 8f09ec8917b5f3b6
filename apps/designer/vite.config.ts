import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Where `npm run dev -w @holdfast/designer` finds a running server. */
const SERVER = process.env["HOLDFAST_URL"] ?? "http://127.0.0.1:4400";

const SONNER = /\/sonner\/dist\/index\.mjs$/;
const INSERTS_ITS_STYLES = /^__insertCSS\(".*"\);?$/m;

/** sonner writes its styles into the page when it loads, which the page's policy forbids: they come as a file instead. */
const sonnerStyles: Plugin = {
  name: "sonner-styles",
  transform: {
    filter: { id: SONNER },
    handler(code) {
      if (!INSERTS_ITS_STYLES.test(code)) this.error("sonner inserts its styles in another way than before");
      return { code: `import "./styles.css";\n${code.replace(INSERTS_ITS_STYLES, "")}`, map: null };
    },
  },
};

export default defineConfig({
  plugins: [react(), tailwind(), sonnerStyles],
  build: {
    target: "es2023",
    manifest: true,
    sourcemap: false,
    reportCompressedSize: false,
    // The server's policy takes fonts from files alone.
    assetsInlineLimit: (file) => (file.endsWith(".woff2") ? false : undefined),
  },
  server: { proxy: { "/rpc": SERVER, "/api": SERVER } },
});
