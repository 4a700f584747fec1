// Reads {text, folder} from standard input: an OpenCollection file, which it puts into the folder as Bruno's import does.
// The packages are those of the folder NODE_PACKAGES: see packages.txt.
import { createRequire } from "node:module";
import { text as read } from "node:stream/consumers";

const require = createRequire(`${process.env.NODE_PACKAGES}/`);
const { openCollectionToBruno } = require("@usebruno/converters");
const { createCollectionFromBrunoObject } = require("@usebruno/cli/src/utils/collection.js");
const { load } = require("js-yaml");

const { text, folder } = JSON.parse(await read(process.stdin));
await createCollectionFromBrunoObject(openCollectionToBruno(load(text)), folder, { format: "yml" });
