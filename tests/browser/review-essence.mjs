// SPDX-License-Identifier: LGPL-2.1-or-later
// The page of microexpr-review in another browser: what depends on the browser most, storage, files,
// keys and video. See browser.sh.
import './coding.mjs';
import './folder.mjs';
import './keeping.mjs';
import './reviewing.mjs';
import './video.mjs';
import './view.mjs';
