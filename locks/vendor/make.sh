#!/bin/sh
# Make warehouse/portal/vendor/ anew from the npm packages of package-lock.json. Run by `make vendor`; needs npm.
# The results are committed, so that nobody else needs npm; SHA256SUMS and a test hold them together.
set -eu
cd "$(dirname "$0")"
to=../../warehouse/portal/vendor
npm ci --silent
npx esbuild parquet.mjs --bundle --minify --format=esm --legal-comments=none --outfile="$to/parquet.js" --log-level=warning
from=node_modules/@duckdb/duckdb-wasm/dist
npx esbuild "$from/duckdb-browser.mjs" --bundle --minify --format=esm --legal-comments=none --outfile="$to/duckdb.js" --log-level=warning
npx esbuild "$from/duckdb-browser-eh.worker.js" --minify --legal-comments=none --outfile="$to/duckdb.worker.js" --log-level=warning
# The folder that Emscripten makes up inside the engine looks like one of a machine.
sed -i.old "s#/home/web_user#/web_user#g" "$to/duckdb.worker.js" && rm "$to/duckdb.worker.js.old"
gzip -9nc "$from/duckdb-eh.wasm" > "$to/duckdb.wasm.gz"
for package in hyparquet fzstd @duckdb/duckdb-wasm apache-arrow flatbuffers; do
    echo "== $package $(node -p "require('./node_modules/$package/package.json').version")"
    cat node_modules/"$package"/LICENSE* 2>/dev/null || node -p "require('./node_modules/$package/package.json').license"
    echo
done > "$to/LICENCES.txt"
(cd "$to" && sha256sum ./*.js ./*.gz LICENCES.txt | sed 's#\./##' > SHA256SUMS)
rm -rf node_modules
