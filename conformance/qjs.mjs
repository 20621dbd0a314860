// Runs a script in QuickJS, which quickjs-emscripten compiled to WebAssembly.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , library, script] = process.argv;
const { getQuickJS } = await import(pathToFileURL(library));
const context = (await getQuickJS()).newContext();
const print = context.newFunction("print", (text) => { console.log(context.getString(text)); });
context.setProp(context.global, "print", print);
const timer = context.newFunction("setTimeout", (callback) => {
  const kept = callback.dup();
  later.push(() => { context.callFunction(kept, context.undefined); });
});
const later = [];
context.setProp(context.global, "setTimeout", timer);
const result = context.evalCode(readFileSync(script, "utf8"), script, { type: script.endsWith(".mjs") ? "module" : "global" });
if (result.error) console.error(context.dump(result.error));
context.runtime.executePendingJobs();
for (const run of later) run();
context.runtime.executePendingJobs();
process.exit(0);
