// SPDX-License-Identifier: LGPL-2.1-or-later
// The page of microexpr-review, as somebody who reviews meets it: what is decided. See browser.sh.
import './coding.mjs';
import './comparing.mjs';
import './events.mjs';
import './keeping.mjs';
import './reviewing.mjs';
