import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm run dev -w @holdfast/designer` finds a running server. */
const SERVER = process.env["HOLDFAST_URL"] ?? "http://127.0.0.1:4400";

export default defineConfig({
  plugins: [react(), tailwind()],
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
