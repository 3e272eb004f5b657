// Take what is no lock out of package-lock.json, named as arguments: addresses of who asks for funding.
import { readFileSync, writeFileSync } from "node:fs";
for (const file of process.argv.slice(2)) {
  const lock = JSON.parse(readFileSync(file, "utf8"));
  for (const entry of Object.values(lock.packages)) delete entry.funding;
  writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
}
