// Reads parts of a Parquet file over range requests; our files are packed with zstd and nothing else.
import { decompress } from "fzstd";
export { asyncBufferFromUrl, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
export const compressors = { ZSTD: (packed, length) => decompress(packed, new Uint8Array(length)) };
