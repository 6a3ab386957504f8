// SPDX-License-Identifier: LGPL-2.1-or-later
// The page of microexpr-train, as a learner meets it. See browser.sh.
import './train-course.mjs';
import './train-display.mjs';
import './train-learners.mjs';
import './train-results.mjs';
import './train-whole.mjs';
