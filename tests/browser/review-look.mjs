// SPDX-License-Identifier: LGPL-2.1-or-later
// The page of microexpr-review: what is looked at, and the index page of a folder. See browser.sh.
import './folder.mjs';
import './video.mjs';
import './view.mjs';
import './whole.mjs';
